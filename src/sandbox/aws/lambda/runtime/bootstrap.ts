import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { endWithParent } from './end-with-parent.ts';
import { describeError } from './error-payload.ts';
import { loadHandler } from './load-handler.ts';
import { takeOverConsole } from './log.ts';

// The runtime of a function in the sandbox: it asks for work, runs the handler, and answers, over Lambda's Runtime API.
// It runs in a process of its own, in one file, with nothing but Node.

const API = process.env['AWS_LAMBDA_RUNTIME_API'] ?? '';
const agent = new Agent({ keepAlive: true });

/** Which invocation is under way: what is logged and what fails belongs to it. */
let requestId: string | undefined;
const log = takeOverConsole(() => requestId);

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

/** Tells of an error that the process does not survive. */
async function fail(path: string, error: unknown, status: number, errorType?: string): Promise<void> {
  const described = describeError(error, errorType);
  log('ERROR', 'Uncaught Exception', described);
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
    callbackWaitsForEmptyEventLoop: true,
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
      const text = JSON.stringify(result ?? null);
      await call('POST', `${path}/response`, text);
    } catch (error) {
      const described = describeError(error);
      log('ERROR', 'Invoke Error', described);
      await call('POST', `${path}/error`, JSON.stringify(described), described.errorType);
    }
  }
}

const failAnywhere = (error: unknown, status: number, errorType?: string): void => {
  const path = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
  void fail(path, error, status, errorType);
};
process.on('uncaughtException', (error) => failAnywhere(error, 129));
process.on('unhandledRejection', (reason) => failAnywhere(reason, 128, 'Runtime.UnhandledPromiseRejection'));

endWithParent(API);
loadHandler(process.env['LAMBDA_TASK_ROOT'] ?? '', process.env['_HANDLER'] ?? '').then(work, (error) =>
  fail('/init/error', error, 1),
);
