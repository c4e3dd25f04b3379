import type { State } from './record.ts';

/** The one writer of the state. */
export interface Ledger {
  readonly state: State;
  /** Resolves when a saved state contains the change. */
  readonly update: (change: (state: State) => State) => Promise<void>;
}

/**
 * Updates that arrive while a save runs share the next one. After a failed save every update is refused, so that
 * nothing is done that was not written down first.
 */
export function createLedger(initial: State, save: (state: State) => Promise<void>): Ledger {
  let state = initial;
  let tail = Promise.resolve();
  let next: Promise<void> | undefined;
  return {
    get state() {
      return state;
    },
    update(change) {
      state = { ...change(state), serial: state.serial + 1 };
      if (!next) {
        next = tail.then(() => {
          next = undefined;
          return save(state);
        });
        tail = next;
      }
      return next;
    },
  };
}
