import type { Clock } from '../../src/clock.ts';

/** A clock whose time jumps to the next sleeper as soon as nothing real is under way. */
export interface VirtualClock extends Clock {
  /** Sleeps inside tracked work: a server in this process that answers late, while its client waits. */
  readonly sleepInside: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** How often time has jumped. */
  readonly jumps: () => number;
}

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Makes a virtual clock that begins at `start` (ms since the epoch). */
export function createVirtualClock(start = 0): VirtualClock {
  let now = start;
  let busy = 0;
  let armed = false;
  let jumps = 0;
  let order = 0;
  const sleepers = new Set<Sleeper>();

  // Two turns of the event loop, so that what a woken sleeper starts is counted before the next jump.
  const settle = (): void => {
    if (armed) return;
    armed = true;
    setImmediate(() =>
      setImmediate(() => {
        armed = false;
        const next = busy === 0 ? earliest(sleepers) : undefined;
        if (!next) return;
        now = Math.max(now, next.at);
        jumps += 1;
        next.wake();
        settle();
      }),
    );
  };

  const sleep = (ms: number, signal: AbortSignal | undefined, inside: 0 | 1): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = (): void => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        busy += inside;
        settle();
      };
      const abort = (): void => {
        end();
        reject(signal?.reason);
      };
      order += 1;
      const wake = (): void => {
        end();
        resolve();
      };
      const sleeper: Sleeper = { at: now + ms, order, wake };
      busy -= inside;
      sleepers.add(sleeper);
      signal?.addEventListener('abort', abort);
      settle();
    });

  return {
    now: () => now,
    jumps: () => jumps,
    sleep: (ms, signal) => sleep(ms, signal, 0),
    sleepInside: (ms, signal) => sleep(ms, signal, 1),
    track: async (work) => {
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
        settle();
      }
    },
  };
}

const earliest = (sleepers: Iterable<Sleeper>): Sleeper | undefined =>
  [...sleepers].sort((a, b) => a.at - b.at || a.order - b.order)[0];
