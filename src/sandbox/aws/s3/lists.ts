import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import type { AwsOperation } from '../operation.ts';
import { bucketOf, bucketRow } from './bucket.ts';
import { objectsIn, type StoredObject } from './object.ts';

/** S3 lists in the order of the bytes of UTF-8. */
const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What a list's query says. */
function readQuery({ query }: Request) {
  const max = Number(query.get('max-keys') ?? '1000');
  if (!Number.isInteger(max) || max < 0)
    throw invalid('max-keys', 'Provided max-keys not an integer or within integer range');
  const encoding = query.get('encoding-type') ?? undefined;
  if (encoding !== undefined && encoding !== 'url')
    throw invalid('encoding-type', 'Invalid Encoding Method specified in Request');
  const write = (key: string): string => (encoding ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
  const prefix = query.get('prefix') ?? '';
  return { max: Math.min(max, 1000), encoding, write, prefix, delimiter: query.get('delimiter') || undefined };
}

const invalid = (ArgumentName: string, text: string): Refusal =>
  new Refusal(400, 'InvalidArgument', text, { body: { ArgumentName } });

function listObjects(world: World, request: Request): Reply {
  const { name } = bucketOf(world, request);
  const { max, encoding, write, prefix, delimiter } = readQuery(request);
  const token = request.query.get('continuation-token');
  const after = token === null ? (request.query.get('start-after') ?? '') : readToken(token);
  const current = [...latest(objectsIn(world, name)).values()].filter(({ isDeleteMarker }) => !isDeleteMarker);
  const entries = group(current, prefix, delimiter).filter(({ entry }) => compareKeys(entry, after) > 0);
  const page = entries.slice(0, max);
  const last = page.at(-1);
  const isTruncated = page.length < entries.length && last !== undefined;
  const body = {
    Name: name,
    Prefix: write(prefix),
    Delimiter: delimiter,
    MaxKeys: max,
    EncodingType: encoding,
    KeyCount: page.length,
    IsTruncated: isTruncated,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: isTruncated ? Buffer.from(last.entry).toString('base64') : undefined,
    Contents: page.flatMap(({ object }) => (object ? [contentsOf(object, write)] : [])),
    CommonPrefixes: page.flatMap(({ object, entry }) => (object ? [] : [{ Prefix: write(entry) }])),
  };
  return { status: 200, body: { ListBucketResult: body } };
}

const contentsOf = (object: StoredObject, write: (key: string) => string) => ({
  Key: write(object.key),
  LastModified: new Date(object.createdAt).toISOString(),
  ETag: object.etag,
  ChecksumAlgorithm: 'CRC32',
  ChecksumType: 'FULL_OBJECT',
  Size: object.size,
  StorageClass: 'STANDARD',
});

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (Buffer.from(text).toString('base64') === token) return text;
  throw invalid('continuation-token', 'The continuation token provided is incorrect');
}

/** The last version of each key. */
const latest = (versions: readonly StoredObject[]): ReadonlyMap<string, StoredObject> =>
  new Map(versions.map((one) => [one.key, one]));

interface Entry {
  readonly entry: string;
  /** Absent for what lies behind a common prefix. */
  readonly object?: StoredObject;
}

function group(objects: readonly StoredObject[], prefix: string, delimiter: string | undefined): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const object of objects) {
    const { key } = object;
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = cut < 0 ? key : key.slice(0, cut + (delimiter ?? '').length);
    entries.set(entry, cut < 0 ? { entry, object } : { entry });
  }
  return [...entries.values()].sort((a, b) => compareKeys(a.entry, b.entry));
}

function listVersions(world: World, request: Request): Reply {
  const { name } = bucketOf(world, request);
  const { max, encoding, write, prefix, delimiter } = readQuery(request);
  if (delimiter !== undefined)
    throw new Refusal(
      501,
      'NotImplemented',
      'A header or query you provided implies functionality that is not implemented.',
    );
  const all = objectsIn(world, name);
  const current = latest(all);
  // Newest first within a key; the sort keeps the order of equals.
  const sorted = [...all].reverse().sort((a, b) => compareKeys(a.key, b.key));
  const rest = sorted.slice(startOf(sorted, request)).filter(({ key }) => key.startsWith(prefix));
  const page = rest.slice(0, max);
  const last = page.at(-1);
  const isTruncated = page.length < rest.length && last !== undefined;
  const shown = page.map((one) => ({ one, IsLatest: current.get(one.key) === one }));
  const body = {
    Name: name,
    Prefix: write(prefix),
    MaxKeys: max,
    EncodingType: encoding,
    IsTruncated: isTruncated,
    ...(isTruncated && { NextKeyMarker: write(last.key), NextVersionIdMarker: last.versionId }),
    Version: shown.flatMap(({ one, IsLatest }) =>
      one.isDeleteMarker ? [] : [{ ...contentsOf(one, write), VersionId: one.versionId, IsLatest }],
    ),
    DeleteMarker: shown.flatMap(({ one, IsLatest }) =>
      one.isDeleteMarker
        ? [
            {
              Key: write(one.key),
              VersionId: one.versionId,
              IsLatest,
              LastModified: contentsOf(one, write).LastModified,
            },
          ]
        : [],
    ),
  };
  return { status: 200, body: { ListVersionsResult: body } };
}

/** Where the list goes on: after the version that the markers name, or after all versions of the key. */
function startOf(sorted: readonly StoredObject[], { query }: Request): number {
  const key = query.get('key-marker') ?? '';
  const version = query.get('version-id-marker');
  if (key === '' && version)
    throw invalid('version-id-marker', 'A version-id marker cannot be specified without a key marker.');
  const exact = sorted.findIndex((one) => one.key === key && one.versionId === version);
  if (exact >= 0) return exact + 1;
  const next = sorted.findIndex((one) => compareKeys(one.key, key) > 0);
  return next < 0 ? sorted.length : next;
}

/** What is in a bucket. */
export const listOperations: readonly AwsOperation[] = [
  bucketRow({
    operation: 'ListObjectsV2',
    route: 'GET /{bucket}?list-type=2',
    permission: ['s3:ListBucket'],
    handle: listObjects,
  }),
  bucketRow({
    operation: 'ListObjectVersions',
    route: 'GET /{bucket}?versions',
    permission: ['s3:ListBucketVersions'],
    handle: listVersions,
  }),
];
