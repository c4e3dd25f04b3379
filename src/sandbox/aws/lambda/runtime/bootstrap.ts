import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { endWithParent } from './end-with-parent.ts';
import { describeError, runtimeError } from './error-payload.ts';
import { isOlder, loadHandler } from './load-handler.ts';
import { takeOverConsole } from './log.ts';

// The runtime of a function in the sandbox: it asks for work, runs the handler, and answers, over Lambda's Runtime API.
// It runs in a process of its own, in one file, with nothing but Node.

const API = process.env['AWS_LAMBDA_RUNTIME_API'] ?? '';
const agent = new Agent({ keepAlive: true });

/** Which invocation is under way: what is logged and what fails belongs to it. */
let requestId: string | undefined;
const log = takeOverConsole(() => requestId ?? '-');

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function call(method: 'GET' | 'POST', path: string, body?: string, errorType?: string): Promise<Answer> {
  const [host, port] = API.split(':');
  const headers = {
    'content-type': 'application/json',
    ...(errorType && { 'lambda-runtime-function-error-type': errorType }),
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host, port, method, path: `/2018-06-01/runtime${path}`, agent, headers }, (response) => {
      buffer(response).then((bytes) => resolve({ headers: response.headers, body: bytes }), reject);
    });
    sent.on('error', reject).end(body);
  });
}

interface Failure {
  readonly path: string;
  readonly what: string;
  readonly status: number;
  readonly errorType?: string;
}

/** Tells of an error that the process does not survive. */
async function fail(error: unknown, { path, what, status, errorType }: Failure): Promise<void> {
  const described = describeError(error, errorType);
  log(what, error);
  await call('POST', path, JSON.stringify(described), described.errorType).catch(() => undefined);
  process.exit(status);
}

function context(headers: IncomingHttpHeaders) {
  const env = process.env;
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: requestId,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'],
    ...(isOlder && { callbackWaitsForEmptyEventLoop: true }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function work(handler: Awaited<ReturnType<typeof loadHandler>>): Promise<never> {
  for (;;) {
    const { headers, body } = await call('GET', '/invocation/next');
    requestId = String(headers['lambda-runtime-aws-request-id']);
    const path = `/invocation/${requestId}`;
    try {
      const result = await handler(JSON.parse(body.toString()), context(headers));
      await call('POST', `${path}/response`, textOf(result));
    } catch (error) {
      const described = describeError(error);
      log('Invoke Error', error);
      await call('POST', `${path}/error`, JSON.stringify(described), described.errorType);
    }
  }
}

function textOf(result: unknown): string | undefined {
  try {
    return JSON.stringify(result === undefined ? null : result);
  } catch {
    throw runtimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

/** Code of the older runtimes that fails where nobody waits for it is told of; today Node ends then, as it does anywhere. */
if (isOlder) {
  const failAnywhere = (error: unknown, status: number, errorType?: string): void => {
    const path = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
    void fail(error, { path, what: 'Uncaught Exception', status, ...(errorType && { errorType }) });
  };
  process.on('uncaughtException', (error) => failAnywhere(error, 129));
  process.on('unhandledRejection', (reason) => failAnywhere(reason, 128, 'Runtime.UnhandledPromiseRejection'));
}

endWithParent(API);
loadHandler(process.env['LAMBDA_TASK_ROOT'] ?? '', process.env['_HANDLER'] ?? '').then(work, (error) =>
  fail(error, { path: '/init/error', what: 'Init Error', status: 1 }),
);
