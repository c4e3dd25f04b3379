import { createHash } from 'node:crypto';
import { Refusal, type Request } from '../../contract.ts';
import { departed } from '../../departed.ts';
import type { World } from '../../world.ts';
import { type Place, placeOf } from '../operation.ts';

/** A function, as it was last configured. */
export type FunctionRecord = {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Role: string;
  /** The role that it was bound to: one that is made anew under the same ARN is another. */
  readonly roleId: string;
  readonly Runtime: string;
  readonly Handler: string;
  readonly Description: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Architectures: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly LoggingConfig: LoggingConfig;
  /** Base64. */
  readonly zip: string;
  readonly CodeSha256: string;
  readonly RevisionId: string;
  readonly Tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Absent until the first update. */
  readonly updatedAt?: number;
  /** It is being deleted. */
  readonly isLeaving?: true;
  /** Why it failed; set by hand, and gone with the next update of its code. */
  readonly failure?: { readonly code: string; readonly reason: string };
};
export interface LoggingConfig {
  readonly LogFormat: 'Text' | 'JSON';
  readonly LogGroup: string;
  readonly ApplicationLogLevel?: string | undefined;
  readonly SystemLogLevel?: string | undefined;
}

export const functionArn = ({ account, region }: Place, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

const NAMED =
  /^(?:arn:aws:lambda:([a-z0-9-]+):)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9-_]{1,64})(?::(\$LATEST|[A-Za-z0-9-_]+))?$/;

/** The name in a path or query: a bare name, `account:function:name` or an ARN, each with a version or without. */
export function nameOf(world: World, text: string, qualifier: string | null = null): string {
  const place = placeOf(world);
  const [, region = place.region, account = place.account, name = '', version = qualifier] = NAMED.exec(text) ?? [];
  if (name === '') {
    const pattern = NAMED.source.replace(/\?:/g, '');
    throw new Refusal(
      400,
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
    );
  }
  const isHere = region === place.region && account === place.account;
  if (isHere && (version === null || version === '$LATEST')) return name;
  throw noFunction(
    version ? `${functionArn({ region, account }, name)}:${version}` : functionArn({ region, account }, name),
  );
}

const noFunction = (arn: string): Refusal =>
  new Refusal(404, 'ResourceNotFoundException', `Function not found: ${arn}`);

/** The function that a request is about. Throws where there is none. */
export function functionOf(world: World, { path, query }: Pick<Request, 'path' | 'query'>): FunctionRecord {
  return functionCalled(world, nameOf(world, path['name'] ?? '', query.get('Qualifier')));
}

/** The function that a path or a name is about, while it is being deleted. */
export function leavingFunction(
  world: World,
  request: Pick<Request, 'path' | 'query' | 'passed'>,
  called = request.path['name'] ?? '',
): FunctionRecord | undefined {
  const name = nameOf(world, called, request.query.get('Qualifier'));
  const found = departed<FunctionRecord>(world, 'functions', name, 'function.gone', request);
  return found && { ...found, isLeaving: true };
}

function functionCalled(world: World, name: string): FunctionRecord {
  const found = world.get<FunctionRecord>('functions', name);
  if (found) return found;
  throw noFunction(functionArn(placeOf(world), name));
}

/** The function that an ARN names. */
export const functionAt = (world: World, arn: string): FunctionRecord | undefined =>
  world.list<FunctionRecord>('functions').find(({ FunctionArn }) => FunctionArn === arn.replace(/:\$LATEST$/, ''));

type Passed = Pick<Request, 'passed'>;

/** What a function's states are now. */
export function statesOf(
  { FunctionArn, createdAt, updatedAt, failure, isLeaving }: FunctionRecord,
  { passed }: Passed,
) {
  if (isLeaving) return { State: 'Deleting', StateReason: 'The function is being deleted.' };
  if (!passed('function.active', createdAt, FunctionArn))
    return { State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' };
  if (failure) return { State: 'Failed', StateReason: failure.reason, StateReasonCode: failure.code };
  if (updatedAt === undefined || passed('function.updated', updatedAt, FunctionArn))
    return { State: 'Active', LastUpdateStatus: 'Successful' };
  return {
    State: 'Active',
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: 'The function is being created.',
    LastUpdateStatusReasonCode: 'Creating',
  };
}

/** Throws while the function may not be changed. */
export function checkSettled(record: FunctionRecord, request: Passed): void {
  const { State, LastUpdateStatus } = statesOf(record, request);
  const start = 'The operation cannot be performed at this time.';
  if (State === 'Pending' || State === 'Deleting')
    throw conflict(`${start} The function is currently in the following state: ${State}`);
  if (LastUpdateStatus === 'InProgress')
    throw conflict(`${start} An update is in progress for resource: ${record.FunctionArn}`);
}

export const conflict = (message: string): Refusal => new Refusal(409, 'ResourceConflictException', message);

/** A function's configuration as Lambda shows it. */
export const showFunction = (record: FunctionRecord, request: Passed) => ({
  FunctionName: record.FunctionName,
  FunctionArn: record.FunctionArn,
  Runtime: record.Runtime,
  Role: record.Role,
  Handler: record.Handler,
  CodeSize: Buffer.byteLength(record.zip, 'base64'),
  Description: record.Description,
  Timeout: record.Timeout,
  MemorySize: record.MemorySize,
  LastModified: new Date(record.updatedAt ?? record.createdAt).toISOString().replace('Z', '+0000'),
  CodeSha256: record.CodeSha256,
  Version: '$LATEST',
  ...(Object.keys(record.environment).length > 0 && { Environment: { Variables: record.environment } }),
  TracingConfig: { Mode: 'PassThrough' },
  RevisionId: record.RevisionId,
  ...statesOf(record, request),
  PackageType: 'Zip',
  Architectures: record.Architectures,
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  LoggingConfig: record.LoggingConfig,
});

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');
