import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as it came. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Names and values as they were sent, in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export type Answer = (response: ServerResponse, seen: Seen) => void;

export interface LocalServer {
  readonly origin: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  readonly close: () => Promise<void>;
}

/** A server on loopback that answers as it is told and remembers what it was asked. */
export async function startServer(answer: Answer): Promise<LocalServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers, rawHeaders } = request;
    const one = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers in JSON. */
export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** Answers with a text of any type. */
export const text =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body);

/** Hangs up without an answer. */
export const hangUp: Answer = (response) => response.socket?.destroy();

/** Sends the headers and a part of the body, then hangs up. */
export const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"id": "12', () => setImmediate(() => response.socket?.destroy()));
};

/** One answer after the other; the last one for all that come later. */
export function inTurn(...answers: readonly [Answer, ...Answer[]]): Answer {
  let n = 0;
  return (response, seen) => {
    const answer = answers[Math.min(n, answers.length - 1)] ?? answers[0];
    n += 1;
    answer(response, seen);
  };
}
