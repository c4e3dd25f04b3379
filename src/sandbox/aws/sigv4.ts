import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Incoming } from '../contract.ts';

/** What a request says about its own signature, in its header or, presigned, in its query. */
export interface Signature {
  readonly accessKeyId: string;
  /** `20261124` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly token?: string | undefined;
  readonly presigned: boolean;
}

const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Reads the signature of a request; undefined where there is none that can be read. */
export function signatureOf({ url, headers }: Incoming): Signature | undefined {
  const header = AUTHORIZATION.exec(headers['authorization'] ?? '');
  const query = url.searchParams;
  const presigned = header === null;
  const [, credential = '', signed = '', signature = ''] = header ?? [
    '',
    query.get('X-Amz-Credential') ?? '',
    query.get('X-Amz-SignedHeaders') ?? '',
    query.get('X-Amz-Signature') ?? '',
  ];
  const [accessKeyId = '', date = '', region = '', service = '', end = ''] = credential.split('/');
  if (end !== 'aws4_request' || !/^[0-9a-f]{64}$/.test(signature)) return undefined;
  const token = (presigned ? query.get('X-Amz-Security-Token') : headers['x-amz-security-token']) ?? undefined;
  return { accessKeyId, date, region, service, signedHeaders: signed.split(';'), signature, token, presigned };
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/**
 * Whether the request was signed with this secret. The time of signing is not compared with ours: a world in virtual
 * time is met by clients in real time.
 */
export function isSignedWith(secret: string, incoming: Incoming, claimed: Signature): boolean {
  const { signedHeaders, signature } = claimed;
  if (!signedHeaders.includes('host') || !isWhole(incoming, signedHeaders)) return false;
  return timingSafeEqual(Buffer.from(sign(secret, incoming, claimed), 'hex'), Buffer.from(signature, 'hex'));
}

/** What AWS itself must see signed: a header that says what to do is not to be added on the way. */
const isWhole = ({ headers }: Incoming, signed: readonly string[]): boolean =>
  Object.keys(headers).every((name) => !name.startsWith('x-amz-') || signed.includes(name));

/** The signature that a request must have. */
export function sign(secret: string, incoming: Incoming, claimed: Omit<Signature, 'signature' | 'token'>): string {
  const { date, region, service, presigned } = claimed;
  const { url, headers } = incoming;
  const at = (presigned ? url.searchParams.get('X-Amz-Date') : headers['x-amz-date']) ?? '';
  const scope = [date, region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(canonical(incoming, claimed))].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return createHmac('sha256', key).update(text).digest('hex');
}

function canonical(
  { method, url, headers, bytes }: Incoming,
  { service, signedHeaders, presigned }: Pick<Signature, 'service' | 'signedHeaders' | 'presigned'>,
): string {
  // Everybody but S3 encodes the path once more than it is encoded already.
  const path = service === 's3' ? url.pathname : url.pathname.split('/').map(encode).join('/');
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)])
    .sort(([a = '', x = ''], [b = '', y = '']) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='));
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`);
  const payload = presigned ? 'UNSIGNED-PAYLOAD' : (headers['x-amz-content-sha256'] ?? sha256(bytes));
  return [method, path, query.join('&'), ...lines, '', signedHeaders.join(';'), payload].join('\n');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether the body is the one that was signed, where the request says a hash. */
export function isPayloadIntact({ headers, bytes }: Incoming): boolean {
  const hash = headers['x-amz-content-sha256'] ?? '';
  return !/^[0-9a-f]{64}$/.test(hash) || hash === sha256(bytes);
}
