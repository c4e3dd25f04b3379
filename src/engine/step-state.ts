import type { Deps } from './deps.ts';

/** How a step ended that threw this: what was told to stop has not failed. */
export const stateOf = (error: unknown, { signal }: Pick<Deps, 'signal'>): 'stopped' | 'failed' =>
  signal.aborted && error === signal.reason ? 'stopped' : 'failed';
