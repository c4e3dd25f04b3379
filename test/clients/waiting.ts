import type { Waiting } from '../../src/clients/retry.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

export interface TestWaiting extends Waiting {
  readonly clock: VirtualClock;
  readonly notes: readonly string[];
  /** Stops the run, for the reason "stopped". */
  readonly stop: () => void;
}

/** Virtual time from 0, jitter that is always half, and notes that are kept. */
export function createWaiting(): TestWaiting {
  const notes: string[] = [];
  const controller = new AbortController();
  return {
    clock: createVirtualClock(),
    signal: controller.signal,
    note: (message) => void notes.push(message),
    random: () => 0.5,
    notes,
    stop: () => controller.abort(new Error('stopped')),
  };
}
