import { createHash } from 'node:crypto';
import { Refusal, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import type { Bucket } from './bucket.ts';

/** One version of an object, or a delete marker. */
export type StoredObject = {
  readonly bucket: string;
  readonly key: string;
  /** `null` where the bucket keeps no versions. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** Base64. */
  readonly bytes: string;
  readonly size: number;
  /** With its quotation marks, as it is sent. */
  readonly etag: string;
  /** What was sent along and is sent back: content-type, x-amz-meta-… */
  readonly headers: Readonly<Record<string, string>>;
  readonly createdAt: number;
};

const idOf = ({ bucket, key, versionId }: Pick<StoredObject, 'bucket' | 'key' | 'versionId'>): string =>
  versionId === 'null' ? `${bucket}/${key}` : `${bucket}/${key}?versionId=${versionId}`;

/** Every version of every object of a bucket, oldest first. */
export const objectsIn = (world: World, bucket: string): readonly StoredObject[] =>
  world.list<StoredObject>('objects').filter((object) => object.bucket === bucket);

/** The versions of one object, oldest first. */
export const versionsOf = (world: World, bucket: string, key: string): readonly StoredObject[] =>
  objectsIn(world, bucket).filter((object) => object.key === key);

/** What a key holds now; undefined where it was deleted. */
export function currentOf(world: World, bucket: string, key: string): StoredObject | undefined {
  const last = versionsOf(world, bucket, key).at(-1);
  return last?.isDeleteMarker ? undefined : last;
}

type Written = Pick<StoredObject, 'bytes' | 'size' | 'etag' | 'headers'>;
const MARKER: Written = { bytes: '', size: 0, etag: '', headers: {} };

/** Stores the next version of an object, or, without content, a delete marker. */
export function addVersion(world: World, bucket: Bucket, key: string, now: number, content?: Written): StoredObject {
  const versionId = bucket.versioning === 'Enabled' ? world.uuid().replaceAll('-', '') : 'null';
  const version: StoredObject = {
    bucket: bucket.name,
    key,
    versionId,
    isDeleteMarker: content === undefined,
    ...(content ?? MARKER),
    createdAt: now,
  };
  // Removed first, or a version that is replaced would keep its place in the order.
  world.remove('objects', idOf(version));
  return world.put('objects', idOf(version), version);
}

/** Deletes one version for good. */
export const removeVersion = (world: World, version: StoredObject): void => world.remove('objects', idOf(version));

export const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

/** The header that names a version, where the bucket has versions. */
export const versionHeader = ({ versioning }: Bucket, { versionId }: StoredObject): Readonly<Record<string, string>> =>
  versioning ? { 'x-amz-version-id': versionId } : {};

/** The key of a request. */
export function keyOf({ path }: Pick<Request, 'path'>): string {
  const key = path['key'] ?? '';
  const size = Buffer.byteLength(key);
  if (size <= 1024) return key;
  throw new Refusal(400, 'KeyTooLongError', 'Your key is too long', { body: { Size: size, MaxSizeAllowed: 1024 } });
}

export const noSuchKey = (key: string): Refusal =>
  new Refusal(404, 'NoSuchKey', 'The specified key does not exist.', { body: { Key: key } });
