import { createHash } from 'node:crypto';
import type { Incoming, Matched, Operation, Refusal, Reply, Request, Sent } from '../contract.ts';
import type { World } from '../world.ts';

/** Where everything lies: the one account and region that the sandbox has. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Something that a caller has to be allowed to do. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of this one need, such as `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string>>;
  /** It is to be made: whoever has one of that name already, and what hangs on it, does not count. */
  readonly isNew?: true;
}

/** One operation of an AWS service: its `permission` is the IAM action, asked for on `resource`. */
export interface AwsOperation<B = unknown> extends Operation<B> {
  readonly resource: (place: Place, request: Request) => string;
  /** What the request needs besides: passing a role, tagging. */
  readonly also?: (place: Place, request: Request<B>) => readonly Need[];
  /** S3 takes the request only with a checksum of its body. */
  readonly needsChecksum?: true;
}

/** How one AWS service speaks HTTP. */
export interface AwsService {
  readonly operations: readonly AwsOperation[];
  readonly match: (incoming: Incoming) => Matched;
  readonly render: (matched: Matched | undefined, reply: Reply, requestId: string) => Sent;
  readonly refuse: (incoming: Incoming, refusal: Refusal, requestId: string) => Sent;
}

type Row<B> = Omit<AwsOperation<B>, 'service' | 'permission' | 'write' | 'resource' | 'route'> &
  Partial<Pick<AwsOperation<B>, 'permission' | 'write' | 'resource' | 'route'>>;

/**
 * Makes the rows of one service's table. What is left out follows from the operation's name: it reads if it gets, heads,
 * lists, describes or filters, and its permission is named as it is.
 */
export const rowsOf =
  (service: string, routeOf: (operation: string) => string = () => '') =>
  <B = unknown>(row: Row<B>): AwsOperation =>
    // Who calls `handle` has parsed the body with this very schema.
    ({
      service,
      route: routeOf(row.operation),
      permission: [`${service}:${row.operation}`],
      write: !/^(Get|Head|List|Describe|Filter)/.test(row.operation),
      resource: () => '*',
      ...row,
    }) as AwsOperation;

/** The account and region of this world. */
export function placeOf(world: World): Place {
  const meta = world.get<{ awsAccount?: string; awsRegion?: string }>('meta', 'world');
  return { account: meta?.awsAccount ?? '', region: meta?.awsRegion ?? '' };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An id as IAM makes them, new with every call: `prefix` and upper-case letters and digits, `length` in all. */
export function newId(world: World, prefix: string, length: number): string {
  const bytes = [...createHash('sha512').update(world.uuid()).digest()];
  return (prefix + bytes.map((byte) => BASE32[byte % 32]).join('')).slice(0, length);
}

/** A secret that nobody can guess: 40 characters of base64. */
export const newSecret = (world: World): string =>
  createHash('sha512').update(`${world.uuid()}${world.uuid()}`).digest('base64').slice(0, 40);

/** `2026-11-24T10:00:00Z`, as IAM and STS write times. */
export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
