import * as z from 'zod';
import type { AwsOperation } from '../operation.ts';
import { type Bucket, bucketOf, bucketRow, flag, xmlBody } from './bucket.ts';

const rule = z.object({
  ApplyServerSideEncryptionByDefault: z.object({
    SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
    KMSMasterKeyID: z.string().optional(),
  }),
  BucketKeyEnabled: flag.optional(),
});

const permissions = { put: ['s3:PutEncryptionConfiguration'], get: ['s3:GetEncryptionConfiguration'] };

/** How a bucket encrypts by default; every bucket does. */
export const bucketEncryptionOperations: readonly AwsOperation[] = [
  bucketRow({
    operation: 'PutBucketEncryption',
    route: 'PUT /{bucket}?encryption',
    permission: permissions.put,
    needsChecksum: true,
    body: xmlBody('ServerSideEncryptionConfiguration', z.object({ Rule: rule })),
    handle: (world, request) => {
      const bucket = bucketOf(world, request);
      const { ApplyServerSideEncryptionByDefault: wanted, BucketKeyEnabled: bucketKey = false } = request.body.Rule;
      const { SSEAlgorithm: algorithm, KMSMasterKeyID: kmsKeyId } = wanted;
      const encryption = { algorithm, bucketKey, ...(kmsKeyId && { kmsKeyId }) };
      world.put<Bucket>('buckets', bucket.name, { ...bucket, encryption });
      return { status: 200 };
    },
  }),
  bucketRow({
    operation: 'GetBucketEncryption',
    route: 'GET /{bucket}?encryption',
    permission: permissions.get,
    handle: (world, request) => {
      const { algorithm, kmsKeyId, bucketKey } = bucketOf(world, request).encryption;
      const Rule = {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: kmsKeyId },
        BucketKeyEnabled: bucketKey,
        // Keys that a client brings along are not taken by new buckets.
        BlockedEncryptionTypes: { EncryptionType: 'SSE-C' },
      };
      return { status: 200, body: { ServerSideEncryptionConfiguration: { Rule } } };
    },
  }),
];
