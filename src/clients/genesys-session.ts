import { VendorError } from './vendor-error.ts';

/** Does work that needs a token, and does it once more with a new one if the first was refused. */
type Session = <T>(work: () => Promise<T>) => Promise<T>;

/** Signs in on the first use, once for all; and again, once for all, when a token turns out to be no good any more. */
export function createSession(signIn: () => Promise<void>): Session {
  let current: Promise<void> | undefined;
  const begin = () => {
    const begun = signIn();
    current = begun;
    // What may pass is tried anew by the next call; a refusal is not, as the login has a limit of its own.
    begun.catch((error: unknown) => {
      if (error instanceof VendorError && error.retryable && current === begun) current = undefined;
    });
    return begun;
  };
  return async (work) => {
    const mine = current ?? begin();
    await mine;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VendorError) || error.status !== 401) throw error;
    }
    // Several find out at about the same time: the first one signs in.
    await (current === mine ? begin() : (current ?? begin()));
    return work();
  };
}
