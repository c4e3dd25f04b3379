import { createHash } from 'node:crypto';
import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketAclCommand,
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

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
});
afterEach(() => sandbox.close());

const Bucket = 'dev-eo';
const create = (members: Partial<CreateBucketCommandInput> = {}, { s3 }: Pick<AwsSandbox, 's3'> = sandbox) =>
  s3.send(new CreateBucketCommand({ Bucket, ...members }));
const foreign = (name: string) =>
  sandbox.put({
    collection: 'buckets',
    id: name,
    item: { name, owner: '999999999999', region: 'us-east-1', createdAt: 0, tags: [], encryption: {} },
  });

describe('a new bucket', () => {
  test('is private, encrypted and owned by its owner alone', async () => {
    expect(await create()).toMatchObject({ Location: `/${Bucket}` });
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
    await create({ CreateBucketConfiguration: { Tags } });
    expect((await sandbox.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(Tags);
  });

  test('has neither tags nor a policy unless they are put', async () => {
    await create();
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
    expect(await refusalOf(create({ Bucket: name }))).toMatchObject({ name: 'InvalidBucketName', status: 400 });
  });

  test('belongs to the account in its own namespace', async () => {
    const name = `dev-eo-${ACCOUNT}-us-east-1-an`;
    await create({ Bucket: name, BucketNamespace: 'account-regional' });
    expect(await refusalOf(create({ BucketNamespace: 'account-regional' }))).toMatchObject({
      name: 'InvalidBucketName',
      status: 400,
    });
  });
});

describe('creating a bucket again', () => {
  test('changes nothing in us-east-1', async () => {
    await create({ CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: '1' }] } });
    await create({ CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: '2' }] } });
    expect((await sandbox.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'a', Value: '1' }]);
    expect(sandbox.history.entries().map(({ committed }) => committed)).toEqual([true, false, false]);
  });

  test('is refused in every other region', async () => {
    const there = await openAws({ region: 'eu-west-1' });
    const members = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } };
    await create(members, there);
    expect(await refusalOf(create(members, there))).toMatchObject({ name: 'BucketAlreadyOwnedByYou', status: 409 });
    const { LocationConstraint } = await there.s3.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).toBe('eu-west-1');
    await there.close();
  });

  test('is refused where another account has it', async () => {
    foreign(Bucket);
    expect(await refusalOf(create())).toMatchObject({ name: 'BucketAlreadyExists', status: 409 });
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
    expect(await refusalOf(create(members, there))).toMatchObject({ name, status: 400 });
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

describe('what is set on a bucket', () => {
  beforeEach(() => create());

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

describe('the owner', () => {
  test('has to be the one that the caller expects', async () => {
    await create();
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

describe('the policy of a bucket', () => {
  const arn = `arn:aws:s3:::${Bucket}`;
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] };
  const tlsOnly = policy({ ...deny, Sid: 'TlsOnly', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const put = (Policy: string) => sandbox.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  beforeEach(() => create());

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
  beforeEach(() => create());

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

  test('with a very long list is refused as soon as any', async () => {
    const body = `<Delete>${'<Object><Key>a</Key></Object>'.repeat(100_000)}</Delete>`;
    expect((await put(`/${Bucket}?delete`, body)).text).toContain('<Code>MalformedXML</Code>');
  });
});

describe('deleting a bucket', () => {
  test('needs it to be empty', async () => {
    await create();
    await sandbox.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const remove = () => sandbox.s3.send(new DeleteBucketCommand({ Bucket }));
    expect(await refusalOf(remove())).toMatchObject({ name: 'BucketNotEmpty', status: 409 });
    sandbox.world.remove('objects', `${Bucket}/k`);
    await remove();
    expect(await refusalOf(remove())).toMatchObject({ name: 'NoSuchBucket', status: 404 });
  });
});
