import {
  DeleteBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALL_BLOCKED } from '../../../../src/sandbox/aws/s3/bucket.ts';
import { ACCOUNT, type AwsSandbox, openAws, refusalOf } from '../aws-sandbox.ts';
import { byHand, send } from '../by-hand.ts';
import { Bucket, createBucket } from './create-bucket.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
});
afterEach(() => sandbox.close());

const foreign = (name: string) =>
  sandbox.put({
    collection: 'buckets',
    id: name,
    item: { name, owner: '999999999999', region: 'us-east-1', createdAt: 0, tags: [], encryption: {} },
  });

describe('a new bucket', () => {
  test('is private, encrypted and owned by its owner alone', async () => {
    expect(await createBucket(sandbox)).toMatchObject({ Location: `/${Bucket}` });
    const { s3 } = sandbox;
    const [head, access, ownership, encryption, location, versioning, uploads] = await Promise.all([
      s3.send(new HeadBucketCommand({ Bucket })),
      s3.send(new GetPublicAccessBlockCommand({ Bucket })),
      s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
      s3.send(new GetBucketEncryptionCommand({ Bucket })),
      s3.send(new GetBucketLocationCommand({ Bucket })),
      s3.send(new GetBucketVersioningCommand({ Bucket })),
      s3.send(new ListMultipartUploadsCommand({ Bucket })),
    ]);
    expect(head.BucketRegion).toBe('us-east-1');
    expect(access.PublicAccessBlockConfiguration).toEqual(ALL_BLOCKED);
    expect(ownership.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        BucketKeyEnabled: false,
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      },
    ]);
    expect(location.LocationConstraint).toBeUndefined();
    expect(versioning.Status).toBeUndefined();
    expect(uploads.Uploads).toBeUndefined();
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  });

  test('has the tags of the create call', async () => {
    const Tags = [
      { Key: 'Environment', Value: 'dev' },
      { Key: 'eo-setup:step', Value: '' },
    ];
    await createBucket(sandbox, { CreateBucketConfiguration: { Tags } });
    expect((await sandbox.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(Tags);
  });

  test('has neither tags nor a policy unless they are put', async () => {
    await createBucket(sandbox);
    expect(await refusalOf(sandbox.s3.send(new GetBucketTaggingCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchTagSet',
      status: 404,
    });
    expect(await refusalOf(sandbox.s3.send(new GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchBucketPolicy',
      status: 404,
    });
  });
});

describe('the name of a bucket', () => {
  test.each([['Upper'], ['under_score'], ['two..dots'], ['ends-with-an']])('%s is refused', async (name) => {
    expect(await refusalOf(createBucket(sandbox, { Bucket: name }))).toMatchObject({
      name: 'InvalidBucketName',
      status: 400,
    });
  });

  test('belongs to the account in its own namespace', async () => {
    const name = `dev-eo-${ACCOUNT}-us-east-1-an`;
    await createBucket(sandbox, { Bucket: name, BucketNamespace: 'account-regional' });
    expect(await refusalOf(createBucket(sandbox, { BucketNamespace: 'account-regional' }))).toMatchObject({
      name: 'InvalidBucketName',
      status: 400,
    });
  });
});

describe('creating a bucket again', () => {
  test('changes nothing in us-east-1', async () => {
    await createBucket(sandbox, { CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: '1' }] } });
    await createBucket(sandbox, { CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: '2' }] } });
    expect((await sandbox.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'a', Value: '1' }]);
    expect(sandbox.history.entries().map(({ committed }) => committed)).toEqual([true, false, false]);
  });

  test('is refused in every other region', async () => {
    const there = await openAws({ region: 'eu-west-1' });
    const members = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } };
    await createBucket(there, members);
    expect(await refusalOf(createBucket(there, members))).toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      status: 409,
    });
    const { LocationConstraint } = await there.s3.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).toBe('eu-west-1');
    await there.close();
  });

  test('is refused where another account has it', async () => {
    foreign(Bucket);
    expect(await refusalOf(createBucket(sandbox))).toMatchObject({ name: 'BucketAlreadyExists', status: 409 });
    expect(await refusalOf(sandbox.s3.send(new HeadBucketCommand({ Bucket })))).toMatchObject({ status: 403 });
    const put = sandbox.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } }));
    expect(await refusalOf(put)).toMatchObject({ name: 'AccessDenied', message: 'Access Denied', status: 403 });
  });
});

describe('the region', () => {
  test.each([
    ['us-east-1', 'us-east-1', 'InvalidLocationConstraint'],
    ['us-east-1', 'eu-west-1', 'IllegalLocationConstraintException'],
    ['eu-west-1', 'eu-west-2', 'IllegalLocationConstraintException'],
  ])('%s refuses a bucket for %s', async (region, location, name) => {
    const there = await openAws({ region });
    const members = location ? { CreateBucketConfiguration: { LocationConstraint: location as 'eu-west-1' } } : {};
    expect(await refusalOf(createBucket(there, members))).toMatchObject({ name, status: 400 });
    await there.close();
  });

  test('has to be named, except us-east-1', async () => {
    const there = await openAws({ region: 'eu-west-1' });
    // By hand: the SDK names it by itself.
    const { status, text } = await send(byHand(there.origin, { path: `/${Bucket}`, region: 'eu-west-1' }));
    expect(status).toBe(400);
    expect(text).toContain('<Code>IllegalLocationConstraintException</Code>');
    expect(text).toContain('The unspecified location constraint is incompatible');
    await there.close();
  });
});

describe('the owner', () => {
  test('has to be the one that the caller expects', async () => {
    await createBucket(sandbox);
    const { s3 } = sandbox;
    const at = { Bucket, ExpectedBucketOwner: '999999999999' };
    const TagSet = [{ Key: 'a', Value: 'b' }];
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }];
    const calls = [
      s3.send(new GetBucketTaggingCommand(at)),
      s3.send(new PutBucketTaggingCommand({ ...at, Tagging: { TagSet } })),
      s3.send(new GetPublicAccessBlockCommand(at)),
      s3.send(new PutPublicAccessBlockCommand({ ...at, PublicAccessBlockConfiguration: ALL_BLOCKED })),
      s3.send(new GetBucketEncryptionCommand(at)),
      s3.send(new PutBucketEncryptionCommand({ ...at, ServerSideEncryptionConfiguration: { Rules } })),
      s3.send(new GetBucketPolicyCommand(at)),
      s3.send(new ListObjectsV2Command(at)),
      s3.send(new PutObjectCommand({ ...at, Key: 'k', Body: 'x' })),
      s3.send(new DeleteBucketCommand(at)),
    ];
    const refusals = await Promise.all(calls.map(refusalOf));
    expect(refusals.map(({ name, status }) => `${name} ${status}`)).toEqual(calls.map(() => 'AccessDenied 403'));
    expect(await refusalOf(s3.send(new HeadBucketCommand(at)))).toMatchObject({ status: 403 });
    await s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: ACCOUNT }));
  });
});

describe('deleting a bucket', () => {
  test('needs it to be empty', async () => {
    await createBucket(sandbox);
    await sandbox.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const remove = () => sandbox.s3.send(new DeleteBucketCommand({ Bucket }));
    expect(await refusalOf(remove())).toMatchObject({ name: 'BucketNotEmpty', status: 409 });
    sandbox.world.remove('objects', `${Bucket}/k`);
    await remove();
    expect(await refusalOf(remove())).toMatchObject({ name: 'NoSuchBucket', status: 404 });
  });
});
