import { VendorError } from '../clients/vendor-error.ts';

/** Whether the vendor refused with one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): error is VendorError =>
  error instanceof VendorError && error.code !== undefined && codes.includes(error.code);

/** Whether the vendor answered with one of these HTTP statuses. */
export const hasStatus = (error: unknown, ...statuses: readonly number[]): error is VendorError =>
  error instanceof VendorError && error.status !== undefined && statuses.includes(error.status);

/** The answer, or undefined where the vendor says that there is nothing (404, 410, or one of `codes`). */
export async function orAbsent<T>(call: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (hasStatus(error, 404, 410) || hasCode(error, ...codes)) return undefined;
    throw error;
  }
}

/**
 * The result of a create. Where the name turns out to be taken, `own` looks whether that is us: a create whose answer
 * was lost and that was sent again. Anybody else's keeps the vendor's refusal.
 */
export async function created<T>(
  create: Promise<T>,
  taken: readonly string[],
  own: () => Promise<T | undefined>,
): Promise<T> {
  try {
    return await create;
  } catch (error) {
    const found = hasCode(error, ...taken) ? await own() : undefined;
    if (found === undefined) throw error;
    return found;
  }
}
