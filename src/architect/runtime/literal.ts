import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { parseDateTime } from '../expression/iso-time.ts';
import { itemTypeOf, type Json, make, NOT_SET, type Type, type Value } from '../expression/value.ts';
import { textAt } from '../model/entries.ts';

/** What stands behind `lit`, as a value of the type that is wanted as far as it says one; undefined if it says none. */
export function literalOf(node: Node, wanted: Type | undefined): Value | undefined {
  const item = wanted && itemTypeOf(wanted);
  if (isSeq(node) && item) {
    const items = node.items.map((each) => literalOf(each as Node, item));
    return items.every((each) => each !== undefined) ? make.collection(item, items) : undefined;
  }
  if (wanted === 'json') return make.json(jsonOf(node));
  if (isScalar(node)) return scalarOf(node, wanted);
  if (!isMap(node)) return undefined;
  const name = textAt(node, 'name');
  if (name !== undefined) return wanted === 'prompt' ? { type: 'prompt', name } : { type: 'object', name, id: '' };
  return durationOf(node);
}

/** JSON may be written as text, or as YAML. */
function jsonOf(node: Node): Json | undefined {
  const value: unknown = node.toJSON();
  if (typeof value !== 'string') return value as Json;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** As it is written: `007` is three letters where text is wanted. */
const sourceOf = ({ value, source }: Scalar): string => (typeof value === 'string' ? value : (source ?? String(value)));

function scalarOf(scalar: Scalar, wanted: Type | undefined): Value | undefined {
  const { value } = scalar;
  const text = sourceOf(scalar).trim();
  if (value === null) return NOT_SET;
  switch (wanted) {
    case 'string':
      return make.string(sourceOf(scalar));
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? make.boolean(text.toLowerCase() === 'true') : undefined;
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? make.integer(Number(text)) : undefined;
    case 'decimal':
      return text !== '' && Number.isFinite(Number(text)) ? make.decimal(Number(text)) : undefined;
    case 'dateTime': {
      const time = parseDateTime(text);
      return time === undefined ? undefined : make.dateTime(time);
    }
    default:
      return plainOf(value, sourceOf(scalar));
  }
}

function plainOf(value: unknown, source: string): Value {
  if (typeof value === 'boolean') return make.boolean(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? make.integer(value) : make.decimal(value);
  return make.string(source);
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

/** `{minutes: 1, seconds: 30}`. */
function durationOf({ items }: YAMLMap): Value | undefined {
  const parts = items.map(({ key, value }) => {
    const unit = isScalar(key) ? units[String(key.value)] : undefined;
    return unit !== undefined && isScalar(value) ? Number(value.value) * unit : Number.NaN;
  });
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.length === 0 || Number.isNaN(total) ? undefined : make.duration(total);
}
