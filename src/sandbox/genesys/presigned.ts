import { type Operation, Refusal, type Request } from '../contract.ts';
import type { World } from '../world.ts';
import { UPLOAD_PREFIX } from './protocol.ts';

const SIGNATURE = 'X-Amz-Signature';

/** A service of its own: its requests carry no token, and its refusals are S3's. */
export const UPLOAD_SERVICE = 'genesys-upload' satisfies Operation['service'];

/** A new signature, which only who was given the address knows. */
export const newSignature = (world: World): string => `${world.uuid()}${world.uuid()}`.replaceAll('-', '');

/** The address that lets its bearer send or fetch the bytes at `path`. */
export const presignedUrl = (origin: string, path: string, signature: string): string =>
  `${origin}${UPLOAD_PREFIX}${path}?${SIGNATURE}=${signature}`;

/** Throws 403 unless the request has this signature and, of the headers that S3 signs, exactly these. */
export function checkSigned(
  { query, headers }: Pick<Request, 'query' | 'headers'>,
  signature: string | undefined,
  signed: Readonly<Record<string, string>> = {},
): void {
  if (headers['authorization'] !== undefined)
    throw new Refusal(403, 'InvalidArgument', 'Only one auth mechanism allowed; the address itself is one.');
  const wanted = new Map(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]));
  const sent = Object.keys(headers).filter((name) => wanted.has(name) || SIGNABLE.test(name));
  const isExact = sent.length === wanted.size && sent.every((name) => headers[name] === wanted.get(name));
  if (signature === undefined || query.get(SIGNATURE) !== signature || !isExact)
    throw new Refusal(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
}

const SIGNABLE = /^(content-type|content-md5|content-encoding|x-amz-.*)$/;
