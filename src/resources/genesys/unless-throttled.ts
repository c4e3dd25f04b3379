import type { Context } from '../context.ts';

/** Architect calls a throttled look-up this. */
const DISGUISED = /could not find the flow with id/i;
const ATTEMPTS = 5;

/** Whether what Architect says of a failure is that it was throttled. */
export const saysThrottled = (texts: readonly string[]): boolean => texts.some((text) => DISGUISED.test(text));

/** Does it again, later each time, where it was throttled; gives how it ended at last. */
export async function unlessThrottled<T>(
  ctx: Pick<Context, 'clock' | 'signal' | 'note'>,
  once: () => Promise<T>,
  isThrottled: (end: T) => boolean,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const end = await once();
    if (attempt === ATTEMPTS || !isThrottled(end)) return end;
    ctx.note('Genesys Cloud, which throttles Architect, usually for a minute or two');
    await ctx.clock.sleep(15_000 * attempt, ctx.signal);
  }
}
