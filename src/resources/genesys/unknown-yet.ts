import { hasStatus } from '../vendor.ts';

/** What says that the request itself is wrong: that does not pass. */
const FINAL: ReadonlySet<string | undefined> = new Set([
  'client.failed.request',
  'constraint.validation',
  'invalid.date',
  'invalid.property',
  'invalid.query.param.value',
  'invalid.schema',
  'response.entity.too.large',
]);

/**
 * Whether a create was refused because one service of Genesys Cloud has not yet heard of what another one just made. How
 * it says so is not documented, but for the 400; whatever names something else than `member` as the fault is not meant.
 */
export function isUnknownYet(error: unknown, member: RegExp): boolean {
  if (!hasStatus(error, 400) || FINAL.has(error.code)) return false;
  return error.details.length === 0 || error.details.some((detail) => member.test(detail));
}
