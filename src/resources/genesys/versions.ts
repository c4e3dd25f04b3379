import type { VendorError } from '../../clients/vendor-error.ts';
import { hasStatus } from '../vendor.ts';

const ATTEMPTS = 10;

const isStale = (error: unknown): error is VendorError =>
  hasStatus(error, 409) || (hasStatus(error, 400) && /does not match the current version/i.test(error.message));

/** Reads, then writes with the version that was read; where somebody else was quicker, reads again. */
export async function withVersion<T, R>(read: () => Promise<T>, write: (live: T) => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await read();
    try {
      return await write(live);
    } catch (error) {
      if (!isStale(error) || attempt === ATTEMPTS) throw error;
    }
  }
}
