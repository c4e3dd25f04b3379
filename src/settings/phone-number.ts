import * as z from 'zod';

const MOST = 1_000;

/** Spaces, brackets, dots, slashes, quotes, every kind of hyphen, and what cannot be seen. */
const BETWEEN = /[\s()./"'\-\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** `" +1 (720) 555-0100 "` → `+17205550100`. */
const normalizeNumber = (text: string): string =>
  text
    // `+44 (0)20 …`: that zero is not dialled after the country code.
    .replace('(0)', '')
    .replace(BETWEEN, '')
    .replace(/^tel:/i, '');

export const phoneNumber = z
  .string()
  .transform(normalizeNumber)
  .pipe(
    z.string().regex(/^\+[1-9]\d{6,14}$/, 'Use the international form: +, country code, number, such as +13175550100.'),
  );

const value = (number: string) => Number(number.slice(1));

/** What is wrong with a range, in words; undefined where nothing is. */
export function rangeProblem(first: string, last: string): string | undefined {
  if (first.length !== last.length) return `${first} and ${last} differ in length. Use two numbers of the same range.`;
  if (value(last) < value(first))
    return `The last number, ${last}, comes before the first, ${first}. Give them in order.`;
  const size = value(last) - value(first) + 1;
  return size > MOST ? `${first} to ${last} are ${size} numbers. Use at most ${MOST}.` : undefined;
}

/** Every number from first to last. */
export const numbersBetween = (first: string, last: string): string[] =>
  Array.from({ length: value(last) - value(first) + 1 }, (_, n) => `+${value(first) + n}`);
