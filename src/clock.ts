import { setTimeout as sleep } from 'node:timers/promises';

/** Time as everything here sees it: the system's, or a virtual one in tests. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Sleeps `ms` milliseconds; rejects with the signal's reason when it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Real work (a call, a save, a child process): virtual time stands still until it ends. */
  readonly track: <T>(work: () => Promise<T>) => Promise<T>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  },
  track: (work) => work(),
};
