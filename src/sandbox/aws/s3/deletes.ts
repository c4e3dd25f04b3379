import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import { reasonAgainst } from '../authorize.ts';
import type { AwsOperation } from '../operation.ts';
import { type Bucket, bucketOf, bucketRow, flag, many, objectRow, versionNeed, xmlBody } from './bucket.ts';
import { checkMatch } from './conditions.ts';
import { addVersion, currentOf, keyOf, removeVersion, type StoredObject, versionsOf } from './object.ts';

interface Wanted {
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly now: number;
}

/** Deletes a version for good, or, in a bucket that keeps them, hides the object behind a marker. */
function deleteOne(world: World, bucket: Bucket, wanted: Wanted): StoredObject | undefined {
  const { key, versionId, ifMatch, now } = wanted;
  const versions = versionsOf(world, bucket.name, key);
  checkMatch(ifMatch, key, currentOf(world, bucket.name, key));
  if (versionId === undefined && bucket.versioning) return addVersion(world, bucket, key, now);
  const gone = versions.find((one) => one.versionId === (versionId ?? 'null'));
  if (gone) removeVersion(world, gone);
  return gone;
}

function remove(world: World, request: Request): Reply {
  const { headers, query, now } = request;
  const bucket = bucketOf(world, request);
  const versionId = query.get('versionId') ?? undefined;
  const gone = deleteOne(world, bucket, { key: keyOf(request), versionId, ifMatch: headers['if-match'], now });
  const marker = gone?.isDeleteMarker ? { 'x-amz-delete-marker': 'true' } : {};
  const version = gone && bucket.versioning ? { 'x-amz-version-id': gone.versionId } : {};
  return { status: 204, headers: { ...marker, ...version } };
}

const identifier = z.object({
  Key: z.string().min(1),
  VersionId: z.string().optional(),
  ETag: z.string().optional(),
});
const deleteBody = xmlBody(
  'Delete',
  z.object({
    Quiet: flag.optional(),
    Object: many(identifier).refine(({ length }) => length >= 1 && length <= 1000),
  }),
);

function removeMany(world: World, request: Request<z.infer<typeof deleteBody>>): Reply {
  const bucket = bucketOf(world, request);
  const { Quiet = false } = request.body;
  const outcomes = request.body.Object.map((one) => removeOneOfMany(world, request, bucket, one));
  const Deleted = Quiet ? [] : outcomes.flatMap((one) => ('Code' in one ? [] : [one]));
  return { status: 200, body: { DeleteResult: { Deleted, Error: outcomes.filter((one) => 'Code' in one) } } };
}

/** Each is allowed, refused and deleted by itself. */
function removeOneOfMany(
  world: World,
  request: Request<unknown>,
  bucket: Bucket,
  { Key, VersionId, ETag }: z.infer<typeof identifier>,
) {
  const action = VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  const refused = reasonAgainst(world, request, { action, resource: `arn:aws:s3:::${bucket.name}/${Key}` });
  if (refused !== undefined) return { Key, VersionId, Code: 'AccessDenied', Message: refused };
  try {
    const gone = deleteOne(world, bucket, { key: Key, versionId: VersionId, ifMatch: ETag, now: request.now });
    return {
      Key,
      VersionId,
      ...(gone?.isDeleteMarker && { DeleteMarker: true, DeleteMarkerVersionId: gone.versionId }),
    };
  } catch (error) {
    if (error instanceof Refusal) return { Key, VersionId, Code: error.code, Message: error.message };
    throw error;
  }
}

/** Deleting objects, and what is left of uploads in parts: the sandbox takes none, so there are none. */
export const deleteOperations: readonly AwsOperation[] = [
  objectRow({
    operation: 'DeleteObject',
    route: 'DELETE /{bucket}/{key+}',
    permission: [],
    also: (_place, request) => [versionNeed('s3:DeleteObject', request)],
    handle: remove,
  }),
  bucketRow({
    operation: 'DeleteObjects',
    route: 'POST /{bucket}?delete',
    permission: [],
    needsChecksum: true,
    body: deleteBody,
    handle: removeMany,
  }),
  bucketRow({
    operation: 'ListMultipartUploads',
    route: 'GET /{bucket}?uploads',
    permission: ['s3:ListBucketMultipartUploads'],
    handle: (world, request) => {
      const Bucket = bucketOf(world, request).name;
      return { status: 200, body: { ListMultipartUploadsResult: { Bucket, MaxUploads: 1000, IsTruncated: false } } };
    },
  }),
  objectRow({
    operation: 'AbortMultipartUpload',
    route: 'DELETE /{bucket}/{key+}?uploadId',
    handle: (world, request) => {
      bucketOf(world, request);
      const text =
        'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
      throw new Refusal(404, 'NoSuchUpload', text);
    },
  }),
];
