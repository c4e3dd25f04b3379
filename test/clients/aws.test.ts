import { inspect } from 'node:util';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionCommand } from '@aws-sdk/client-lambda';
import { GetBucketTaggingCommand, HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import { type Aws, type AwsOptions, awsIdentity, connectAws } from '../../src/clients/aws.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { SetupError } from '../../src/errors/setup-error.ts';
import { type Answer, cutOff, hangUp, inTurn, json, type LocalServer, startServer, text } from './local-server.ts';
import { createWaiting } from './waiting.ts';

const SECRET = 'hunter2hunter2hunter2hunter2hunter2hunte';
const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: 'session-hunter2' };

let server: LocalServer;
afterEach(() => server.close());

async function account(answer: Answer, options: Partial<AwsOptions> = {}) {
  server = await startServer(answer);
  const waiting = createWaiting();
  const env = { ...keys, AWS_ENDPOINT_URL: server.origin };
  return { waiting, aws: connectAws({ region: 'eu-west-1', env, ...waiting, ...options }) };
}

const xml = (status: number, body: string) => text(status, body, { 'content-type': 'text/xml' });
const identity = xml(
  200,
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws-us-gov:iam::123456789012:user/x</Arn><UserId>U</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
);
const exists = xml(
  409,
  '<ErrorResponse><Error><Type>Sender</Type><Code>EntityAlreadyExists</Code><Message>Role with name x already exists.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
);
const CREATED =
  '<CreateRoleResponse><CreateRoleResult><Role><RoleName>x</RoleName><RoleId>AROA</RoleId></Role></CreateRoleResult></CreateRoleResponse>';
const role = xml(200, CREATED);
const createRole = () => new CreateRoleCommand({ RoleName: 'x', AssumeRolePolicyDocument: '{}' });

/** One command of every service, by the name it should have in errors. */
const commands = [
  ['S3', 'HeadBucket', ({ s3 }: Aws) => s3.send(new HeadBucketCommand({ Bucket: 'x' }))],
  [
    'S3',
    'PutObject',
    ({ s3 }: Aws) => s3.send(new PutObjectCommand({ Bucket: 'x', Key: 'y', Body: Buffer.from('z') })),
  ],
  ['IAM', 'GetRole', ({ iam }: Aws) => iam.send(new GetRoleCommand({ RoleName: 'x' }))],
  ['Lambda', 'GetFunction', ({ lambda }: Aws) => lambda.send(new GetFunctionCommand({ FunctionName: 'x' }))],
  ['CloudWatch Logs', 'CreateLogGroup', ({ logs }: Aws) => logs.send(new CreateLogGroupCommand({ logGroupName: 'x' }))],
  ['STS', 'GetCallerIdentity', awsIdentity],
] as const;

describe('connecting', () => {
  test('needs a region', async () => {
    await expect(account(identity, { region: '' })).rejects.toThrow(SetupError);
    expect(server.seen).toEqual([]);
  });

  test("leaves the caller's environment and stderr as they were", async () => {
    const before = { ...process.env };
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on('warning', warn);
    await account(identity);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warn);
    expect(process.env).toEqual(before);
    expect(warnings).toEqual([]);
  });

  test('uses the keys, the region and the endpoint that it is given, and signs for each service', async () => {
    const { aws } = await account(hangUp);
    const ends = commands.map(([, , run]) => run(aws).catch(() => undefined));
    await Promise.all(ends);
    const scopes = server.seen.map(({ headers }) => /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1]);
    const services = scopes.map((scope) =>
      scope?.replace(/^AKIAEXAMPLE\/\d{8}\/eu-west-1\/(\w+)\/aws4_request$/, '$1'),
    );
    expect([...new Set(services)].toSorted()).toEqual(['iam', 'lambda', 'logs', 's3', 'sts']);
    expect(new Set(server.seen.map(({ headers }) => headers['x-amz-security-token']))).toEqual(
      new Set(['session-hunter2']),
    );
  });

  test('puts a profile before keys, and says so where there is none of that name', async () => {
    const { aws } = await account(identity, { profile: 'no-such-profile-of-ours' });
    await expect(awsIdentity(aws)).rejects.toMatchObject({
      code: 'CredentialsProviderError',
      message: expect.stringContaining('profile: [no-such-profile-of-ours]'),
      retryable: false,
    });
    expect(server.seen).toEqual([]);
  });

  test('puts the bucket in the path where the endpoint is an address', async () => {
    const { aws } = await account(text(200, ''));
    await aws.s3.send(new HeadBucketCommand({ Bucket: 'my-bucket' }));
    expect(server.seen[0]?.url).toMatch(/^\/my-bucket\/?$/);
  });

  test("prefers a service's own endpoint, unless endpoints are to be ignored", async () => {
    const { waiting, aws } = await account(identity);
    const nowhere = 'http://127.0.0.1:1';
    const own = { ...keys, AWS_ENDPOINT_URL: nowhere, AWS_ENDPOINT_URL_STS: server.origin };
    await awsIdentity(connectAws({ region: 'eu-west-1', env: own, ...waiting }));
    expect(server.seen).toHaveLength(1);
    expect(await awsIdentity(aws)).toEqual({
      account: '123456789012',
      arn: 'arn:aws-us-gov:iam::123456789012:user/x',
      partition: 'aws-us-gov',
    });
  });

  test('says so where AWS does not say who we are', async () => {
    const { aws } = await account(xml(200, '<GetCallerIdentityResponse></GetCallerIdentityResponse>'));
    await expect(awsIdentity(aws)).rejects.toThrow('AWS did not say who we are');
  });
});

describe('a command', () => {
  test.each(commands)(
    'of %s, %s, is sent again after what may pass, then fails under its name',
    async (service, operation, run) => {
      const { aws } = await account(text(503, ''));
      await expect(run(aws)).rejects.toMatchObject({ service, operation, status: 503, retryable: true });
      expect(server.seen).toHaveLength(6);
      expect(new Set(server.seen.map(({ method, url, body }) => `${method} ${url} ${body}`)).size).toBe(1);
    },
  );

  test('keeps its name among others that are sent at the same time', async () => {
    const { aws } = await account(text(403, ''));
    const iam = [createRole(), new GetRoleCommand({ RoleName: 'x' }), createRole()];
    const names = iam.map((command) =>
      aws.iam
        .send(command as GetRoleCommand)
        .catch((error: unknown) => error instanceof VendorError && error.operation),
    );
    expect(await Promise.all(names)).toEqual(['CreateRole', 'GetRole', 'CreateRole']);
  });

  test.each([
    ['a hang-up before the headers', hangUp],
    ['a hang-up after the headers', cutOff],
    ['a 502 without a body', text(502, '')],
    ['half of an answer', xml(200, '<CreateRoleResponse><CreateRole')],
    ["a proxy's page with a good status", text(200, '<html></html>', { 'content-type': 'text/html' })],
    ["a proxy's page with a bad status", text(502, '<html></html>', { 'content-type': 'text/html' })],
    ['too many requests', text(429, '', { 'retry-after': '1' })],
  ])('succeeds after %s', async (_, answer) => {
    const { aws } = await account(inTurn(answer, role));
    expect((await aws.iam.send(createRole())).Role?.RoleId).toBe('AROA');
    expect(server.seen).toHaveLength(2);
  });

  test("is not taken for done where a proxy's page says so", async () => {
    const { aws } = await account(text(200, '<html></html>', { 'content-type': 'text/html' }));
    await expect(aws.s3.send(new HeadBucketCommand({ Bucket: 'x' }))).rejects.toMatchObject({
      code: 'ERR_BAD_RESPONSE',
    });
  });

  test('takes an answer that is only labelled as a page for what it is', async () => {
    const asPage = { 'content-type': 'text/html; charset=utf-8' };
    const { aws } = await account((response, seen) =>
      (seen.method === 'POST' ? text(200, CREATED, asPage) : text(200, '', { ...asPage, 'x-amzn-requestid': 'r-1' }))(
        response,
        seen,
      ),
    );
    expect((await aws.iam.send(createRole())).Role?.RoleId).toBe('AROA');
    await aws.s3.send(new HeadBucketCommand({ Bucket: 'x' }));
    expect(server.seen).toHaveLength(2);
  });

  test('reads a refusal that is labelled as a page', async () => {
    const refusal = '<Error><Code>NoSuchTagSet</Code><Message>The TagSet does not exist</Message></Error>';
    const { aws } = await account(text(404, refusal, { 'content-type': 'text/html' }));
    await expect(aws.s3.send(new GetBucketTaggingCommand({ Bucket: 'x' }))).rejects.toMatchObject({
      status: 404,
      code: 'NoSuchTagSet',
    });
    expect(server.seen).toHaveLength(1);
  });

  test('fails at once with what will not pass', async () => {
    const { aws } = await account(exists);
    await expect(aws.iam.send(createRole())).rejects.toMatchObject({
      status: 409,
      code: 'EntityAlreadyExistsException',
      message: 'Role with name x already exists.',
      retryable: false,
    });
    expect(server.seen).toHaveLength(1);
  });

  test('waits as long as it is told', async () => {
    const busy = json(
      429,
      { Type: 'User', message: 'Rate exceeded' },
      {
        'x-amzn-errortype': 'TooManyRequestsException',
        'retry-after': '17',
      },
    );
    const { aws, waiting } = await account(inTurn(busy, json(200, {})));
    await aws.lambda.send(new GetFunctionCommand({ FunctionName: 'x' }));
    expect(waiting.clock.now()).toBe(17_000);
    expect(waiting.notes).toEqual(['Lambda, which did not take GetFunction (HTTP 429): trying again in 17 s']);
  });

  const upload = new CreateFunctionCommand({ FunctionName: 'x', Role: 'r', Code: { ZipFile: Buffer.from('x') } });
  test.each([
    ['30 s', 30_000, ({ lambda }: Aws) => lambda.send(new GetFunctionCommand({ FunctionName: 'x' }))],
    ['2 min, as it uploads,', 120_000, ({ lambda }: Aws) => lambda.send(upload)],
  ])('is given up, and its connection cut, after %s without an answer', async (_, ms, run) => {
    const waiting = createWaiting();
    const stall: Answer = (response) => {
      const gone = new AbortController();
      response.on('close', () => {
        waiting.stop();
        gone.abort();
      });
      waiting.clock.sleepInside(86_400_000, gone.signal).catch(() => undefined);
    };
    const { aws } = await account(stall, waiting);
    await expect(run(aws)).rejects.toThrow('no answer within');
    expect(waiting.clock.now()).toBe(ms);
    expect(server.seen).toHaveLength(1);
  });

  test('of a part of the run ends with that part, and with it only', async () => {
    const busy = text(429, '', { 'retry-after': '50' });
    const part = new AbortController();
    const note = () => part.abort(new Error('another step failed'));
    const { aws } = await account(inTurn(busy, role), { note });
    const { iam } = aws.within(part.signal);
    await expect(iam.send(createRole())).rejects.toThrow('another step failed');
    await expect(iam.send(createRole())).rejects.toThrow('another step failed');
    expect(server.seen).toHaveLength(1);
    expect((await aws.iam.send(createRole())).Role?.RoleId).toBe('AROA');
  });

  test('shows no secret where it fails', async () => {
    const { aws } = await account(hangUp);
    for (const [, , run] of commands) {
      const error = await run(aws).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(VendorError);
      expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(/hunter2|Signature=/);
    }
  });
});
