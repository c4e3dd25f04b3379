import { type Incoming, Refusal } from '../../contract.ts';

/** The body of a request to S3, with what came after it. */
export interface Payload {
  readonly bytes: Uint8Array;
  readonly trailers: Readonly<Record<string, string>>;
}

/** Takes the body out of its aws-chunked wrapping, where it has one. */
export function readPayload({ headers, bytes }: Incoming): Payload {
  const kind = headers['x-amz-content-sha256'] ?? '';
  if (!kind.startsWith('STREAMING-')) return { bytes, trailers: {} };
  if (kind !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    const text = 'A header you provided implies functionality that is not implemented.';
    throw new Refusal(501, 'NotImplemented', text, { body: { Header: 'x-amz-content-sha256' } });
  }
  const payload = readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (payload.bytes.length !== Number(headers['x-amz-decoded-content-length'])) throw incomplete();
  return payload;
}

/** `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:…\r\n\r\n` */
function readChunks(bytes: Buffer): Payload {
  const chunks: Uint8Array[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const [, hex] = /^([0-9a-fA-F]{1,8})(?:;.*)?$/.exec(bytes.toString('latin1', at, Math.max(at, end))) ?? [];
    if (end < 0 || hex === undefined) throw incomplete();
    const start = end + 2;
    const size = Number.parseInt(hex, 16);
    if (size === 0) return { bytes: Buffer.concat(chunks), trailers: readTrailers(bytes.toString('latin1', start)) };
    if (bytes.length < start + size + 2) throw incomplete();
    chunks.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}

const readTrailers = (text: string): Payload['trailers'] =>
  Object.fromEntries(
    text
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );

const incomplete = (): Refusal => new Refusal(400, 'IncompleteBody', 'The request body terminated unexpectedly');
