import * as z from 'zod';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Stands for any host: only the query of a link is ever used. */
const NOWHERE = 'http://localhost';

/** The link to the next page. */
export const nextUri = z
  .string()
  .refine((uri) => URL.canParse(uri, NOWHERE), 'not a link')
  .nullish();

interface Page {
  readonly pageCount?: number | null | undefined;
  readonly nextUri?: string | null | undefined;
}

/** The query of the page after the `n`-th: lists either count their pages, or link to the next one by a cursor. */
export function nextPage(n: number, { pageCount, nextUri }: Page): Query | undefined {
  if (typeof pageCount === 'number') return n < pageCount ? { pageNumber: n + 1 } : undefined;
  return nextUri ? Object.fromEntries(new URL(nextUri, NOWHERE).searchParams) : undefined;
}
