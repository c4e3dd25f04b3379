import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Incoming, Sent } from './contract.ts';
import { SandboxError } from './sandbox-error.ts';

/** How an answer leaves: whole, half and then nothing, or not at all. */
export type Delivery = { readonly sent: Sent; readonly whole: boolean } | 'drop';

/** Answers requests. `gone` is aborted when the client has left. */
export interface Answerer {
  readonly answer: (incoming: Incoming, gone: AbortSignal) => Promise<Delivery>;
  /** A request that is too large to read. */
  readonly tooLarge: (incoming: Incoming) => Sent;
}

/** Sleeps, as `Clock.sleep` does. With a virtual clock it must be the one for who sleeps inside tracked work. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export interface Server {
  readonly origin: string;
  /** Answers from now on. A request that came earlier is never answered. */
  readonly begin: (answerer: Answerer) => void;
  /** Ends at once: every connection is destroyed. Resolves when no request is being handled any more. */
  readonly close: () => Promise<void>;
}

interface Options {
  readonly port: number;
  readonly now: () => number;
  readonly sleep: Sleep;
  readonly bodyLimit?: number;
}

const HOST = '127.0.0.1';
const MEGABYTE = 1024 * 1024;
/** Longer than any client waits. */
const FOREVER = 24 * 3600 * 1000;

/** Sleeps until the signal, or for longer than anybody waits. */
export const sleepUntil = (sleep: Sleep, signal: AbortSignal): Promise<void> =>
  sleep(FOREVER, signal).catch(() => undefined);

/** Listens for HTTP on loopback; port 0 is any that is free. */
export async function listen({ port, now, sleep, bodyLimit = 60 * MEGABYTE }: Options): Promise<Server> {
  const busy = new Set<Promise<void>>();
  const server = createServer();
  // A kept connection that we end while a request is on its way would look like a fault that nobody set.
  server.keepAliveTimeout = 0;
  server.listen(port, HOST);
  await listening(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  const origin = `http://${HOST}:${address.port}`;

  const exchange = async (answerer: Answerer, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = describe(request, origin, now());
    if (!incoming) return void response.writeHead(400).end();
    const bytes = await readBody(request, bodyLimit);
    if (bytes === undefined) return;
    if (bytes === 'too large') return send(response, answerer.tooLarge(incoming));
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const delivery = await answerer.answer({ ...incoming, bytes }, gone.signal);
    if (delivery === 'drop') return void request.socket.destroy();
    if (delivery.whole) return send(response, delivery.sent);
    sendHalf(response, delivery.sent);
    await sleepUntil(sleep, gone.signal);
    request.socket.destroy();
  };
  return {
    origin,
    begin: (answerer) => {
      server.on('request', (request, response) => {
        const work = exchange(answerer, request, response)
          .catch(() => void request.socket.destroy())
          .finally(() => busy.delete(work));
        busy.add(work);
      });
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(busy);
    },
  };
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (cause) => {
      const why = 'code' in cause && cause.code === 'EADDRINUSE' ? 'it is already in use' : cause.message;
      reject(
        new SandboxError(
          'port',
          `The sandbox cannot listen on port ${port}: ${why}.`,
          `Give another one with --port. If a sandbox is already served there, use it with --sandbox http://${HOST}:${port}.`,
          cause,
        ),
      );
    });
  });
}

function describe(request: IncomingMessage, origin: string, now: number): Incoming | undefined {
  const { method = 'GET', url = '' } = request;
  // Joined as text: `new URL('//x', origin)` would be another host.
  if (!url.startsWith('/') || !URL.canParse(origin + url)) return undefined;
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]);
  return { method, url: new URL(origin + url), headers: Object.fromEntries(headers), bytes: new Uint8Array(), now };
}

/** Undefined where the client left before its request was whole. */
async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | 'too large' | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      // What is over the limit is still read, or the client would not come to read the answer.
      if (size <= limit) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return size <= limit ? Buffer.concat(chunks) : 'too large';
}

const hasBody = (status: number): boolean => status !== 204 && status !== 304;

function send(response: ServerResponse, { status, headers, bytes }: Sent): void {
  const length = hasBody(status) ? { 'content-length': String(bytes.length) } : {};
  response.writeHead(status, { ...length, ...headers }).end(bytes);
}

function sendHalf(response: ServerResponse, { status, headers, bytes }: Sent): void {
  // Half of nothing is silence: an answer without a body would be whole with its headers.
  if (bytes.length === 0 || !hasBody(status)) return;
  response.writeHead(status, { 'content-length': String(bytes.length), ...headers });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
}
