import type { Clock } from '../../clock.ts';

/** The caller has hung up, so there is nobody to say anything to. */
export class HungUp extends Error {
  override readonly name = 'HungUp';
}

/** The outside, as a flow sees it. What needs the caller rejects with HungUp once they have hung up. */
export interface FlowHost {
  /**
   * Plays audio, as the text that would be heard: `[prompt PromptSystem.processing]` for a recording, `[1 s of silence]`
   * for silence. `isBargeable`: a key ends it early, and is kept.
   */
  readonly say: (text: string, isBargeable: boolean) => Promise<void>;
  /** The next key (0-9 * #) within `ms` milliseconds; undefined when none came. Keys that came early are kept. */
  readonly key: (ms: number, isSecret: boolean) => Promise<string | undefined>;
  readonly invoke: (call: DataActionCall) => Promise<DataActionResult>;
  /** Participant data of the customer: of this conversation, or of the one that is named. */
  readonly attributes: {
    readonly get: (
      names: readonly string[],
      conversationId?: string,
    ) => Promise<Readonly<Record<string, string | undefined>> | 'not found'>;
    readonly set: (values: Readonly<Record<string, string>>, conversationId?: string) => Promise<'done' | 'not found'>;
  };
  /** Transfers to a secure flow by name; after `done` this flow is over. */
  readonly transfer: (
    flowName: string,
    invocationData: string | undefined,
  ) => Promise<'done' | { readonly errorType: string; readonly errorMessage: string }>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly trace: (entry: TraceEntry) => void;
}

export interface DataActionCall {
  readonly category: string;
  readonly name: string;
  readonly isSecure: boolean;
  /** JSON values; what is NOT_SET is left out. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Undefined: as long as the data action itself may take. */
  readonly timeoutMs: number | undefined;
}

export type DataActionResult =
  | { readonly outcome: 'success'; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly outcome: 'failure'; readonly errors: Readonly<Record<string, string>> }
  | { readonly outcome: 'timeout' };

/** One thing that a flow did, in Genesys' own action names. */
export interface TraceEntry {
  readonly action: string;
  readonly name: string;
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly outcome?: string | undefined;
  /** Never a secret: what a caller entered in a secure flow, and what is in a secure variable, is masked. */
  readonly detail?: string | undefined;
}

/** What a flow is given from outside: its inputs and what is built in, by full name (`Flow.ani`, `Call.Ani`). */
export interface FlowInput {
  readonly variables: Readonly<Record<string, unknown>>;
}

export type Ending =
  | { readonly kind: 'disconnect' }
  | { readonly kind: 'hung up' }
  | { readonly kind: 'transferred'; readonly to: string }
  /** Where the caller would go: the rehearsal ends there. */
  | { readonly kind: 'left'; readonly where: string }
  | { readonly kind: 'ended'; readonly exitReason: string | undefined }
  /** `where` is `file:line:column` and the path in the flow. */
  | { readonly kind: 'error'; readonly message: string; readonly where: string };
