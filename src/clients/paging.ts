import * as z from 'zod';
import { VendorError } from './vendor-error.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Stands for any host: only the query of a link is ever used. */
const NOWHERE = 'http://localhost';

const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/** The link to the next page. */
const nextUri = z
  .string()
  .refine((uri) => URL.canParse(uri, NOWHERE), 'not a link')
  .nullish();

interface Page {
  readonly pageCount?: number | null | undefined;
  readonly nextUri?: string | null | undefined;
}

/** The query of the page after the `n`-th: lists either count their pages, or link to the next one by a cursor. */
function nextPage(n: number, { pageCount, nextUri }: Page): Query | undefined {
  if (typeof pageCount === 'number') return n < pageCount ? { pageNumber: n + 1 } : undefined;
  return nextUri ? Object.fromEntries(new URL(nextUri, NOWHERE).searchParams) : undefined;
}

/** One page. Without `entities` it is no list; to take it for an empty one would be to create everything anew. */
export const pageOf = <T>(entity: z.ZodType<T>) =>
  z.object({ entities: z.array(entity), pageCount: z.number().nullish(), nextUri });

interface List {
  readonly operation: string;
  readonly query?: Query;
  /** No more than so many entities are wanted. */
  readonly limit?: number;
}

/** The entities of all pages, in turn, or as many as are wanted. */
export async function readPages<T>(
  { operation, query = {}, limit = Number.POSITIVE_INFINITY }: List,
  read: (query: Query) => Promise<Page & { readonly entities: readonly T[] }>,
): Promise<T[]> {
  const all: T[] = [];
  let here: Query = { pageSize: PAGE_SIZE, ...query };
  for (let n = 1; n <= MOST_PAGES; n += 1) {
    const page = await read(here);
    for (const entity of page.entities) all.push(entity);
    const next = nextPage(n, page);
    if (!next || all.length >= limit) return all.slice(0, limit);
    here = { ...here, ...next };
  }
  throw new VendorError({ service: 'Genesys Cloud', operation, message: `the list has no end (${MOST_PAGES} pages)` });
}
