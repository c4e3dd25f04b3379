import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Probe } from '../probes.ts';

const Bucket = 'eo-conformance-probe';
const nowhere = { Bucket: 'eo-conformance-nowhere' };
/** Never made where AWS is obeyed. */
const elsewhere = { Bucket: 'eo-conformance-elsewhere' };
const Key = 'payments/a b é+c.json';
const stranger = '210987654321';
const taken = { Bucket, Key, Body: '{"n":1}\n', ContentType: 'application/json' };
const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const ours = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 's3:GetObject' };
const etag = '"0123456789abcdef0123456789abcdef"';

const buckets: readonly Probe[] = [
  ['head no bucket', ({ aws }) => aws.s3.send(new HeadBucketCommand(nowhere))],
  ['delete no bucket', ({ aws }) => aws.s3.send(new DeleteBucketCommand(nowhere))],
  ['list versions of no bucket', ({ aws }) => aws.s3.send(new ListObjectVersionsCommand(nowhere))],
  ['tags of no bucket', ({ aws }) => aws.s3.send(new GetBucketTaggingCommand(nowhere))],
  ['policy of no bucket', ({ aws }) => aws.s3.send(new GetBucketPolicyCommand(nowhere))],
  ['create one with a bad name', ({ aws }) => aws.s3.send(new CreateBucketCommand({ Bucket: 'Bad_Name' }))],
  [
    'create one in a region that must not be named',
    ({ aws }) =>
      aws.s3.send(
        // The type knows that it must not be named.
        new CreateBucketCommand({
          ...elsewhere,
          CreateBucketConfiguration: { LocationConstraint: 'us-east-1' as 'EU' },
        }),
      ),
  ],
  [
    'create one in another region',
    ({ aws }) =>
      aws.s3.send(
        new CreateBucketCommand({ ...elsewhere, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      ),
  ],
  ['create', async ({ aws }) => (await aws.s3.send(new CreateBucketCommand({ Bucket }))).Location],
  ['create again', async ({ aws }) => (await aws.s3.send(new CreateBucketCommand({ Bucket }))).Location],
  [
    'create one of the account',
    async ({ aws }) => {
      const name = 'eo-probe-123456789012-us-east-1-an';
      const made = await aws.s3.send(new CreateBucketCommand({ Bucket: name, BucketNamespace: 'account-regional' }));
      await aws.s3.send(new DeleteBucketCommand({ Bucket: name }));
      return made.Location;
    },
  ],
  ['head', async ({ aws }) => (await aws.s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion],
  ["head a stranger's", ({ aws }) => aws.s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: stranger }))],
  ['its region', async ({ aws }) => (await aws.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint],
];

const settings: readonly Probe[] = [
  ['its tags', async ({ aws }) => (await aws.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet],
  ['its policy', async ({ aws }) => (await aws.s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy],
  [
    'its public access block',
    async ({ aws }) => (await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
  ],
  [
    'its ownership',
    async ({ aws }) => (await aws.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls,
  ],
  [
    'its encryption',
    async ({ aws }) => {
      const { ServerSideEncryptionConfiguration } = await aws.s3.send(new GetBucketEncryptionCommand({ Bucket }));
      return ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    },
  ],
  ['its versioning', async ({ aws }) => (await aws.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status],
  [
    'tag it twice alike',
    ({ aws }) => {
      const TagSet = [1, 2].map((n) => ({ Key: 'a', Value: String(n) }));
      return aws.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    },
  ],
  ['a policy that is no JSON', ({ aws }) => aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: 'no' }))],
  [
    'a policy of another bucket',
    ({ aws }) => {
      const Policy = policy({ ...ours, Resource: 'arn:aws:s3:::another/*' });
      return aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
  ],
  [
    'a public policy',
    ({ aws }) => {
      const Policy = policy({ ...ours, Principal: '*', Resource: `arn:aws:s3:::${Bucket}/*` });
      return aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
  ],
  [
    'delete the policy',
    async ({ aws }) => {
      await aws.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    },
  ],
];

const objects: readonly Probe[] = [
  ['put into no bucket', ({ aws }) => aws.s3.send(new PutObjectCommand({ ...taken, ...nowhere }))],
  ['get what is not there', ({ aws }) => aws.s3.send(new GetObjectCommand({ Bucket, Key }))],
  ['head what is not there', ({ aws }) => aws.s3.send(new HeadObjectCommand({ Bucket, Key }))],
  ['put if it matches what is not there', ({ aws }) => aws.s3.send(new PutObjectCommand({ ...taken, IfMatch: etag }))],
  [
    'put where there is nothing',
    async ({ aws }) => (await aws.s3.send(new PutObjectCommand({ ...taken, IfNoneMatch: '*' }))).ETag,
  ],
  ['put where there is something', ({ aws }) => aws.s3.send(new PutObjectCommand({ ...taken, IfNoneMatch: '*' }))],
  ['put if it matches another', ({ aws }) => aws.s3.send(new PutObjectCommand({ ...taken, IfMatch: etag }))],
  [
    'put if it matches',
    async ({ aws }) => {
      const { ETag } = await aws.s3.send(new HeadObjectCommand({ Bucket, Key }));
      return (await aws.s3.send(new PutObjectCommand({ ...taken, IfMatch: ETag }))).ETag;
    },
  ],
  [
    "put into a stranger's",
    ({ aws }) => aws.s3.send(new PutObjectCommand({ ...taken, ExpectedBucketOwner: stranger })),
  ],
  [
    'get',
    async ({ aws }) => {
      const { Body, ContentType, ContentLength, ETag } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
      return { text: await Body?.transformToString(), ContentType, ContentLength, ETag };
    },
  ],
  [
    'list',
    async ({ aws }) => {
      const { Contents, KeyCount } = await aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'payments/' }));
      return { KeyCount, keys: Contents?.map((one) => [one.Key, one.Size, one.ETag, one.StorageClass]) };
    },
  ],
  [
    'list versions',
    async ({ aws }) => {
      const { Versions, DeleteMarkers, IsTruncated } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
      return { IsTruncated, DeleteMarkers, all: Versions?.map((one) => [one.Key, one.VersionId, one.IsLatest]) };
    },
  ],
  ['list uploads', async ({ aws }) => (await aws.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads],
  ['delete the bucket that holds it', ({ aws }) => aws.s3.send(new DeleteBucketCommand({ Bucket }))],
  [
    'delete it if it matches another',
    ({ aws }) => aws.s3.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: etag })),
  ],
  [
    'delete it and one that is not there',
    async ({ aws }) => {
      const Delete = { Objects: [{ Key, VersionId: 'null' }, { Key: 'none' }], Quiet: true };
      const { Deleted, Errors } = await aws.s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
      return { Deleted, Errors };
    },
  ],
];

const versions: readonly Probe[] = [
  [
    'keep versions',
    async ({ aws }) => {
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    },
  ],
  [
    'delete leaves a marker, and a create is allowed again',
    async ({ aws }) => {
      await aws.s3.send(new PutObjectCommand(taken));
      const { DeleteMarker } = await aws.s3.send(new DeleteObjectCommand({ Bucket, Key }));
      await aws.s3.send(new PutObjectCommand({ ...taken, IfNoneMatch: '*' }));
      const all = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
      return { DeleteMarker, versions: all.Versions?.length, markers: all.DeleteMarkers?.length };
    },
  ],
  ['delete the bucket that holds versions', ({ aws }) => aws.s3.send(new DeleteBucketCommand({ Bucket }))],
  [
    'delete every version',
    async ({ aws }) => {
      const { Versions = [], DeleteMarkers = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
      const Objects = [...Versions, ...DeleteMarkers].map((one) => ({ Key: one.Key, VersionId: one.VersionId }));
      const { Errors } = await aws.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
      return Errors;
    },
  ],
  [
    'delete the bucket',
    async ({ aws }) => {
      await aws.s3.send(new DeleteBucketCommand({ Bucket }));
    },
  ],
];

/** What is asked of S3. */
export const s3Probes: readonly Probe[] = [...buckets, ...settings, ...objects, ...versions];
