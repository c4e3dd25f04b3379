import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import type { AwsOperation } from '../operation.ts';
import { functionOf } from './record.ts';
import { lambdaRow } from './row.ts';
import { checkRunnable, runFunction } from './run-function.ts';

const LIMITS: Readonly<Record<string, number>> = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 };
const LOG_TAIL = 4096;

async function invoke(world: World, request: Request): Promise<Reply> {
  const { headers, bytes } = request;
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const payload = readPayload(bytes, type);
  const record = functionOf(world, request);
  if (type === 'DryRun') return { status: 204 };
  if (type === 'Event') {
    checkRunnable(record, request);
    // Nobody waits for it: what it answers is lost, as it is on AWS without a destination.
    runFunction(world, request, record, payload).catch(() => undefined);
    return { status: 202 };
  }
  const { payload: answer, functionError, log } = await runFunction(world, request, record, payload);
  const tail = Buffer.from(log).subarray(-LOG_TAIL).toString('base64');
  return {
    status: 200,
    headers: {
      'x-amz-executed-version': '$LATEST',
      ...(functionError && { 'x-amz-function-error': functionError }),
      ...(headers['x-amz-log-type'] === 'Tail' && { 'x-amz-log-result': tail }),
    },
    body: answer,
  };
}

function readPayload(bytes: Uint8Array, type: string): Uint8Array {
  const limit = Object.hasOwn(LIMITS, type) ? LIMITS[type] : undefined;
  if (limit === undefined) {
    const text = `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [${Object.keys(LIMITS).join(', ')}]`;
    throw new Refusal(400, 'ValidationException', text);
  }
  if (bytes.length > limit) {
    const text = `${bytes.length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`;
    throw new Refusal(413, 'RequestTooLargeException', text);
  }
  if (bytes.length === 0) return Buffer.from('{}');
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return bytes;
  } catch {
    throw new Refusal(400, 'InvalidRequestContentException', 'Could not parse request body into json.');
  }
}

/** Running a function. */
export const invokeOperations: readonly AwsOperation[] = [
  lambdaRow({
    operation: 'Invoke',
    route: 'POST /2015-03-31/functions/{name}/invocations',
    permission: ['lambda:InvokeFunction'],
    handle: invoke,
  }),
];
