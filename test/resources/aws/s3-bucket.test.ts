import { CreateBucketCommand, GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { s3Bucket } from '../../../src/resources/aws/s3-bucket.ts';
import { laws } from '../laws.ts';
import { openRig, type Rig } from '../rig.ts';

const name = 'dev-payments';
const policyOf = (Sid: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid,
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});
const inputs = {
  tags: { Environment: 'dev', Name: 'Payments' },
  policy: policyOf('EoSetupTlsOnly'),
  publicAccess: 'blocked',
  ownership: 'BucketOwnerEnforced',
  encryption: 'AES256',
} as const;

const s3Of = (rig: Rig) => rig.context('bucket').aws.s3;
const tagsOf = async (rig: Rig) => (await s3Of(rig).send(new GetBucketTaggingCommand({ Bucket: name }))).TagSet ?? [];

laws(s3Bucket, async (rig) => ({
  step: 'bucket',
  key: { name },
  inputs,
  change: {
    inputs: { ...inputs, tags: { Environment: 'dev', Name: 'Other' }, policy: policyOf('EoSetupTls') },
    drift: ['tags', 'policy'],
  },
  makeForeign: () => s3Of(rig).send(new CreateBucketCommand({ Bucket: name })),
  addition: {
    add: async () => {
      const TagSet = [...(await tagsOf(rig)), { Key: 'team', Value: 'payments' }];
      await s3Of(rig).send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet } }));
    },
    isThere: async () => (await tagsOf(rig)).some(({ Key }) => Key === 'team'),
  },
}));

test('a bucket of another account is foreign, and never used', async () => {
  const rig = await openRig();
  rig.sandbox.world.put('meta', 'other', {});
  const bucket = { key: { name }, inputs };
  await s3Bucket.reconcile(rig.context('bucket'), bucket.key, inputs, undefined, async () => {});
  const other = { ...rig.context('bucket'), awsAccount: '210987654321' };
  const observed = await s3Bucket.read(other, { key: bucket.key }, inputs);
  expect(observed?.mark).toEqual({ other: 'another AWS account, or AWS refuses us s3:ListBucket on it' });
  await rig.sandbox.close();
});
