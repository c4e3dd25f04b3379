import { until } from '../clients/retry.ts';
import type { Context } from './context.ts';
import { hasStatus } from './vendor.ts';

type Ctx = Pick<Context, 'clock' | 'signal' | 'note'>;

interface Passing {
  /** Whether the refusal is one that passes by itself. */
  readonly passes: (error: unknown) => boolean;
  /** For how long, in ms, the vendor may need. */
  readonly within: number;
  /** What is being waited for, as a person would say it, and how long that usually takes. */
  readonly what: string;
  /** The longest pause between two tries, in ms. */
  readonly slowest?: number;
}

const FIRST_PAUSE = 500;

/**
 * Sends until it is not refused for a reason that passes by itself: the vendors tell their own services of something new
 * with a delay. The last try is made when the time is over; if that is refused too, the vendor's own refusal is thrown.
 */
export async function onceSettled<T>(ctx: Ctx, passing: Passing, send: () => Promise<T>): Promise<T> {
  const { passes, within, what, slowest = 5_000 } = passing;
  const end = ctx.clock.now() + within;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, slowest)) {
    try {
      return await send();
    } catch (error) {
      const left = end - ctx.clock.now();
      if (left <= 0 || !passes(error)) throw error;
      if (pause === FIRST_PAUSE) ctx.note(what);
      await ctx.clock.sleep(Math.min(pause, left), ctx.signal);
    }
  }
}

/** Pauses between looks: short at first, two seconds at last. */
export const pace = (n: number): number => Math.min(250 * 1.5 ** n, 2_000);

/** Looks until something that was just made is shown: that it was made is answered at once, but not known everywhere. */
export const onceShown = <T>(ctx: Ctx, it: string, look: () => Promise<T | undefined>): Promise<T> => {
  const what = `Genesys Cloud to show ${it}, usually a second or two`;
  return until(ctx, { every: pace, within: 60_000, what }, look);
};

/** Looks until something that was just deleted is not shown any more. */
export async function untilGone(ctx: Ctx, it: string, look: () => Promise<object | undefined>): Promise<void> {
  const what = `Genesys Cloud to finish deleting ${it}, usually a few seconds`;
  await until(ctx, { every: pace, within: 30_000, what }, async () => ((await look()) ? undefined : true));
}

/** Deletes something once what used it, and was deleted before, has let go of it. */
export const onceFree = <T>(ctx: Ctx, it: string, send: () => Promise<T>): Promise<T> =>
  onceSettled(
    ctx,
    {
      passes: (error) => hasStatus(error, 409),
      within: 30_000,
      what: `Genesys Cloud to let go of ${it}, usually a few seconds`,
    },
    send,
  );
