import { createHash } from 'node:crypto';
import { sign } from '../../../src/sandbox/aws/sigv4.ts';
import { ADMIN } from './aws-sandbox.ts';

interface Wanted {
  readonly method?: string;
  readonly path: string;
  readonly service?: string;
  readonly region?: string;
  readonly body?: string | Uint8Array;
  /** What is signed in place of the body's hash. */
  readonly hash?: string;
  /** Signed too. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const sha256 = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');

/** A request as no SDK would make it, but signed as it must be. */
export function byHand(origin: string, wanted: Wanted) {
  const { method = 'PUT', path, service = 's3', region = 'us-east-1', body = '', hash = sha256(body) } = wanted;
  const url = new URL(origin + path);
  const date = '20261124';
  const headers: Readonly<Record<string, string>> = {
    host: url.host,
    'x-amz-content-sha256': hash,
    'x-amz-date': `${date}T100000Z`,
    ...wanted.headers,
  };
  const signedHeaders = Object.keys(headers).sort();
  const incoming = { method, url, headers, bytes: Buffer.from(body), now: 0 };
  const scope = { accessKeyId: ADMIN.accessKeyId, date, region, service };
  const signature = sign(ADMIN.secretAccessKey, incoming, { ...scope, signedHeaders, presigned: false });
  const credential = `${ADMIN.accessKeyId}/${date}/${region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...incoming, headers: { ...headers, authorization } as Readonly<Record<string, string>> };
}

/** Sends a request, and gives its status and the text of its answer. */
export async function send({ method, url, headers, bytes }: ReturnType<typeof byHand>) {
  const { host: _host, ...rest } = headers;
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: bytes };
  const answer = await fetch(url, { method, headers: rest, ...body });
  return { status: answer.status, text: await answer.text() };
}
