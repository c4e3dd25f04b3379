import { isDeepStrictEqual } from 'node:util';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceSettled } from '../settle.ts';
import { created, hasCode, hasStatus, orAbsent } from '../vendor.ts';
import { bucketContents, emptyBucket } from './bucket-contents.ts';
import { type LiveBucket, readBucket } from './bucket-settings.ts';
import { covers, foreignStatements, merged, policyDocument } from './policy-document.ts';
import { marked, markOf, type Tags, tagsDiffer, toPairs } from './tags.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({
    tags: z.record(z.string(), z.string()),
    /** Our statements of the bucket policy: TLS only. */
    policy: policyDocument,
    publicAccess: z.literal('blocked'),
    ownership: z.literal('BucketOwnerEnforced'),
    encryption: z.literal('AES256'),
  }),
  outputs: z.object({ name: z.string() }),
};
type Ctx = Pick<Context, 'aws' | 'awsAccount' | 'awsRegion' | 'installation' | 'step' | 'clock' | 'signal' | 'note'>;
type Inputs = z.infer<typeof shape.inputs>;

const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

function driftOf(live: LiveBucket, wanted: Inputs, ctx: Ctx) {
  const drift: (keyof Inputs)[] = [];
  if (tagsDiffer(live.tags, wanted.tags, ctx)) drift.push('tags');
  if (!covers(live.policy, wanted.policy)) drift.push('policy');
  if (!isDeepStrictEqual(live.publicAccess, ALL_BLOCKED)) drift.push('publicAccess');
  if (live.ownership !== wanted.ownership) drift.push('ownership');
  if (live.encryption !== wanted.encryption && live.encryption !== 'aws:kms') drift.push('encryption');
  return drift;
}

function notesOf(live: LiveBucket, wanted: Inputs): string[] {
  const added = foreignStatements(live.policy, wanted.policy).length;
  return added > 0
    ? [`${added} bucket policy statement${added > 1 ? 's were' : ' was'} added by somebody else and stays`]
    : [];
}

/** Where the payments are stored. It is never emptied unless that was asked for. */
export const s3Bucket = {
  ...shape,
  kind: 'aws.s3-bucket',
  label: labels['aws.s3-bucket'],

  async read(ctx: Ctx, { key: { name } }, wanted) {
    const nothing = { outputs: { name }, drift: [] };
    try {
      const head = await orAbsent(
        ctx.aws.s3.send(new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: ctx.awsAccount })),
      );
      if (!head) return undefined;
    } catch (error) {
      if (hasStatus(error, 403))
        return { ...nothing, mark: { other: 'another AWS account, or AWS refuses us s3:ListBucket on it' } };
      if (hasStatus(error, 301))
        return { ...nothing, mark: 'none', refusal: `The bucket ${name} is in another region.` };
      throw error;
    }
    const [live, holds] = await Promise.all([readBucket(ctx, name), bucketContents(ctx, name)]);
    const mark = markOf(live.tags, ctx);
    if (!wanted) return { ...nothing, mark, holds };
    return { ...nothing, mark, holds, drift: driftOf(live, wanted, ctx), notes: notesOf(live, wanted) };
  },

  async reconcile(ctx: Ctx, { name }, inputs, observed, made) {
    const outputs = { name };
    if (!observed) {
      await created<unknown>(
        onceSettledBucket(ctx, () => ctx.aws.s3.send(createCommand(ctx, name, inputs.tags))),
        ['BucketAlreadyOwnedByYou'],
        async () => {
          const live = await readBucket(ctx, name);
          return markOf(live.tags, ctx) === 'ours' ? live : undefined;
        },
      );
      await made({ outputs });
    }
    const live = await readBucket(ctx, name);
    for (const aspect of observed?.drift ?? driftOf(live, inputs, ctx))
      await onceSettledBucket(ctx, () => sync[aspect](ctx, name, inputs, live));
    return { outputs };
  },

  async delete(ctx: Ctx, { name }, data) {
    const holds = await bucketContents(ctx, name);
    if (holds && data === 'keep') return { kept: holds };
    if (holds) await emptyBucket(ctx, name);
    const command = new DeleteBucketCommand({ Bucket: name, ExpectedBucketOwner: ctx.awsAccount });
    await onceSettledBucket(ctx, () => orAbsent(ctx.aws.s3.send(command), 'NoSuchBucket'));
    return 'gone';
  },
} satisfies Kind<typeof shape>;

/** S3 does one thing at a time with a bucket, and lets go of the name of a deleted one with a delay. */
const onceSettledBucket = <T>(ctx: Ctx, send: () => Promise<T>): Promise<T> =>
  onceSettled(
    ctx,
    {
      passes: (error) => hasCode(error, 'OperationAborted'),
      within: 120_000,
      what: 'S3 to end what it does with a bucket of this name, a minute or two after it was deleted',
      slowest: 10_000,
    },
    send,
  );

function createCommand(ctx: Ctx, name: string, tags: Tags) {
  const isRegional = name.endsWith(`-${ctx.awsAccount}-${ctx.awsRegion}-an`);
  return new CreateBucketCommand({
    Bucket: name,
    ...(isRegional && { BucketNamespace: 'account-regional' }),
    CreateBucketConfiguration: {
      // us-east-1 is the one region that must not be named.
      ...(ctx.awsRegion !== 'us-east-1' && { LocationConstraint: ctx.awsRegion as BucketLocationConstraint }),
      Tags: toPairs(marked(tags, ctx)),
    },
  });
}

type Sync = (ctx: Ctx, name: string, inputs: Inputs, live: LiveBucket) => Promise<unknown>;

const sync: Readonly<Record<keyof Inputs, Sync>> = {
  tags: ({ aws, ...ctx }, Bucket, { tags }, live) => {
    const TagSet = toPairs({ ...live.tags, ...marked(tags, ctx) });
    return aws.s3.send(
      new PutBucketTaggingCommand({ Bucket, ExpectedBucketOwner: ctx.awsAccount, Tagging: { TagSet } }),
    );
  },
  policy: ({ aws, awsAccount }, Bucket, { policy }, live) => {
    const Policy = JSON.stringify(merged(live.policy, policy));
    return aws.s3.send(new PutBucketPolicyCommand({ Bucket, ExpectedBucketOwner: awsAccount, Policy }));
  },
  publicAccess: ({ aws, awsAccount }, Bucket) =>
    aws.s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        ExpectedBucketOwner: awsAccount,
        PublicAccessBlockConfiguration: ALL_BLOCKED,
      }),
    ),
  ownership: ({ aws, awsAccount }, Bucket, { ownership }) =>
    aws.s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        ExpectedBucketOwner: awsAccount,
        OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] },
      }),
    ),
  encryption: ({ aws, awsAccount }, Bucket, { encryption }) =>
    aws.s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ExpectedBucketOwner: awsAccount,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: encryption } }],
        },
      }),
    ),
};
