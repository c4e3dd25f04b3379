import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import type { AwsOperation, Need, Place } from '../operation.ts';
import { type Bucket, bucketOf, bytesBody, objectRow, versionNeed } from './bucket.ts';
import { checksumOf } from './checksums.ts';
import { checkWrite, isUnchanged } from './conditions.ts';
import {
  addVersion,
  currentOf,
  etagOf,
  keyOf,
  noSuchKey,
  type StoredObject,
  versionHeader,
  versionsOf,
} from './object.ts';

const KEPT = /^(content-(type|encoding|language|disposition)|cache-control|expires|x-amz-meta-.+)$/;

/** The headers that are kept with an object and sent back with it. */
function keptHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => KEPT.test(name));
  const plain = kept.map(([name, value]) =>
    name === 'content-encoding' ? [name, value.replace(/,?\s*aws-chunked\s*,?/, '')] : [name, value],
  );
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(plain.filter(([, value]) => value !== '')) };
}

function checkPut({ headers }: Request<Uint8Array>, { ownership }: Bucket): void {
  const acl = headers['x-amz-acl'];
  if (acl !== undefined && acl !== 'bucket-owner-full-control' && ownership === 'BucketOwnerEnforced')
    throw new Refusal(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
  const encryption = headers['x-amz-server-side-encryption'];
  if (encryption !== undefined && encryption !== 'AES256') {
    const text = 'A header you provided implies functionality that is not implemented';
    throw new Refusal(501, 'NotImplemented', text, { body: { Header: 'x-amz-server-side-encryption' } });
  }
}

function put(world: World, request: Request<Uint8Array>): Reply {
  const { headers, body, now } = request;
  const bucket = bucketOf(world, request);
  const key = keyOf(request);
  checkPut(request, bucket);
  checkWrite(headers, key, currentOf(world, bucket.name, key));
  const version = addVersion(world, bucket, key, now, {
    bytes: Buffer.from(body).toString('base64'),
    size: body.length,
    etag: etagOf(body),
    headers: keptHeaders(headers),
  });
  const own = { etag: version.etag, ...versionHeader(bucket, version), ...checksumOf(body) };
  return { status: 200, headers: { ...own, 'x-amz-server-side-encryption': bucket.encryption.algorithm } };
}

/** The version that a read asks for. */
function versionFor(world: World, request: Request, bucket: Bucket): StoredObject {
  const key = keyOf(request);
  const wanted = request.query.get('versionId');
  const versions = versionsOf(world, bucket.name, key);
  const found = wanted === null ? versions.at(-1) : versions.find(({ versionId }) => versionId === wanted);
  if (found && !found.isDeleteMarker) return found;
  if (!found && wanted !== null)
    throw new Refusal(404, 'NoSuchVersion', 'The specified version does not exist.', { body: { Key: key } });
  if (found && wanted !== null)
    throw new Refusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      headers: { 'x-amz-delete-marker': 'true', allow: 'DELETE' },
    });
  throw noSuchKey(key);
}

function read(world: World, request: Request): Reply {
  const { headers } = request;
  const bucket = bucketOf(world, request);
  const object = versionFor(world, request, bucket);
  const bytes = Buffer.from(object.bytes, 'base64');
  const own = {
    ...object.headers,
    etag: object.etag,
    'last-modified': new Date(object.createdAt).toUTCString(),
    'accept-ranges': 'bytes',
    ...versionHeader(bucket, object),
    'x-amz-server-side-encryption': bucket.encryption.algorithm,
  };
  if (isUnchanged(headers, object)) return { status: 304, headers: own };
  const checksum = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' ? checksumOf(bytes) : {};
  const length = { 'content-length': String(bytes.length) };
  const isHead = request.operation === 'HeadObject';
  return { status: 200, headers: { ...own, ...checksum, ...length }, body: isHead ? new Uint8Array() : bytes };
}

const toRead = (_place: Place, request: Request): readonly Need[] => [versionNeed('s3:GetObject', request)];

/** Objects: stored and read. */
export const objectOperations: readonly AwsOperation[] = [
  objectRow({ operation: 'PutObject', route: 'PUT /{bucket}/{key+}', body: bytesBody, handle: put }),
  objectRow({ operation: 'GetObject', route: 'GET /{bucket}/{key+}', permission: [], also: toRead, handle: read }),
  objectRow({ operation: 'HeadObject', route: 'HEAD /{bucket}/{key+}', permission: [], also: toRead, handle: read }),
];
