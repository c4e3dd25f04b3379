import * as z from 'zod';
import { Refusal } from '../../contract.ts';
import type { AwsOperation } from '../operation.ts';
import { type Bucket, bucketOf, bucketRow, flag, xmlBody } from './bucket.ts';
import { checkTags, tagSet } from './tags.ts';

/** What a bucket says of a setting that it does not have. */
const absent = (code: string, message: string, { name }: Bucket): Refusal =>
  new Refusal(404, code, message, { body: { BucketName: name } });

const blocked = flag.optional().transform((is) => is ?? false);

/** The settings of a bucket, each put whole and read whole. */
export const bucketSettingsOperations: readonly AwsOperation[] = [
  bucketRow({
    operation: 'PutBucketTagging',
    route: 'PUT /{bucket}?tagging',
    needsChecksum: true,
    body: xmlBody('Tagging', z.object({ TagSet: tagSet })),
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      const tags = request.body.TagSet;
      checkTags(tags);
      world.put<Bucket>('buckets', bucket.name, { ...bucket, tags });
      return { status: 204 };
    },
  }),
  bucketRow({
    operation: 'GetBucketTagging',
    route: 'GET /{bucket}?tagging',
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      if (bucket.tags.length === 0) throw absent('NoSuchTagSet', 'The TagSet does not exist', bucket);
      return { status: 200, body: { Tagging: { TagSet: { Tag: bucket.tags } } } };
    },
  }),
  bucketRow({
    operation: 'PutPublicAccessBlock',
    route: 'PUT /{bucket}?publicAccessBlock',
    permission: ['s3:PutBucketPublicAccessBlock'],
    needsChecksum: true,
    body: xmlBody(
      'PublicAccessBlockConfiguration',
      z.object({
        BlockPublicAcls: blocked,
        IgnorePublicAcls: blocked,
        BlockPublicPolicy: blocked,
        RestrictPublicBuckets: blocked,
      }),
    ),
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      world.put<Bucket>('buckets', bucket.name, { ...bucket, publicAccessBlock: request.body });
      return { status: 200 };
    },
  }),
  bucketRow({
    operation: 'GetPublicAccessBlock',
    route: 'GET /{bucket}?publicAccessBlock',
    permission: ['s3:GetBucketPublicAccessBlock'],
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      if (bucket.publicAccessBlock)
        return { status: 200, body: { PublicAccessBlockConfiguration: bucket.publicAccessBlock } };
      const text = 'The public access block configuration was not found';
      throw absent('NoSuchPublicAccessBlockConfiguration', text, bucket);
    },
  }),
  bucketRow({
    operation: 'PutBucketOwnershipControls',
    route: 'PUT /{bucket}?ownershipControls',
    needsChecksum: true,
    body: xmlBody(
      'OwnershipControls',
      z.object({
        Rule: z.object({ ObjectOwnership: z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']) }),
      }),
    ),
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      world.put<Bucket>('buckets', bucket.name, { ...bucket, ownership: request.body.Rule.ObjectOwnership });
      return { status: 200 };
    },
  }),
  bucketRow({
    operation: 'GetBucketOwnershipControls',
    route: 'GET /{bucket}?ownershipControls',
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      const { ownership } = bucket;
      if (ownership) return { status: 200, body: { OwnershipControls: { Rule: { ObjectOwnership: ownership } } } };
      throw absent('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', bucket);
    },
  }),
  bucketRow({
    operation: 'PutBucketVersioning',
    route: 'PUT /{bucket}?versioning',
    needsChecksum: true,
    body: xmlBody('VersioningConfiguration', z.object({ Status: z.enum(['Enabled', 'Suspended']) })),
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      world.put<Bucket>('buckets', bucket.name, { ...bucket, versioning: request.body.Status });
      return { status: 200 };
    },
  }),
  bucketRow({
    operation: 'GetBucketVersioning',
    route: 'GET /{bucket}?versioning',
    handle: (world, request) => {
      const { versioning } = bucketOf(world, request);
      return { status: 200, body: { VersioningConfiguration: { Status: versioning } } };
    },
  }),
];
