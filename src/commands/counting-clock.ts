import type { Clock } from '../clock.ts';

/** A clock that knows how much real work is under way: calls above all, which were sent and are not answered yet. */
export function countingClock(clock: Clock): Clock & { readonly underWay: () => number } {
  let count = 0;
  return {
    ...clock,
    track: async (work) => {
      count += 1;
      try {
        return await clock.track(work);
      } finally {
        count -= 1;
      }
    },
    underWay: () => count,
  };
}
