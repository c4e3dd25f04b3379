import { Refusal } from '../contract.ts';

/** Which listing, and how much of it: its path and the query of the request. */
interface Asked {
  readonly uri: string;
  readonly query: URLSearchParams;
}

/** A listing by page number. */
export interface Page<T> {
  readonly entities: readonly T[];
  readonly pageSize: number;
  readonly pageNumber: number;
  readonly total: number;
  readonly pageCount: number;
  readonly firstUri: string;
  readonly selfUri: string;
  readonly lastUri: string;
  readonly previousUri?: string;
  readonly nextUri?: string;
}

/** A listing by cursor: only `nextUri` says whether there is more. */
export interface CursorPage<T> {
  readonly entities: readonly T[];
  readonly selfUri: string;
  readonly previousUri?: string;
  readonly nextUri?: string;
}

/** The page that was asked for with `pageSize` (25 by default) and `pageNumber`. Every URI keeps the filters. */
export function page<T>(items: readonly T[], { uri, query }: Asked, maxSize = 500): Page<T> {
  const pageSize = numberOf(query, 'pageSize', 25, maxSize);
  const pageNumber = numberOf(query, 'pageNumber', 1, Number.MAX_SAFE_INTEGER);
  const total = items.length;
  const pageCount = Math.ceil(total / pageSize);
  const at = (number: number) => uriOf(uri, query, { pageSize: String(pageSize), pageNumber: String(number) });
  return {
    entities: items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    total,
    pageCount,
    firstUri: at(1),
    selfUri: at(pageNumber),
    lastUri: at(Math.max(pageCount, 1)),
    ...(pageNumber > 1 && { previousUri: at(pageNumber - 1) }),
    ...(pageNumber < pageCount && { nextUri: at(pageNumber + 1) }),
  };
}

/** What follows the cursor `after`, or comes before `before`. A cursor outlives the item it names. */
export function cursorPage<T>(
  items: readonly T[],
  { uri, query }: Asked,
  idOf: (item: T) => string,
  maxSize = 200,
): CursorPage<T> {
  const size = numberOf(query, 'pageSize', 25, maxSize);
  const after = positionOf(items, query, 'after', idOf);
  const before = positionOf(items, query, 'before', idOf);
  const start = before === undefined ? (after === undefined ? 0 : after.next) : Math.max(before.index - size, 0);
  const end = Math.min(start + size, before?.index ?? items.length);
  const entities = items.slice(start, end);
  const [first, last] = [entities[0], entities.at(-1)];
  const at = (name: string, index: number, item: T) => uriOf(uri, query, { [name]: cursorOf(index, idOf(item)) });
  return {
    entities,
    selfUri: uriOf(uri, query, pickCursor(query)),
    ...(start > 0 && first !== undefined && { previousUri: at('before', start, first) }),
    ...(end < items.length && last !== undefined && { nextUri: at('after', end - 1, last) }),
  };
}

function numberOf(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw invalidQuery(name, text);
}

/** 400 for a query parameter that has no such value. */
export const invalidQuery = (name: string, value: string): Refusal =>
  new Refusal(400, 'invalid.query.param.value', `Value [${value}] is not valid for parameter [${name}].`);

const CURSORS = ['after', 'before'] as const;

function uriOf(uri: string, query: URLSearchParams, changes: Readonly<Record<string, string>>): string {
  const wanted = new URLSearchParams(query);
  for (const name of CURSORS) wanted.delete(name);
  for (const [name, value] of Object.entries(changes)) wanted.set(name, value);
  return wanted.size > 0 ? `${uri}?${wanted}` : uri;
}

const pickCursor = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...query].filter(([name]) => name === 'after' || name === 'before'));

const cursorOf = (index: number, id: string): string => Buffer.from(`${index}:${id}`).toString('base64url');

function positionOf<T>(
  items: readonly T[],
  query: URLSearchParams,
  name: (typeof CURSORS)[number],
  idOf: (item: T) => string,
): { readonly index: number; readonly next: number } | undefined {
  const cursor = query.get(name);
  if (cursor === null) return undefined;
  const [, index, id] = /^(\d+):(.*)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (index === undefined) throw invalidQuery(name, cursor);
  const found = items.findIndex((item) => idOf(item) === id);
  // The item may be gone by now; what came after it then stands in its place.
  return found >= 0 ? { index: found, next: found + 1 } : { index: Number(index), next: Number(index) };
}
