import type { Context } from './context.ts';

type Ctx = Pick<Context, 'clock' | 'signal' | 'note'>;

interface Passing {
  /** Whether the refusal is one that passes by itself. */
  readonly passes: (error: unknown) => boolean;
  /** For how long, in ms, the vendor may need. */
  readonly within: number;
  /** What is being waited for, as a person would say it. */
  readonly what: string;
  /** The longest pause between two tries, in ms. */
  readonly slowest?: number;
}

/**
 * Sends until it is not refused for a reason that passes by itself: the vendors tell their own services of something new
 * with a delay. When the time is over, the vendor's own refusal is thrown.
 */
export async function onceSettled<T>(ctx: Ctx, passing: Passing, send: () => Promise<T>): Promise<T> {
  const { passes, within, what, slowest = 5_000 } = passing;
  const start = ctx.clock.now();
  for (let pause = 500; ; pause = Math.min(pause * 2, slowest)) {
    try {
      return await send();
    } catch (error) {
      if (!passes(error) || ctx.clock.now() + pause - start > within) throw error;
      ctx.note(what);
      await ctx.clock.sleep(pause, ctx.signal);
    }
  }
}
