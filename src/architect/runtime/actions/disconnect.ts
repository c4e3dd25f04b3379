import type { Perform } from '../step.ts';

/** Ends the call. */
export const disconnect: Perform = () => ({ kind: 'end', ending: { kind: 'disconnect' } });
