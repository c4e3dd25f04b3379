import type { TraceEntry } from '../../architect/runtime/contract.ts';
import type { Item } from '../world.ts';

/** Somebody calls, or is called. */
export interface CallRequest {
  /** The number that is dialled: E.164. */
  readonly to: string;
  /** The caller's number, E.164; without one they withhold it. */
  readonly from?: string | undefined;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  /**
   * What the caller presses: a group is pressed as soon as the flow listens; `.` lets one time-out pass, `!` hangs up.
   * When it is used up the caller stays silent.
   */
  readonly keys: readonly string[];
  /** Hangs up once so many keys were pressed. */
  readonly hangUpAfter?: number | undefined;
  /** How often the event of the call's end is sent: the platform may repeat it. */
  readonly events: number;
}

/** One flow that was played, and how it ended. */
export interface PlayedFlow {
  readonly type: string;
  readonly name: string;
  readonly ending: string;
  readonly detail?: string | undefined;
}

export interface RunAction {
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'timeout';
  /** Real time, in milliseconds. */
  readonly durationMs: number;
  readonly detail?: string | undefined;
}

/** One trigger, held against the event. */
export interface JudgedTrigger {
  readonly name: string;
  readonly matched: boolean;
  /** Why it did not start its workflow. */
  readonly why?: string | undefined;
}

export interface RunWorkflow {
  readonly name: string;
  readonly status: 'COMPLETED' | 'FAILED';
  readonly exitReason?: string | undefined;
  readonly detail?: string | undefined;
}

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: string;
}

/** Everything that happened in one call and because of it. No card number is in it. */
export interface CallReport {
  readonly conversationId: string;
  readonly to: string;
  readonly from: string | undefined;
  /** How long the call took in its own time, in milliseconds. */
  readonly durationMs: number;
  /** What the caller heard, pressed and did, in order. */
  readonly heard: readonly string[];
  readonly flows: readonly PlayedFlow[];
  readonly actions: readonly RunAction[];
  /** The customer's participant data. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The event of the call's end; undefined where nobody answered. */
  readonly event: Item | undefined;
  readonly triggers: readonly JudgedTrigger[];
  readonly workflows: readonly RunWorkflow[];
  readonly objects: readonly StoredObject[];
  /** What every flow did, in Genesys' own action names. */
  readonly trace: readonly TraceEntry[];
}
