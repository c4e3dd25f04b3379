import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aws } from '../../../src/sandbox/aws/index.ts';
import { openTestSandbox } from '../../support/sandbox.ts';
import { ACCOUNT, ADMIN, clientsAt, policy, zipOf } from './aws-sandbox.ts';

let top = '';
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'eo-kept-'));
});
afterEach(() => rm(top, { recursive: true }));

const SECRET = 'h1dden-value';
const Role = `arn:aws:iam::${ACCOUNT}:role/dev-role`;
const answer = { payload: Buffer.from(JSON.stringify(SECRET)), log: `${SECRET}\n` };

/** Does whatever has a secret in it: keys, environments, payloads, contents. Gives the secrets that were answered. */
async function useSecrets(origin: string): Promise<readonly string[]> {
  const { iam, lambda, s3, sts } = clientsAt(origin);
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { AWS: ACCOUNT, Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  await iam.send(new CreateRoleCommand({ RoleName: 'dev-role', AssumeRolePolicyDocument }));
  const session = { RoleArn: Role, RoleSessionName: 'session', ExternalId: SECRET };
  const { Credentials } = await sts.send(new AssumeRoleCommand(session));
  await s3.send(new CreateBucketCommand({ Bucket: 'dev-eo' }));
  await s3.send(new PutObjectCommand({ Bucket: 'dev-eo', Key: 'k', Body: SECRET }));
  const FunctionName = 'dev-f';
  const Environment = { Variables: { SOME_SECRET: SECRET } };
  const code = { Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile: zipOf(SECRET) } } as const;
  await lambda.send(new CreateFunctionCommand({ FunctionName, Role, Environment, ...code }));
  await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(`"${SECRET}"`) }));
  const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  const location = new URL(Code?.Location ?? '');
  await fetch(location);
  const { SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return [
    SECRET,
    ADMIN.secretAccessKey,
    SecretAccessKey,
    SessionToken,
    location.searchParams.get('X-Amz-Signature') ?? '',
  ];
}

test('what a sandbox keeps is for its owner only, and its history has no secret', async () => {
  const folder = join(top, 'sandbox');
  const functions = { run: () => Promise.resolve(answer), close: () => Promise.resolve() };
  const sandbox = await openTestSandbox({ protocols: [aws], functions, folder });
  const secrets = await useSecrets(sandbox.origin);
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  const shown = JSON.stringify(sandbox.history.entries());
  expect(shown).toContain('"operation":"AssumeRole"');
  expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  const names = await readdir(folder);
  const modes = await Promise.all(
    names.map(async (name) => [name, ((await stat(join(folder, name))).mode & 0o777).toString(8)]),
  );
  expect(Object.fromEntries(modes)).toEqual({ 'journal.jsonl': '600', lock: '600' });
  await sandbox.close();
  const lines = (await readFile(join(folder, 'journal.jsonl'), 'utf8')).split('\n').slice(1, -1);
  const requests = JSON.stringify(lines.map((line) => JSON.parse(line).request));
  expect(secrets.filter((secret) => requests.includes(secret))).toEqual([]);
});

test('what a web page may see of the world has no keys, contents or code', async () => {
  const functions = { run: () => Promise.resolve(answer), close: () => Promise.resolve() };
  const sandbox = await openTestSandbox({ protocols: [aws], functions });
  const secrets = await useSecrets(sandbox.origin);
  for (const collection of ['access-keys', 'objects', 'functions', 'roles']) {
    const text = await (await fetch(`${sandbox.origin}/_sandbox/world?collection=${collection}`)).text();
    expect(text).toContain('dev-');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
  await sandbox.close();
});
