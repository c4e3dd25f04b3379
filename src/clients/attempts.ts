import type { Clock } from '../clock.ts';
import { formatSeconds } from './format-seconds.ts';
import type { VendorError } from './vendor-error.ts';

/** One request. */
interface Request<T> {
  /** How long it may take, to the end of its answer. */
  readonly ms: number;
  readonly send: (signal: AbortSignal) => Promise<T>;
  /** Whatever `send` throws leaves through it. */
  readonly failed: (error: unknown) => VendorError;
  /** Of what the request is a part. */
  readonly signal: AbortSignal;
}

type Attempt = <T>(request: Request<T>) => Promise<T>;

const IN_FLIGHT = 8;

/**
 * Sends the requests of one client, at most eight at a time. The signal keeps waiting ones from being sent; one that was
 * sent runs to its own time-out, so that its outcome is known.
 */
export function createAttempts(clock: Clock): Attempt {
  const inTurn = createTurns(IN_FLIGHT);
  return ({ ms, send, failed, signal }) =>
    inTurn(() => {
      signal.throwIfAborted();
      return clock.track(async () => {
        try {
          return await within(clock, ms, send);
        } catch (error) {
          throw failed(error);
        }
      });
    });
}

function createTurns(most: number) {
  let free = most;
  const queue: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** After `ms` the work is told to end by its signal, and not waited for any longer. */
async function within<T>(clock: Clock, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  const deadline = async (): Promise<never> => {
    await clock.sleep(ms, done.signal);
    late.abort();
    throw Object.assign(new Error(`no answer within ${formatSeconds(ms)}`), { code: 'ETIMEDOUT' });
  };
  try {
    return await Promise.race([work(late.signal), deadline()]);
  } finally {
    done.abort();
  }
}
