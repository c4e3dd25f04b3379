import { type Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isLoopback } from './proxies.ts';
import { natureOf, VendorError } from './vendor-error.ts';

/** A presigned URL, and the way there. The URL is a credential, so no error names it. */
export interface Presigned {
  readonly url: string;
  readonly agent: Agent | undefined;
  /** Whether it may be on another machine without TLS, as what stands in for the vendor is too. */
  readonly isPlainAllowed: boolean;
  readonly signal: AbortSignal;
}

interface Upload extends Presigned {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** What an error calls a request to a presigned URL. */
export const presignedOperation = { PUT: 'PUT (upload)', GET: 'GET (download)' } as const;
type Method = keyof typeof presignedOperation;

const LARGEST = 50 * 1024 * 1024;
const LONGEST_REASON = 10_000;

/** PUTs bytes with exactly the given headers: the signature in the URL fits no other. Resolves at 200. */
export async function putBytes({ headers, bytes, ...there }: Upload): Promise<void> {
  checkAddress('PUT', there, 'the address to upload to');
  const { status, body } = await exchange('PUT', there, { 'content-length': bytes.length, ...headers }, bytes);
  if (status === 200) return;
  // S3 answers in XML, and repeats what was signed in it: only the code is taken out.
  const code = /<Code>(\w{1,100})<\/Code>/.exec(body.toString('utf8', 0, LONGEST_REASON))?.[1];
  throw failure('PUT', `the upload was refused (HTTP ${status}${code ? `, ${code}` : ''})`, status, code);
}

/** GETs bytes, and sends nothing along. */
export async function getBytes(there: Presigned): Promise<Uint8Array> {
  checkAddress('GET', there, 'the address to download from');
  const { status, body } = await exchange('GET', there);
  if (status === 200) return body;
  throw failure('GET', `the download was refused (HTTP ${status})`, status);
}

function checkAddress(method: Method, { url, isPlainAllowed }: Presigned, what: string): void {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw failure(method, `${what} is not a URL`);
  if (!isSecure(url) && !isPlainAllowed && !isLoopback(new URL(url).hostname))
    throw failure(method, `${what} is one without TLS`);
}

const isSecure = (url: string) => url.startsWith('https:');

/** One request, and all of its answer. */
function exchange(
  method: Method,
  { url, agent, signal }: Presigned,
  headers: Readonly<Record<string, string | number>> = {},
  bytes?: Uint8Array,
): Promise<{ readonly status: number | undefined; readonly body: Buffer }> {
  const send = isSecure(url) ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const lost = ({ code, message }: NodeJS.ErrnoException) =>
      reject(failure(method, code?.startsWith('ERR_PROXY_') ? message : `no answer (${code})`, undefined, code));
    const request = send(url, { method, headers, signal, ...(agent && { agent }) }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST) request.destroy(Object.assign(new Error('too much'), { code: 'EFBIG' }));
        else chunks.push(chunk);
      });
      response.on('error', lost);
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
    });
    request.on('error', lost);
    request.end(bytes);
  });
}

const failure = (method: Method, message: string, status?: number, code?: string) =>
  new VendorError({
    service: 'Genesys Cloud',
    operation: presignedOperation[method],
    message,
    status,
    code,
    ...natureOf(status, code),
  });
