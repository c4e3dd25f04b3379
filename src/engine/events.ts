import type { Action } from './decide.ts';

/** What happens to a step, told as it happens; whoever shows it listens. */
export interface StepEvent {
  readonly type: 'step';
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** `verify`: trying out whether something holds, which `name` says. */
  readonly doing: Action | 'delete' | 'verify';
  /** `stopped`: it did not fail itself, and goes on with the next run. */
  readonly state: 'started' | 'waiting' | 'done' | 'failed' | 'stopped' | 'kept';
  /** What is waited for, why it failed, what is kept, or what to know of how it was done. */
  readonly message?: string | undefined;
}

interface PhaseEvent {
  readonly type: 'phase';
  readonly phase: 'forward' | 'teardown' | 'commit' | 'retire';
}

/** A copy of what somebody else made was kept, before it is overwritten or deleted. */
export interface CopyEvent {
  readonly type: 'copy';
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Where it lies. */
  readonly file: string;
}

export type EngineEvent = StepEvent | PhaseEvent | CopyEvent;
