import type { Reporter } from './reporter.ts';

interface Clock {
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const EVERY = 1_000;

/** Does work, and lets the reporter know once a second that time goes by: for what it says of running steps. */
export async function ticking<T>(clock: Clock, { tick }: Pick<Reporter, 'tick'>, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const beat = async () => {
    for (;;) {
      try {
        await clock.sleep(EVERY, signal);
      } catch {
        return;
      }
      tick();
    }
  };
  const beating = beat();
  try {
    return await work();
  } finally {
    over.abort();
    await beating;
  }
}

/** Does work that is no step, and has the reporter say what it is while it goes on. */
export async function busyWith<T>(
  clock: Clock,
  reporter: Pick<Reporter, 'tick' | 'busy'>,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  reporter.busy(what);
  try {
    return await ticking(clock, reporter, work);
  } finally {
    reporter.busy(undefined);
  }
}
