import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEED } from '../../src/sandbox/seed.ts';
import { LAMBDA_TRUST, policy, zipOf } from '../sandbox/aws/aws-sandbox.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { installed } from './server.ts';

let sandbox: TestSandbox;
const folder = mkdtempSync(join(tmpdir(), 'eo-cli-'));
beforeAll(async () => {
  sandbox = await openTestSandbox();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Runs the AWS CLI with what the sandbox says other programs need, and nothing else. */
async function aws(...args: readonly string[]) {
  const env = {
    ...sandbox.variables,
    AWS_DEFAULT_REGION: SEED.awsRegion,
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: folder,
    PATH: process.env['PATH'] ?? '',
  };
  const options = { cwd: folder, env, extendEnv: false, reject: false, stdin: 'ignore' } as const;
  const { exitCode, stdout, stderr } = await execa(installed('cli', 'bin', 'aws'), args, options);
  return { exit: exitCode, out: stdout, err: stderr.trim() };
}

/** What it printed, where it did what it was asked to. */
async function did(...args: readonly string[]) {
  const { exit, out, err } = await aws(...args);
  expect({ exit, err }, args.join(' ')).toEqual({ exit: 0, err: '' });
  return out.trim() === '' || !/^[{["]/.test(out.trim()) ? out.trim() : JSON.parse(out);
}

test('says who we are', async () => {
  expect(await did('sts', 'get-caller-identity')).toMatchObject({ Account: SEED.account });
});

test('takes a bucket through its life', async () => {
  writeFileSync(join(folder, 'a b.txt'), 'é\n');
  expect(await did('s3', 'mb', 's3://eo-cli-bucket')).toBe('make_bucket: eo-cli-bucket');
  await did('s3', 'cp', 'a b.txt', 's3://eo-cli-bucket/payments/a b.txt');
  expect(await did('s3', 'ls', 's3://eo-cli-bucket/payments/')).toMatch(/ 3 a b\.txt$/);
  await did('s3', 'cp', 's3://eo-cli-bucket/payments/a b.txt', 'back.txt');
  expect(readFileSync(join(folder, 'back.txt'), 'utf8')).toBe('é\n');
  expect(await aws('s3', 'rb', 's3://eo-cli-bucket')).toMatchObject({
    exit: 1,
    err: expect.stringContaining('An error occurred (BucketNotEmpty) when calling the DeleteBucket operation'),
  });
  await did('s3', 'rb', 's3://eo-cli-bucket', '--force');
  expect(await aws('s3api', 'head-bucket', '--bucket', 'eo-cli-bucket')).toMatchObject({
    exit: 255,
    err: expect.stringContaining('An error occurred (404) when calling the HeadBucket operation: Not Found'),
  });
});

const ROLE = ['--role-name', 'eo-cli-role'];
const makeRole = () => did('iam', 'create-role', ...ROLE, '--assume-role-policy-document', LAMBDA_TRUST);

test('takes a role through its life', async () => {
  await makeRole();
  const document = policy({ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' });
  await did('iam', 'put-role-policy', ...ROLE, '--policy-name', 'one', '--policy-document', document);
  expect(await did('iam', 'get-role', ...ROLE)).toMatchObject({
    Role: { RoleName: 'eo-cli-role', AssumeRolePolicyDocument: JSON.parse(LAMBDA_TRUST) },
  });
  expect(await did('iam', 'get-role-policy', ...ROLE, '--policy-name', 'one')).toMatchObject({
    PolicyDocument: JSON.parse(document),
  });
  expect((await aws('iam', 'delete-role', ...ROLE)).err).toContain('(DeleteConflict)');
  await did('iam', 'delete-role-policy', ...ROLE, '--policy-name', 'one');
  await did('iam', 'delete-role', ...ROLE);
  expect((await aws('iam', 'get-role', ...ROLE)).err).toContain('(NoSuchEntity)');
});

test('makes, waits for, invokes and deletes a function', async () => {
  await makeRole();
  const code = 'export const handler = async (event) => { console.log("hello"); return { got: event.n }; };';
  writeFileSync(join(folder, 'code.zip'), zipOf(code));
  const NAME = ['--function-name', 'eo-cli-function'];
  const made = await did(
    ...['lambda', 'create-function', ...NAME, '--role', `arn:aws:iam::${SEED.account}:role/eo-cli-role`],
    ...['--runtime', 'nodejs24.x', '--handler', 'index.handler', '--zip-file', 'fileb://code.zip'],
  );
  expect(made).toMatchObject({ FunctionName: 'eo-cli-function', Version: '$LATEST' });
  await did('lambda', 'wait', 'function-active-v2', ...NAME);
  const invoked = await did('lambda', 'invoke', ...NAME, '--payload', '{"n":7}', '--log-type', 'Tail', 'answer.json');
  expect(invoked).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(Buffer.from(invoked.LogResult, 'base64').toString()).toMatch(/\tINFO\thello\n/);
  expect(JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8'))).toEqual({ got: 7 });
  await did('lambda', 'delete-function', ...NAME);
  expect((await aws('lambda', 'get-function', ...NAME)).err).toContain('(ResourceNotFoundException)');
  await did('iam', 'delete-role', ...ROLE);
});

test('takes a log group through its life', async () => {
  const NAME = ['--log-group-name', '/aws/lambda/eo-cli'];
  await did('logs', 'create-log-group', ...NAME);
  await did('logs', 'put-retention-policy', ...NAME, '--retention-in-days', '7');
  expect(await did('logs', 'describe-log-groups', '--log-group-name-prefix', '/aws/lambda/eo-cli')).toMatchObject({
    logGroups: [{ logGroupName: '/aws/lambda/eo-cli', retentionInDays: 7 }],
  });
  expect((await aws('logs', 'create-log-group', ...NAME)).err).toContain('(ResourceAlreadyExistsException)');
  await did('logs', 'delete-log-group', ...NAME);
  expect((await did('logs', 'describe-log-groups')).logGroups).toEqual([]);
});
