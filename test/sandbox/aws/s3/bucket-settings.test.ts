import { createHash } from 'node:crypto';
import {
  DeleteBucketPolicyCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALL_BLOCKED } from '../../../../src/sandbox/aws/s3/bucket.ts';
import { ACCOUNT, type AwsSandbox, clientsAt, openAws, policy, refusalOf } from '../aws-sandbox.ts';
import { byHand, send } from '../by-hand.ts';
import { Bucket, createBucket } from './create-bucket.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
});
afterEach(() => sandbox.close());

describe('what is set on a bucket', () => {
  beforeEach(() => createBucket(sandbox));

  test('is read as it was put', async () => {
    const { s3 } = sandbox;
    const TagSet = [{ Key: 'a', Value: 'b + c / é' }];
    const PublicAccessBlockConfiguration = { ...ALL_BLOCKED, BlockPublicAcls: false };
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' as const };
    const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }];
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(
      PublicAccessBlockConfiguration,
    );
    expect((await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls).toEqual(
      OwnershipControls,
    );
    expect((await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration).toMatchObject(
      {
        Rules,
      },
    );
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  });

  test.each([
    [
      'a key twice',
      [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
    ],
    ['a key of AWS', [{ Key: 'aws:a', Value: '1' }]],
    ['too long a key', [{ Key: 'a'.repeat(129), Value: '1' }]],
    ['too long a value', [{ Key: 'a', Value: 'v'.repeat(257) }]],
    ['odd characters', [{ Key: 'a', Value: '<>' }]],
  ])('refuses tags with %s', async (_, TagSet) => {
    const put = sandbox.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect(await refusalOf(put)).toMatchObject({ name: 'InvalidTag', status: 400 });
  });

  test('is nothing that the sandbox does not have', async () => {
    expect(await refusalOf(sandbox.s3.send(new GetBucketAclCommand({ Bucket })))).toMatchObject({
      name: 'NotImplemented',
      status: 501,
    });
  });
});

describe('the policy of a bucket', () => {
  const arn = `arn:aws:s3:::${Bucket}`;
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] };
  const tlsOnly = policy({ ...deny, Sid: 'TlsOnly', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const put = (Policy: string) => sandbox.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  beforeEach(() => createBucket(sandbox));

  test('is kept as it was put, and gone when it was deleted', async () => {
    await put(tlsOnly);
    expect((await sandbox.s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(tlsOnly);
    await sandbox.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await refusalOf(sandbox.s3.send(new GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
  });

  test('that takes only TLS takes what comes to the address of the sandbox, and nothing else', async () => {
    await put(tlsOnly);
    await sandbox.s3.send(new HeadBucketCommand({ Bucket }));
    const { port } = new URL(sandbox.origin);
    const { s3 } = clientsAt(`http://127.0.0.2:${port}`.replace('127.0.0.2', 'localhost'));
    s3.config.forcePathStyle = true;
    const refused = await refusalOf(s3.send(new ListObjectsV2Command({ Bucket })));
    expect(refused).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(refused.message).toContain('with an explicit deny in a resource-based policy');
  });

  test('binds the administrator too', async () => {
    await put(policy({ ...deny, Action: 's3:PutObject', Resource: `${arn}/locked/*` }));
    const refused = await refusalOf(sandbox.s3.send(new PutObjectCommand({ Bucket, Key: 'locked/a', Body: 'x' })));
    expect(refused.message).toBe(
      `User: arn:aws:iam::${ACCOUNT}:user/sandbox is not authorized to perform: s3:PutObject on resource: "${arn}/locked/a" with an explicit deny in a resource-based policy`,
    );
    await sandbox.s3.send(new PutObjectCommand({ Bucket, Key: 'open/a', Body: 'x' }));
  });

  test.each([
    ['is no JSON', 'nonsense'],
    ['names nobody', policy({ Effect: 'Deny', Action: 's3:*', Resource: arn })],
    ['is about another bucket', policy({ ...deny, Resource: 'arn:aws:s3:::other/*' })],
    ['has an unknown member', policy({ ...deny, Actions: 's3:*' })],
    ['has a condition that nobody knows', policy({ ...deny, Condition: { Strings: { a: 'b' } } })],
  ])('is refused where it %s', async (_, text) => {
    expect(await refusalOf(put(text))).toMatchObject({ name: 'MalformedPolicy', status: 400 });
  });

  test('is refused where it lets everybody in', async () => {
    const refused = await refusalOf(put(policy({ ...deny, Effect: 'Allow' })));
    expect(refused).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(refused.message).toContain('BlockPublicPolicy');
  });
});

describe('XML', () => {
  const put = (path: string, body: string) => {
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
    return send(byHand(sandbox.origin, { method: path.endsWith('delete') ? 'POST' : 'PUT', path, body, headers }));
  };
  beforeEach(() => createBucket(sandbox));

  test.each([
    ['is none', 'nonsense'],
    ['is something else', '<Other/>'],
    ['has a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Tagging><TagSet/></Tagging>'],
    ['is nested without end', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`],
    ['is very large', `<Tagging><TagSet>${'<Tag/>'.repeat(1_500_000)}</TagSet></Tagging>`],
  ])('that %s is refused', async (_, body) => {
    const { status, text } = await put(`/${Bucket}?tagging`, body);
    expect(status).toBe(400);
    expect(text).toContain('<Code>MalformedXML</Code>');
  });

  test('with a list that is far too long is refused, and not for ever looked at', async () => {
    const body = `<Delete>${'<Object><Key>a</Key></Object>'.repeat(250_000)}</Delete>`;
    expect((await put(`/${Bucket}?delete`, body)).text).toContain('<Code>MalformedXML</Code>');
  });
});
