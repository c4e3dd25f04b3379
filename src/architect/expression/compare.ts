import { isDeepStrictEqual } from 'node:util';
import { textOf, unwrapped } from './coerce.ts';
import type { Value } from './value.ts';

const isNumber = (value: Value): value is Value & { readonly value: number } =>
  value.type === 'integer' || value.type === 'decimal';

/**
 * Whether two values are equal; undefined where they cannot be compared. NOT_SET equals only NOT_SET: not "", not 0.
 * A string is compared with the text of what is no string. Strings are the same only in the same case.
 */
export function isSame(one: Value, other: Value): boolean | undefined {
  const [a, b] = [unwrapped(one), unwrapped(other)];
  if (a.type === 'notSet' || b.type === 'notSet') return a.type === b.type;
  if (isNumber(a) && isNumber(b)) return a.value === b.value;
  if (a.type === 'string' || b.type === 'string') {
    const [left, right] = [textOf(a), textOf(b)];
    return left === undefined || right === undefined ? undefined : left === right;
  }
  if (a.type === 'collection' && b.type === 'collection') return sameItems(a.items, b.items);
  if (a.type !== b.type) return undefined;
  // An object of the organization is what its id says, whatever it is called by now.
  if (a.type === 'object' && b.type === 'object') return a.id === b.id;
  return isDeepStrictEqual(a, b);
}

const sameItems = (some: readonly Value[], others: readonly Value[]): boolean =>
  some.length === others.length && some.every((item, index) => isSame(item, others[index] ?? item) === true);

/** Less than 0, 0 or more than 0, as the first comes before, with or after the second; undefined if neither. */
export function order(a: Value, b: Value): number | undefined {
  if (isNumber(a) && isNumber(b)) return a.value - b.value;
  if (a.type === 'string' && b.type === 'string') return a.value < b.value ? -1 : Number(a.value > b.value);
  if (a.type === 'dateTime' && b.type === 'dateTime') return a.value - b.value;
  if (a.type === 'duration' && b.type === 'duration') return a.value - b.value;
  return undefined;
}
