import { sign } from './sigv4.ts';

interface Presigned {
  readonly origin: string;
  readonly path: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly service: string;
  readonly now: number;
  readonly seconds: number;
}

/** An address that can be fetched for a while by whoever has it. */
export function presign({ origin, path, now, seconds, secretAccessKey, ...key }: Presigned): string {
  const at = `${new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
  const date = at.slice(0, 8);
  const url = new URL(origin + path);
  url.searchParams.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256');
  url.searchParams.set('X-Amz-Credential', `${key.accessKeyId}/${date}/${key.region}/${key.service}/aws4_request`);
  url.searchParams.set('X-Amz-Date', at);
  url.searchParams.set('X-Amz-Expires', String(seconds));
  url.searchParams.set('X-Amz-SignedHeaders', 'host');
  const incoming = { method: 'GET', url, headers: { host: url.host }, bytes: new Uint8Array(), now };
  const signature = sign(secretAccessKey, incoming, { ...key, date, signedHeaders: ['host'], presigned: true });
  url.searchParams.set('X-Amz-Signature', signature);
  return url.href;
}

/** Whether a presigned address is still good at `now`. */
export function isInTime({ searchParams }: URL, now: number): boolean {
  const [, y, m, d, h, min, s] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(searchParams.get('X-Amz-Date') ?? '') ?? [];
  if (y === undefined) return false;
  const from = Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
  return now - from <= Number(searchParams.get('X-Amz-Expires') ?? '0') * 1000;
}
