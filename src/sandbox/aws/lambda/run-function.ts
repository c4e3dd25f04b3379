import { createHash } from 'node:crypto';
import { type FunctionCode, type Invocation, Refusal, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import type { Session } from '../access-keys.ts';
import { trusts } from '../iam/assume.ts';
import { type Role, roleAt } from '../iam/role.ts';
import { type LogStream, streamId } from '../logs/record.ts';
import { executionSession, startOfSession } from './execution-session.ts';
import { keepLog } from './function-log.ts';
import { conflict, type FunctionRecord, statesOf } from './record.ts';

/** What an invocation takes from the request that asked for it. */
export type Running = Pick<Request, 'now' | 'passed' | 'functions'>;

/** Runs a function's code as its execution role, and keeps what it logged. Throws Lambda's refusal where it cannot. */
export async function runFunction(
  world: World,
  running: Running,
  record: FunctionRecord,
  payload: Uint8Array,
): Promise<Invocation> {
  checkRunnable(record, running);
  const role = boundRole(world, record);
  const session = executionSession(world, record, role, running.now);
  const stream = streamOf(world, record, session);
  const invocation = await running.functions.run(codeOf(record, session, stream), payload);
  keepLog(world, { role, group: record.LoggingConfig.LogGroup, stream, log: invocation.log, now: running.now });
  return invocation;
}

/** Throws unless the function is active. An update does not keep it from being invoked. */
export function checkRunnable(record: FunctionRecord, running: Pick<Request, 'passed'>): void {
  const { State } = statesOf(record, running);
  if (State === 'Active') return;
  const text = `The operation cannot be performed at this time. The function is currently in the following state: ${State}`;
  throw conflict(text);
}

/** The role that the function was bound to. One of the same name that was made since is not that role. */
function boundRole(world: World, { Role: arn, roleId }: FunctionRecord): Role {
  const role = roleAt(world, arn);
  if (!role || trusts(role, { names: ['lambda.amazonaws.com'] }) !== 'allow')
    throw new Refusal(403, 'AccessDeniedException', 'The role defined for the function cannot be assumed by Lambda.');
  if (role.RoleId === roleId) return role;
  const text =
    "Lambda was unable to decrypt the environment variables because KMS access was denied. Please check the function's KMS key settings. KMS Exception: AccessDeniedException KMS Message: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.";
  throw new Refusal(502, 'KMSAccessDeniedException', text);
}

const codeOf = (record: FunctionRecord, credentials: Session, stream: string): FunctionCode => ({
  name: record.FunctionName,
  arn: record.FunctionArn,
  zip: Buffer.from(record.zip, 'base64'),
  codeSha256: record.CodeSha256,
  handler: record.Handler,
  environment: {
    ...record.environment,
    // A function cannot set these itself: Lambda keeps the names to itself.
    AWS_EXECUTION_ENV: `AWS_Lambda_${record.Runtime}`,
    AWS_LAMBDA_LOG_STREAM_NAME: stream,
    AWS_LAMBDA_LOG_FORMAT: record.LoggingConfig.LogFormat,
  },
  timeoutMs: record.Timeout * 1000,
  memoryMb: record.MemorySize,
  logGroup: record.LoggingConfig.LogGroup,
  credentials,
});

/** A stream is written whole with every line, so it does not grow for ever. */
const LONGEST = 400;

/** `2026/11/24/[$LATEST]…`: a stream for each state of the function, and the next one when it is full. */
function streamOf(world: World, record: FunctionRecord, session: Session): string {
  const day = new Date(startOfSession(session)).toISOString().slice(0, 10).replaceAll('-', '/');
  for (let n = 0; ; n += 1) {
    const seed = [record.FunctionArn, record.RevisionId, session.accessKeyId, n].join(' ');
    const name = `${day}/[$LATEST]${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`;
    const stream = world.get<LogStream>('log-streams', streamId(record.LoggingConfig.LogGroup, name));
    if ((stream?.events.length ?? 0) < LONGEST) return name;
  }
}
