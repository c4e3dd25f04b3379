import { Refusal } from '../../contract.ts';
import { noSuchKey, type StoredObject } from './object.ts';

type Headers = Readonly<Record<string, string>>;

const failed = (Condition: string): Refusal =>
  new Refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    body: { Condition },
  });

const unquoted = (etag: string): string => etag.trim().replace(/^"|"$/g, '');
const isSame = (wanted: string, { etag }: StoredObject): boolean =>
  wanted.trim() === '*' || unquoted(wanted) === unquoted(etag);

/** Throws unless an object may be written over what is there. */
export function checkWrite(headers: Headers, key: string, current: StoredObject | undefined): void {
  const { 'if-none-match': none, 'if-match': match } = headers;
  if (none !== undefined && none.trim() !== '*') {
    const text = 'A header you provided implies functionality that is not implemented';
    throw new Refusal(501, 'NotImplemented', text, { body: { Header: 'If-None-Match' } });
  }
  if (none !== undefined && current) throw failed('If-None-Match');
  checkMatch(match, key, current);
}

/** Throws unless what is there is what the caller means. */
export function checkMatch(match: string | undefined, key: string, current: StoredObject | undefined): void {
  if (match === undefined) return;
  if (!current) throw noSuchKey(key);
  if (!isSame(match, current)) throw failed('If-Match');
}

/** Throws unless an object is to be read; true where the caller has it already. */
export function isUnchanged(headers: Headers, object: StoredObject): boolean {
  const { 'if-none-match': none, 'if-match': match } = headers;
  if (match !== undefined && !isSame(match, object)) throw failed('If-Match');
  return none !== undefined && isSame(none, object);
}
