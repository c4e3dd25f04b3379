import type * as z from 'zod';
import type { Item, World } from './world.ts';

/** One request as a handler sees it: already routed, authenticated and parsed. */
export interface Request<B = unknown> {
  readonly service: string;
  readonly operation: string;
  /** Milliseconds since the epoch, at the moment the handler runs. */
  readonly now: number;
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: B;
  readonly bytes: Uint8Array;
  /** Who calls: the access key's principal ARN (AWS) or the OAuth client's id (Genesys Cloud). */
  readonly caller: string;
  /** `http://127.0.0.1:port`, for the URLs that an answer contains. */
  readonly origin: string;
  /** Whether `window` is over for the object `id` that entered it at `since` (ms). A profile in `{reads}` counts the asking. */
  readonly passed: (window: Window, since: number, id: string) => boolean;
  readonly functions: Functions;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** An object is sent in the service's own form (JSON, XML); bytes and strings as they are; absent is an empty body. */
  readonly body?: unknown;
}

/** One operation is one row. Handlers are synchronous, so each is atomic; only a Lambda invocation returns a promise. */
export interface Operation<B = unknown> {
  readonly service: string;
  readonly operation: string;
  /** `GET /api/v2/flows/{flowId}`, `POST / Action=CreateRole`, `PUT /{bucket}?tagging`. */
  readonly route: string;
  /** Genesys Cloud: any one of these is enough. AWS: the IAM action. Empty needs none. */
  readonly permission: readonly string[];
  readonly write: boolean;
  readonly body?: z.ZodType<B>;
  readonly handle: (world: World, request: Request<B>) => Reply | Promise<Reply>;
}

/** A refusal in the vendor's own words; the protocol of the service gives it its form. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  /** Members to add to the error body (`details`, `messageParams`, `Resource` …) and headers to send. */
  readonly extra: { readonly body?: Item; readonly headers?: Readonly<Record<string, string>> };
  constructor(status: number, code: string, message: string, extra: Refusal['extra'] = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

/** An HTTP request before anybody claimed it. Header names are lower-case. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly now: number;
}

export interface Matched {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Decoded by the protocol (form, JSON, XML), not yet checked against the operation's schema. */
  readonly body: unknown;
}

/** How one family of services speaks HTTP. `serve.ts` asks the protocols in turn. */
export interface Protocol {
  readonly claims: (incoming: Incoming) => boolean;
  /** Throws a Refusal where no operation fits. */
  readonly match: (incoming: Incoming) => Matched;
  /** Who calls, from the request's credentials. Throws a Refusal (401, 403). */
  readonly authenticate: (world: World, incoming: Incoming) => string;
  /** Throws a Refusal where the caller may not. */
  readonly authorize: (world: World, operation: Operation, request: Request) => void;
  readonly render: (incoming: Incoming, matched: Matched | undefined, reply: Reply) => Sent;
  readonly refuse: (incoming: Incoming, matched: Matched | undefined, refusal: Refusal) => Sent;
}

export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** Windows of time in which the vendors are not yet consistent; a profile gives each its length. */
export const WINDOWS = [
  'role.assumable', // CreateRole → Lambda and Genesys Cloud can assume it
  'function.active', // CreateFunction → Active
  'function.updated', // UpdateFunction… → Successful
  'function.gone', // DeleteFunction → its name is free (State Deleting, and 409, before)
  'bucket.released', // DeleteBucket → its name is free (409 OperationAborted before)
  'log-group.released', // DeleteLogGroup → its name is free (400 OperationAbortedException before)
  'integration.active', // ENABLED → reportedState ACTIVE
  'integration.known', // POST integration → the action service knows it (400 before)
  'flow-job.started', // upload → Started
  'flow-job.done', // upload → Success
  'flow.listed', // first publish → found by name
  'genesys.listed', // any other Genesys create → in lists
  'genesys.shown', // any Genesys create → found by its id (404 before)
  'genesys.gone', // DELETE of a credential, an integration, a data action → 404 (still shown before)
  'did-pool.assignable', // POST pool → its numbers can be given to an IVR (400 didPoolId before)
  'ivr.released', // DELETE ivr → its flow and numbers are free (409 before)
  'flow.targetable', // publish → the trigger service knows the workflow (400 before)
  'attributes.visible', // participant data set → read by a workflow
  'grant.known', // a role granted → its permissions count, and it can be handed on
  'role.gone', // DELETE role → 404
] as const;
export type Window = (typeof WINDOWS)[number];

/** Runs uploaded function code in worker processes. */
export interface Functions {
  readonly run: (code: FunctionCode, payload: Uint8Array) => Promise<Invocation>;
  readonly close: () => Promise<void>;
}
export interface FunctionCode {
  readonly name: string;
  readonly arn: string;
  readonly zip: Uint8Array;
  readonly codeSha256: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly logGroup: string;
  /** Keys of the execution role's session, which the code's own AWS calls are signed with. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}
export interface Invocation {
  readonly payload: Uint8Array;
  readonly functionError?: string | undefined;
  /** What the code printed, with START, END and REPORT lines. */
  readonly log: string;
}
