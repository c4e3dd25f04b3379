import { invalidQuery } from './paging.ts';

/** The values of a list, sent as `a=1,2` or `a=1&a=2`. */
export const listOf = (query: URLSearchParams, name: string): readonly string[] =>
  query
    .getAll(name)
    .flatMap((values) => values.split(','))
    .filter((value) => value !== '');

/** `true` or `false`; undefined where it was not sent. */
export function flagOf(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name)?.toLowerCase();
  if (value === undefined || value === '') return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalidQuery(name, value);
}

/** One of several words, in any case; the first where none was sent. */
export function wordOf<W extends string>(query: URLSearchParams, name: string, words: readonly [W, ...W[]]): W {
  const value = query.get(name);
  if (value === null || value === '') return words[0];
  const word = words.find((one) => one.toLowerCase() === value.toLowerCase());
  if (word === undefined) throw invalidQuery(name, value);
  return word;
}

/** Sorted by a text, smallest first or last. */
export function sortedBy<T>(items: readonly T[], textOf: (item: T) => string, isDescending: boolean): readonly T[] {
  const sign = isDescending ? -1 : 1;
  return items.toSorted((a, b) => sign * compare(textOf(a), textOf(b)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
