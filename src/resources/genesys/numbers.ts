/** A range of phone numbers, both ends in it; E.164, of equal length. */
export interface Range {
  readonly first: string;
  readonly last: string;
}

const value = (number: string) => Number(number.slice(1));

/** Whether a number lies in a range. */
export const isIn = ({ first, last }: Range, number: string): boolean =>
  number.length === first.length && value(number) >= value(first) && value(number) <= value(last);

export const overlap = (a: Range, b: Range): boolean =>
  a.first.length === b.first.length && value(a.first) <= value(b.last) && value(b.first) <= value(a.last);

/** `+1317… to +1317…`, or the one number. */
export const rangeText = ({ first, last }: Range): string => (first === last ? first : `${first} to ${last}`);

/** A range as a mark's detail, and back. */
export const rangeDetail = ({ first, last }: Range): string => `${first}-${last}`;
export function rangeFrom(detail: string | undefined): Range | undefined {
  const [, first, last] = /^(\+\d+)-(\+\d+)$/.exec(detail ?? '') ?? [];
  return first && last ? { first, last } : undefined;
}

/** What of a range lies in none of the others, as ranges in order. */
export function gaps(range: Range, others: readonly Range[]): readonly Range[] {
  const toText = (n: number) => `+${n}`;
  const found: Range[] = [];
  let next = value(range.first);
  const sorted = others.filter((other) => overlap(range, other)).sort((a, b) => value(a.first) - value(b.first));
  for (const other of sorted) {
    if (value(other.first) > next) found.push({ first: toText(next), last: toText(value(other.first) - 1) });
    next = Math.max(next, value(other.last) + 1);
  }
  if (next <= value(range.last)) found.push({ first: toText(next), last: range.last });
  return found;
}

/** The digits that all numbers of a range begin with, plus sign included. */
export function commonPrefix({ first, last }: Range): string {
  const differs = [...first].findIndex((digit, at) => digit !== last[at]);
  return differs === -1 ? first : first.slice(0, differs);
}
