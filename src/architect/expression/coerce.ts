import { formatDuration } from './iso-time.ts';
import {
  itemTypeOf,
  type Json,
  make,
  NOT_SET,
  type ScalarType,
  type StaticType,
  type Type,
  type Value,
} from './value.ts';

/** The types whose values Architect turns into another by itself, besides JSON, whose value decides. */
const implicit: Partial<Readonly<Record<ScalarType, readonly ScalarType[]>>> = {
  string: ['integer', 'decimal', 'boolean', 'dateTime', 'duration', 'phoneNumber', 'currency'],
  decimal: ['integer'],
  // Of 6 / 2, whose type is decimal; what is no whole number is refused when it is met.
  integer: ['decimal'],
  audio: ['prompt'],
};

/** Whether a value of a type can do where another is wanted, as far as that is known beforehand. NOT_SET never can. */
export function canBecome(type: StaticType, wanted: Type): boolean {
  if (type === 'unknown' || type === wanted) return true;
  if (type === 'notSet') return false;
  const item = itemTypeOf(wanted);
  if (item) return type === 'json' || type === 'jsonCollection';
  if (type === 'json') return wanted !== 'audio' && wanted !== 'prompt' && wanted !== 'object';
  return implicit[wanted as ScalarType]?.some((other) => other === type) ?? false;
}

/**
 * The value as one of the wanted type, turned into it where Architect does that by itself; NOT_SET stays NOT_SET, and
 * undefined means that it cannot be one. It is what an assignment to a variable does.
 */
export function become(given: Value, wanted: Type): Value | undefined {
  const value = unwrapped(given);
  if (value.type === 'notSet') return value;
  const item = itemTypeOf(wanted);
  if (item) return collectionOf(value, item);
  if (value.type === wanted) return value;
  switch (wanted) {
    case 'string':
      return into(make.string, textOf(value));
    case 'integer':
      return into(make.integer, value.type === 'decimal' && Number.isInteger(value.value) ? value.value : undefined);
    case 'decimal':
      return into(make.decimal, value.type === 'integer' ? value.value : undefined);
    case 'audio':
      return value.type === 'prompt' ? { type: 'audio', parts: [{ prompt: value.name }] } : undefined;
    case 'json':
      return given.type === 'json' ? given : undefined;
    default:
      return undefined;
  }
}

const into = <T>(makeOf: (value: T) => Value, value: T | undefined): Value | undefined =>
  value === undefined ? undefined : makeOf(value);

function collectionOf(value: Value, of: ScalarType): Value | undefined {
  const items = itemsOf(value);
  if (!items) return undefined;
  const fitting = items.map((item) => become(item, of));
  return fitting.every((item) => item !== undefined) ? make.collection(of, fitting) : undefined;
}

/** What is in a collection or in a JSON array; undefined for anything else. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.type === 'collection') return value.items;
  return value.type === 'json' && isArray(value.value) ? value.value.map(make.json) : undefined;
}

/** `Array.isArray` for a list that cannot be changed. */
export const isArray = (json: Json): json is readonly Json[] => Array.isArray(json);

/** A JSON string, number, boolean or null as the value it says; everything else as it is. */
export function unwrapped(value: Value): Value {
  if (value.type !== 'json') return value;
  const json = value.value;
  if (json === null) return NOT_SET;
  if (typeof json === 'string') return make.string(json);
  if (typeof json === 'boolean') return make.boolean(json);
  if (typeof json === 'number') return Number.isSafeInteger(json) ? make.integer(json) : make.decimal(json);
  return value;
}

/** A value as text, as ToString gives it; undefined for what has none, like audio, a collection or NOT_SET. */
export function textOf(value: Value): string | undefined {
  switch (value.type) {
    case 'string':
      return value.value;
    case 'integer':
    case 'decimal':
      return plainNumber(value.value);
    case 'boolean':
      return String(value.value);
    case 'dateTime':
      return new Date(value.value).toISOString();
    case 'duration':
      return formatDuration(value.value);
    case 'phoneNumber':
      return value.value.text;
    case 'currency':
      return `${plainNumber(value.amount)} ${value.code}`;
    case 'json':
      return typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
    default:
      return undefined;
  }
}

/** Without the exponent that JavaScript writes a small or great number with. */
function plainNumber(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  return Number.isInteger(number) ? String(BigInt(number)) : number.toFixed(20).replace(/0+$/, '');
}

/** A value as JSON, as a data action's input holds it; what has no text is null. */
export function jsonOf(value: Value): Json {
  switch (value.type) {
    case 'json':
    case 'boolean':
    case 'integer':
    case 'decimal':
      return value.value;
    case 'collection':
      return value.items.map(jsonOf);
    default:
      return textOf(value) ?? null;
  }
}
