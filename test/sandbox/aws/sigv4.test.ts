import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListFunctionsCommand, ListTagsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, HeadBucketCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aws } from '../../../src/sandbox/aws/index.ts';
import { isSignedWith, signatureOf } from '../../../src/sandbox/aws/sigv4.ts';
import { ADMIN, type AwsSandbox, clientsAt, openAws, refusalOf } from './aws-sandbox.ts';
import { byHand, send, sha256 } from './by-hand.ts';

let sandbox: AwsSandbox;
beforeAll(async () => {
  sandbox = await openAws();
});
afterAll(() => sandbox.close());

const calls = {
  s3: (clients: ReturnType<typeof clientsAt>) => clients.s3.send(new ListBucketsCommand({})),
  iam: (clients: ReturnType<typeof clientsAt>) => clients.iam.send(new ListRolesCommand({})),
  sts: (clients: ReturnType<typeof clientsAt>) => clients.sts.send(new GetCallerIdentityCommand({})),
  lambda: (clients: ReturnType<typeof clientsAt>) => clients.lambda.send(new ListFunctionsCommand({})),
  logs: (clients: ReturnType<typeof clientsAt>) => clients.logs.send(new DescribeLogGroupsCommand({})),
};

describe('a key that nobody has', () => {
  test.each([
    ['s3', 'InvalidAccessKeyId'],
    ['iam', 'InvalidClientTokenId'],
    ['sts', 'InvalidClientTokenId'],
    ['lambda', 'UnrecognizedClientException'],
    ['logs', 'UnrecognizedClientException'],
  ] as const)('is refused by %s as %s', async (service, name) => {
    const clients = clientsAt(sandbox.origin, { ...ADMIN, accessKeyId: 'AKIANOBODY' });
    expect(await refusalOf(calls[service](clients))).toMatchObject({ name, status: 403 });
  });
});

describe('a wrong secret', () => {
  test.each([
    ['s3', 'SignatureDoesNotMatch'],
    ['iam', 'SignatureDoesNotMatch'],
    ['sts', 'SignatureDoesNotMatch'],
    ['lambda', 'InvalidSignatureException'],
    ['logs', 'InvalidSignatureException'],
  ] as const)('is refused by %s as %s', async (service, name) => {
    const clients = clientsAt(sandbox.origin, { ...ADMIN, secretAccessKey: 'wrong' });
    expect(await refusalOf(calls[service](clients))).toMatchObject({ name, status: 403 });
  });
});

test.each(['s3', 'iam', 'sts', 'lambda', 'logs'] as const)('the right secret is good for %s', async (service) => {
  await calls[service](sandbox);
});

test('paths and keys with every kind of character are signed alike on both sides', async () => {
  const key = "a b/é+c//!'()*~&=?#%25:@$.json";
  await sandbox.s3.send(new PutObjectCommand({ Bucket: 'none', Key: key, Body: 'x' })).catch(() => undefined);
  expect(await refusalOf(sandbox.s3.send(new GetObjectCommand({ Bucket: 'none', Key: key })))).toMatchObject({
    name: 'NoSuchBucket',
  });
  const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:none';
  expect(await refusalOf(sandbox.lambda.send(new ListTagsCommand({ Resource })))).toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('another region than the one there is is refused, except by the services that have none', async () => {
  const there = clientsAt(sandbox.origin, ADMIN, 'eu-west-1');
  const refused = await refusalOf(calls.s3(there));
  expect(refused).toMatchObject({ name: 'AuthorizationHeaderMalformed', status: 400 });
  expect(refused.message).toContain("the region 'eu-west-1' is wrong; expecting 'us-east-1'");
  expect(await refusalOf(calls.lambda(there))).toMatchObject({ name: 'InvalidSignatureException' });
  await calls.sts(there);
  await calls.iam(there);
});

test('a session needs its token, and ends', async () => {
  const key = { accessKeyId: 'ASIAX', secretAccessKey: 's', sessionToken: 't' };
  const principalArn = 'arn:aws:iam::123456789012:user/temporary';
  sandbox.put({ collection: 'access-keys', id: 'ASIAX', item: { ...key, principalArn } });
  expect(await calls.sts(clientsAt(sandbox.origin, key))).toMatchObject({ Arn: principalArn });
  const without = clientsAt(sandbox.origin, { accessKeyId: 'ASIAX', secretAccessKey: 's' });
  expect(await refusalOf(calls.sts(without))).toMatchObject({ name: 'InvalidClientTokenId' });
  expect(await refusalOf(calls.s3(without))).toMatchObject({ name: 'InvalidToken' });
  sandbox.put({ collection: 'access-keys', id: 'ASIAX', item: { ...key, principalArn, expiresAt: 1 } });
  // Its name in the SDK; on the wire it is ExpiredToken.
  expect(await refusalOf(calls.sts(clientsAt(sandbox.origin, key)))).toMatchObject({
    name: 'ExpiredToken',
    status: 403,
  });
  expect(await refusalOf(calls.lambda(clientsAt(sandbox.origin, key)))).toMatchObject({
    name: 'ExpiredTokenException',
  });
});

test('a HEAD is refused by its status alone', async () => {
  const clients = clientsAt(sandbox.origin, { ...ADMIN, secretAccessKey: 'wrong' });
  expect(await refusalOf(clients.s3.send(new HeadBucketCommand({ Bucket: 'none' })))).toMatchObject({ status: 403 });
  expect(await refusalOf(sandbox.s3.send(new HeadBucketCommand({ Bucket: 'none' })))).toMatchObject({
    name: 'NotFound',
    status: 404,
  });
});

describe('a request by hand', () => {
  const request = (body: string, hash?: string) =>
    byHand(sandbox.origin, { path: '/none/key', body, ...(hash && { hash }) });

  test.each([
    ['its hash', undefined, 404],
    ['no hash', 'UNSIGNED-PAYLOAD', 404],
  ])('may sign its body with %s', async (_, hash, status) => {
    expect(await send(request('hello', hash))).toMatchObject({ status });
  });

  test('with another body than was signed is refused', async () => {
    const { status, text } = await send(request('other', sha256('hello')));
    expect(status).toBe(400);
    expect(text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  test('with a header that says what to do and was not signed is refused', async () => {
    const signed = request('hello');
    const { text } = await send({ ...signed, headers: { ...signed.headers, 'x-amz-acl': 'public-read' } });
    expect(text).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  test('for a service that is not there is refused', async () => {
    const { status, text } = await send(byHand(sandbox.origin, { path: '/none/key', service: 'ec2' }));
    expect(status).toBe(400);
    expect(text).toContain('AuthorizationHeaderMalformed');
  });

  test('by a page in a browser is refused, however well it is signed', async () => {
    const signed = request('hello');
    const refused = await send({ ...signed, headers: { ...signed.headers, origin: 'http://127.0.0.1' } });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('<Code>AccessDenied</Code>');
    // A name of somebody else's that leads to this machine is what a page may be loaded from.
    const rebound = { ...signed, headers: { ...signed.headers, host: 'evil.example' } };
    expect(() => aws.match(rebound)).toThrow('not to web pages');
  });

  test('whose path goes up is taken for what it says after that, and so is not signed', async () => {
    const refused = await refusalOf(sandbox.s3.send(new PutObjectCommand({ Bucket: 'none', Key: '../x', Body: 'x' })));
    expect(refused).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 });
  });

  test('whose signature cannot be read has none', () => {
    const signed = request('hello');
    const signature = signatureOf(signed);
    expect(signature && isSignedWith(ADMIN.secretAccessKey, signed, signature)).toBe(true);
    const headers = { ...signed.headers, authorization: 'AWS4-HMAC-SHA256 x' };
    expect(signatureOf({ ...signed, headers })).toBeUndefined();
  });
});
