import { createHash } from 'node:crypto';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListFunctionsCommand, ListTagsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, HeadBucketCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSignedWith, sign, signatureOf } from '../../../src/sandbox/aws/sigv4.ts';
import { ADMIN, type AwsSandbox, clientsAt, openAws, refusalOf } from './aws-sandbox.ts';

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
  const url = (path: string) => new URL(path, sandbox.origin);
  const scope = { accessKeyId: ADMIN.accessKeyId, date: '20261124', region: 'us-east-1', service: 's3' };
  const requestFor = (bytes: Uint8Array, hash: string, extra: Record<string, string> = {}) => {
    const signedHeaders = ['host', 'x-amz-content-sha256', 'x-amz-date', ...Object.keys(extra)].sort();
    const target = url('/none/key');
    const headers = { host: target.host, 'x-amz-content-sha256': hash, 'x-amz-date': '20261124T100000Z', ...extra };
    const incoming = { method: 'PUT', url: target, headers, bytes, now: 0 };
    const signature = sign(ADMIN.secretAccessKey, incoming, { ...scope, signedHeaders, presigned: false });
    const credential = `${scope.accessKeyId}/${scope.date}/${scope.region}/${scope.service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
    return { ...incoming, headers: { ...headers, authorization } };
  };
  const send = async ({ method, url, headers, bytes }: ReturnType<typeof requestFor>) => {
    const { host: _host, ...rest } = headers;
    const answer = await fetch(url, { method, headers: rest, body: Buffer.from(bytes) });
    return { status: answer.status, body: await answer.text() };
  };
  const hello = Buffer.from('hello');
  const hash = createHash('sha256').update(hello).digest('hex');

  test.each([
    ['its hash', hash, 404],
    ['no hash', 'UNSIGNED-PAYLOAD', 404],
  ])('may sign its body with %s', async (_, sent, status) => {
    expect(await send(requestFor(hello, sent))).toMatchObject({ status });
  });

  test('with another body than was signed is refused', async () => {
    const { status, body } = await send(requestFor(Buffer.from('other'), hash));
    expect(status).toBe(400);
    expect(body).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  test('with a header that says what to do and was not signed is refused', async () => {
    const request = requestFor(hello, hash);
    const { body } = await send({ ...request, headers: { ...request.headers, 'x-amz-acl': 'public-read' } });
    expect(body).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  test('for a service that is not there is refused', async () => {
    const request = requestFor(hello, hash);
    const authorization = request.headers.authorization.replace('/s3/', '/ec2/');
    const { status, body } = await send({ ...request, headers: { ...request.headers, authorization } });
    expect(status).toBe(400);
    expect(body).toContain('AuthorizationHeaderMalformed');
  });

  test('whose signature cannot be read has none', () => {
    const request = requestFor(hello, hash);
    const signature = signatureOf(request);
    expect(signature && isSignedWith(ADMIN.secretAccessKey, request, signature)).toBe(true);
    expect(
      signatureOf({ ...request, headers: { ...request.headers, authorization: 'AWS4-HMAC-SHA256 x' } }),
    ).toBeUndefined();
  });
});
