import { setMaxListeners } from 'node:events';

/** A signal that ends with another one, or by itself. */
export interface OwnSignal {
  readonly signal: AbortSignal;
  readonly stop: (reason: unknown) => void;
}

/** Makes one. Any number may wait for it; Node.js would warn of a leak from the eleventh on. */
export function ownSignal(outer: AbortSignal | undefined): OwnSignal {
  const own = new AbortController();
  const signal = outer ? AbortSignal.any([outer, own.signal]) : own.signal;
  setMaxListeners(0, signal);
  return { signal, stop: (reason) => own.abort(reason) };
}

/** Does work of several parts. Where one fails nobody waits for the others, and they must not keep the program waiting. */
export async function stopTogether<T>(
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, stop } = ownSignal(outer);
  try {
    return await work(signal);
  } catch (error) {
    stop(new Error('Another part failed.'));
    throw error;
  }
}
