import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Refusal } from '../../contract.ts';
import type { Payload } from './payload.ts';

type Headers = Readonly<Record<string, string>>;

const hash = (algorithm: string) => (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('base64');

function crc32Of(bytes: Uint8Array): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value.toString('base64');
}

const ALGORITHMS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'x-amz-checksum-crc32': crc32Of,
  'x-amz-checksum-sha1': hash('sha1'),
  'x-amz-checksum-sha256': hash('sha256'),
};

/** Checks a body against the checksums that came with it. Throws where one differs, or none came and one must. */
export function checkChecksum(headers: Headers, { bytes, trailers }: Payload, isNeeded: boolean): void {
  const md5 = headers['content-md5'];
  const sums = checksumsOf({ ...headers, ...trailers });
  if (isNeeded && md5 === undefined && sums.length === 0) {
    const text = 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*';
    throw new Refusal(400, 'InvalidRequest', text);
  }
  if (md5 !== undefined && md5 !== hash('md5')(bytes))
    throw new Refusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  for (const [name, value] of sums) {
    const compute = ALGORITHMS[name];
    if (!compute) {
      const text = 'A header you provided implies functionality that is not implemented.';
      throw new Refusal(501, 'NotImplemented', text, { body: { Header: name } });
    }
    if (compute(bytes) === value) continue;
    const algorithm = name.replace('x-amz-checksum-', '').toUpperCase();
    throw new Refusal(400, 'BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}

/** The checksum headers among these. */
const checksumsOf = (headers: Headers): readonly (readonly [name: string, value: string])[] =>
  Object.entries(headers).filter(([name]) => /^x-amz-checksum-(?!mode|type|algorithm)/.test(name));

/** The checksum that an object is kept with. */
export const checksumOf = (bytes: Uint8Array): Headers => ({
  'x-amz-checksum-crc32': crc32Of(bytes),
  'x-amz-checksum-type': 'FULL_OBJECT',
});
