import type { AnyResource, Run } from './contract.ts';
import type { EngineEvent } from './events.ts';
import type { Ledger } from './ledger.ts';

/** What the engine is given: it knows no client, no clock but this one, and no screen. */
export interface Deps {
  readonly ledger: Ledger;
  /** Every kind that a state may hold. */
  readonly resources: Readonly<Record<string, AnyResource>>;
  /**
   * The context of one step, clients included; `note` is its way to say what it waits for, and `signal`, where there is
   * one, ends its waits.
   */
  readonly context: (
    step: string,
    note: (message: string) => void,
    signal?: AbortSignal,
  ) => Pick<Run, 'sleep' | 'now' | 'signal'>;
  readonly parallel: number;
  /** How many of a lane may run at a time. */
  readonly lanes?: Readonly<Record<string, number>>;
  readonly signal: AbortSignal;
  readonly emit: (event: EngineEvent) => void;
  /** Whether what things hold may be lost with them. */
  readonly data: 'keep' | 'delete';
  /** Whether a failure leaves open if the world was changed: then it is looked at again, and gone on from there. */
  readonly isAmbiguous: (error: unknown) => boolean;
}
