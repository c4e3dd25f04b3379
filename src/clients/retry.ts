import type { Clock } from '../clock.ts';
import { formatSeconds } from './format-seconds.ts';
import { VendorError } from './vendor-error.ts';

/** What waiting takes: a clock, a way to be stopped, and somebody to tell. */
export interface Waiting {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly note: (message: string) => void;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

/** A connection to a vendor: of the whole run, or by `within` of a part that ends by itself, such as one step. */
export type Connection<T> = T & { readonly within: (signal: AbortSignal) => T };

/** What was waited for did not come in its time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  readonly what: string;
  readonly ms: number;
  constructor(what: string, ms: number) {
    super(`Waited ${formatSeconds(ms)} for ${what}, in vain.`);
    this.what = what;
    this.ms = ms;
  }
}

const ATTEMPTS = 6;
/** Who did not answer in time was waited for long enough each time. */
const LATE_ATTEMPTS = 3;
const BASE = 500;
const LONGEST_BACKOFF = 10_000;
const LONGEST_WAIT = 60_000;

interface Repeat {
  /** Whether doing it twice does no harm. */
  readonly safe: boolean;
  readonly attempts?: number;
}

/**
 * The one retry policy: what was not taken (429, no connection) is always sent again, what may have been carried out (5xx,
 * 408, cut off) only where that is safe. Ends with the last error, or at once with the signal's reason
 * where nothing of it can have been carried out.
 */
export async function retrying<T>(
  waiting: Waiting,
  { safe, attempts = ATTEMPTS }: Repeat,
  attempt: () => Promise<T>,
): Promise<T> {
  waiting.signal.throwIfAborted();
  for (let n = 1; ; n += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayPass(error, safe)) throw error;
      if (n >= (error.code === 'ETIMEDOUT' ? Math.min(attempts, LATE_ATTEMPTS) : attempts)) throw error;
      await pause(waiting, error, n).catch((reason: unknown) => {
        // Who stops in between must still know that it may have been carried out.
        throw error.ambiguous ? error : reason;
      });
    }
  }
}

const mayPass = (error: unknown, safe: boolean): error is VendorError =>
  error instanceof VendorError && error.retryable && (safe || !error.ambiguous);

async function pause({ clock, signal, note, random }: Waiting, error: VendorError, n: number): Promise<void> {
  const backoff = random() * Math.min(BASE * 2 ** (n - 1), LONGEST_BACKOFF);
  // "After 0 seconds" is no guidance: that would be a busy loop.
  const ms = Math.min(error.retryAfterMs || backoff, LONGEST_WAIT);
  const why = error.status === undefined ? error.code : `HTTP ${error.status}`;
  if (ms >= 1_000)
    note(`${error.service}, which did not take ${error.operation} (${why}): trying again in ${formatSeconds(ms)}`);
  await clock.sleep(ms, signal);
}

interface Until {
  /** Ms between two looks: always the same, or by the number of looks so far (from 0). */
  readonly every: number | ((n: number) => number);
  /** Ms in all. */
  readonly within: number;
  /** What is waited for, for the note and the error: "Lambda to make the function ready". */
  readonly what: string;
}

/** Looks until there is something to see. Says what it waits for; throws a TimeoutError when the time is over. */
export async function until<T>(
  { clock, signal, note }: Omit<Waiting, 'random'>,
  { every, within, what }: Until,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  const end = clock.now() + within;
  for (let n = 0; ; n += 1) {
    signal.throwIfAborted();
    const found = await probe();
    if (found !== undefined) return found;
    const left = end - clock.now();
    if (left <= 0) throw new TimeoutError(what, within);
    if (n === 0) note(what);
    await clock.sleep(Math.min(typeof every === 'number' ? every : every(n), left), signal);
  }
}
