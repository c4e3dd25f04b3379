import { type Incoming, Refusal, type Reply, type Sent } from '../contract.ts';
import type { AwsOperation, AwsService } from './operation.ts';
import { createRouter } from './routes.ts';

/** How CloudWatch Logs speaks: JSON in and out, the operation in a header. */
export function jsonService(target: string, operations: readonly AwsOperation[]): AwsService {
  const type = 'application/x-amz-json-1.1';
  const table = new Map(operations.map((row) => [`${target}.${row.operation}`, row]));
  return {
    operations,
    match: ({ headers, bytes }) => {
      const operation = table.get(headers['x-amz-target'] ?? '');
      if (!operation) throw new Refusal(400, 'UnknownOperationException', 'The operation is not known.');
      return { operation, path: {}, query: new URLSearchParams(), body: readJson(bytes, 'SerializationException') };
    },
    render: (_matched, reply, requestId) => send(type, reply, requestId),
    refuse: (_incoming, { status, code, message, extra }, requestId) =>
      send(type, { status, headers: extra.headers, body: { __type: code, message, ...extra.body } }, requestId),
  };
}

/** How Lambda speaks: JSON, the operation in method and path. An invocation's payload is bytes either way. */
export function restJsonService(operations: readonly AwsOperation[]): AwsService {
  const type = 'application/json';
  const find = createRouter(operations);
  const isPayload = ({ url }: Incoming): boolean => url.pathname.endsWith('/invocations');
  return {
    operations,
    match: (incoming) => {
      const { bytes, url } = incoming;
      const found = find(incoming);
      if (!found) throw new Refusal(404, 'UnknownOperationException', 'The operation is not known.');
      const body = isPayload(incoming) ? bytes : readJson(bytes, 'InvalidRequestContentException');
      return { ...found, query: url.searchParams, body };
    },
    render: (_matched, reply, requestId) => send(type, reply, requestId),
    refuse: (_incoming, { status, code, message, extra }, requestId) => {
      const headers = { 'x-amzn-errortype': code, ...extra.headers };
      const body = { Type: status < 500 ? 'User' : 'Service', Message: message, ...extra.body };
      return send(type, { status, headers, body }, requestId);
    },
  };
}

function readJson(bytes: Uint8Array, code: string): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    throw new Refusal(400, code, 'Could not parse request body into json.');
  }
}

function send(type: string, { status, headers, body }: Reply, requestId: string): Sent {
  const isRaw = body instanceof Uint8Array;
  const bytes = isRaw ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  return { status, headers: { 'content-type': type, 'x-amzn-requestid': requestId, ...headers }, bytes };
}
