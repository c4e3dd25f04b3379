import {
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { Context } from '../context.ts';
import { orAbsent } from '../vendor.ts';
import { parsePolicy } from './policy-document.ts';
import { fromPairs } from './tags.ts';

/** What is set on a bucket. A setting that was never made is absent; each has its own way of saying so. */
export async function readBucket({ aws: { s3 }, awsAccount }: Pick<Context, 'aws' | 'awsAccount'>, name: string) {
  const at = { Bucket: name, ExpectedBucketOwner: awsAccount };
  const [tagging, access, ownership, encryption, policy] = await Promise.all([
    orAbsent(s3.send(new GetBucketTaggingCommand(at)), 'NoSuchTagSet'),
    orAbsent(s3.send(new GetPublicAccessBlockCommand(at)), 'NoSuchPublicAccessBlockConfiguration'),
    orAbsent(s3.send(new GetBucketOwnershipControlsCommand(at)), 'OwnershipControlsNotFoundError'),
    orAbsent(s3.send(new GetBucketEncryptionCommand(at)), 'ServerSideEncryptionConfigurationNotFoundError'),
    orAbsent(s3.send(new GetBucketPolicyCommand(at)), 'NoSuchBucketPolicy'),
  ]);
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0];
  return {
    tags: fromPairs(tagging?.TagSet),
    publicAccess: access?.PublicAccessBlockConfiguration,
    ownership: ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership,
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    policy: parsePolicy(policy?.Policy),
  };
}

export type LiveBucket = Awaited<ReturnType<typeof readBucket>>;
