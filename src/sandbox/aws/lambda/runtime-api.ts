import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** One invocation, as a runtime gets it. */
export interface Job {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: Uint8Array;
  /** By the system's clock, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** What a runtime says. */
export type Said =
  | { readonly is: 'ready' }
  | { readonly is: 'response' | 'error'; readonly requestId: string; readonly payload: Uint8Array }
  | { readonly is: 'init-error'; readonly payload: Uint8Array };

/** Lambda's Runtime API for one worker: any runtime that speaks it can run in it, AWS's own included. */
export interface RuntimeApi {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** Gives the runtime work, now or as soon as it asks. */
  readonly give: (job: Job) => void;
  readonly close: () => void;
}

const VERSION = '/2018-06-01/runtime';
const ANSWER = new RegExp(`^${VERSION}/invocation/([A-Za-z0-9-]+)/(response|error)$`);

/** Serves the Runtime API on a port of its own, and tells `listener` what the runtime says. */
export async function serveRuntimeApi(listener: (said: Said) => void): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let pending: Job | undefined;
  const deliver = (): void => {
    if (!waiting || !pending) return;
    hand(waiting, pending);
    waiting = undefined;
    pending = undefined;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url = '' } = request;
    if (method === 'GET' && url === `${VERSION}/invocation/next`) {
      waiting = response;
      listener({ is: 'ready' });
      return deliver();
    }
    const payload = await buffer(request);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    const [, requestId, is] = ANSWER.exec(url) ?? [];
    if (url === `${VERSION}/init/error`) listener({ is: 'init-error', payload });
    else if (requestId && (is === 'response' || is === 'error')) listener({ is, requestId, payload });
  };
  // Whoever breaks off in the middle of an answer is about to end, and is heard of then.
  const server = createServer((request, response) => void answer(request, response).catch(() => undefined));
  // A worker's line stays open, silent, for as long as it lives.
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  return {
    address: `127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`,
    give: (job) => {
      pending = job;
      deliver();
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function hand(response: ServerResponse, { requestId, functionArn, deadline, payload }: Job): void {
  const headers = {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': String(deadline),
    'lambda-runtime-invoked-function-arn': functionArn,
  };
  response.writeHead(200, headers).end(payload);
}
