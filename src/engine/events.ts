import type { Action } from './decide.ts';

/** What happens to a step, told as it happens; whoever shows it listens. */
export interface StepEvent {
  readonly type: 'step';
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly doing: Action | 'delete';
  /** `stopped`: it did not fail itself, and goes on with the next run. */
  readonly state: 'started' | 'waiting' | 'done' | 'failed' | 'stopped' | 'kept';
  /** What is waited for, why it failed, or what is kept. */
  readonly message?: string | undefined;
}

interface PhaseEvent {
  readonly type: 'phase';
  readonly phase: 'forward' | 'teardown' | 'commit' | 'retire';
}

export type EngineEvent = StepEvent | PhaseEvent;
