import type { Context } from '../context.ts';
import { onceSettled } from '../settle.ts';
import { hasStatus } from '../vendor.ts';

type Ctx = Pick<Context, 'clock' | 'signal' | 'note'>;

const isStale = (error: unknown): boolean =>
  hasStatus(error, 409) || (hasStatus(error, 400) && /does not match the current version/i.test(error.message));

/** Reads, then writes with the version that was read; where that is not the current one any more, reads again. */
export const withVersion = <T, R>(ctx: Ctx, read: () => Promise<T>, write: (live: T) => Promise<R>): Promise<R> =>
  onceSettled(
    ctx,
    { passes: isStale, within: 30_000, what: 'another change of the same object to end, usually a second or two' },
    async () => write(await read()),
  );
