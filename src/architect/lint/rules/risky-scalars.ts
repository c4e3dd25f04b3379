import { isScalar, type Scalar } from 'yaml';
import type { Entry } from '../../model/entries.ts';
import type { Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** Words that a reader of YAML 1.1 takes for booleans, or any reader for nothing. */
const WORD = /^(?:y|yes|n|no|on|off|true|false|null|~)$/i;
const NUMBER = /^[+-]?0\d+(?:\.\d*)?$|^0o?[0-7]+$|^0x[\da-f]+$|^\d+(?::[0-5]?\d)+$|^\d[\d_]*_\d*$/i;
const DATE = /^\d{4}-\d\d?-\d\d?(?:[Tt ].*)?$/;

const named = new Set(['name', 'refId', 'lit', 'description', 'division']);

/** A name, key or text must be the same to every reader of YAML. */
export const riskyScalars: Rule = {
  name: 'risky-scalars',
  check: ({ entries }) => entries.flatMap((entry) => [...problemsOfKey(entry), ...problemsOfValue(entry)]),
};

const sourceOf = ({ type, source, value }: Scalar): string | undefined =>
  type === 'PLAIN' ? (source ?? String(value)) : undefined;

const isRisky = (source: string) => WORD.test(source) || NUMBER.test(source) || DATE.test(source);

const problem = (severity: Problem['severity'], source: string, { range }: Scalar): Problem => ({
  severity,
  message: `${source} without quotes is something else to other readers of YAML: write "${source}"`,
  offset: range?.[0] ?? 0,
});

function problemsOfKey({ key, parent }: Entry): readonly Problem[] {
  const source = sourceOf(key);
  if (source === undefined || !isRisky(source)) return [];
  // Archy itself has long written the ways out of a decision without quotes.
  const isWay = parent?.name === 'outputs' && /^(?:yes|no)$/.test(source);
  return [problem(isWay ? 'note' : 'warning', source, key)];
}

function problemsOfValue({ name, value }: Entry): readonly Problem[] {
  if (!named.has(name) || !isScalar(value)) return [];
  const source = sourceOf(value);
  if (source === undefined || source === '' || !isRisky(source)) return [];
  const isMeant = name === 'lit' && (typeof value.value === 'boolean' || source === '0');
  return isMeant ? [] : [problem('warning', source, value)];
}
