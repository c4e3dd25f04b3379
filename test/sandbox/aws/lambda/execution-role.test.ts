import { fileURLToPath } from 'node:url';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateFunctionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SEED } from '../../../../src/sandbox/seed.ts';
import { type AwsSandbox, LAMBDA_TRUST, openAws, policy, refusalOf, zipOf } from '../aws-sandbox.ts';
import { groupOf, invoke, loggedBy, makeFunction, makeRole, mayLog, roleArn } from './running.ts';

let sandbox: AwsSandbox;
beforeAll(async () => {
  sandbox = await openAws({ functions: true });
});
afterEach(() => sandbox.faults.set([]));
afterAll(() => sandbox.close());

const putPolicy = (RoleName: string, ...statements: readonly object[]) =>
  sandbox.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) }));

describe('the function that saves a payment', () => {
  const Bucket = 'dev-eo';
  const FUNCTION = 'dev-save';
  const mayPut = { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  const save = (paymentId: string) => invoke(sandbox, FUNCTION, { paymentId, phoneNumber: 'tel:+13175550123' });
  const keys = () => sandbox.world.list('objects').map(({ key }) => key);

  beforeAll(async () => {
    await sandbox.s3.send(new CreateBucketCommand({ Bucket }));
    await makeRole(sandbox, FUNCTION, mayLog(FUNCTION), mayPut);
    const { outputFiles } = buildSync({
      entryPoints: [fileURLToPath(new URL('../../../../lambdas/save-data/handler.ts', import.meta.url))],
      outfile: 'index.cjs',
      bundle: true,
      platform: 'node',
      target: 'node20.17',
      write: false,
    });
    await makeFunction(
      sandbox,
      FUNCTION,
      { 'index.cjs': outputFiles[0]?.text ?? '' },
      {
        Role: roleArn(FUNCTION),
        Environment: { Variables: { BUCKET_NAME: Bucket } },
      },
    );
  });

  test('stores it with its own keys, and only once', async () => {
    expect((await save('p-1')).answer).toEqual({ message: 'Payment saved', ok: true });
    const { Body } = await sandbox.s3.send(new GetObjectCommand({ Bucket, Key: 'payments/p-1.json' }));
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({ phoneNumber: '+13175550123' });
    const { caller } = sandbox.history.entries().findLast(({ operation }) => operation === 'PutObject') ?? {};
    expect(caller).toBe(`arn:aws:sts::${SEED.account}:assumed-role/${FUNCTION}/${FUNCTION}`);
    expect((await save('p-1')).answer).toEqual({ message: 'Payment was saved before', ok: true });
  });

  test('asks again where another write is under way', async () => {
    sandbox.faults.set([
      {
        match: { service: 's3', operation: 'PutObject', nth: 1 },
        when: 'before',
        then: 'refuse',
        status: 409,
        code: 'ConditionalRequestConflict',
      },
    ]);
    expect((await save('p-2')).answer).toEqual({ message: 'Payment saved', ok: true });
  });

  test.each([
    ['nothing', []],
    ['only read', [{ ...mayPut, Action: 's3:GetObject' }]],
    ['write elsewhere', [{ ...mayPut, Resource: `arn:aws:s3:::${Bucket}/elsewhere/*` }]],
    ['write, but is denied it', [mayPut, { ...mayPut, Effect: 'Deny' }]],
  ])('fails when its role may %s', async (what, statements) => {
    await putPolicy(FUNCTION, mayLog(FUNCTION), ...statements);
    const paymentId = `p-${what.replaceAll(/\W+/g, '-')}`;
    const { error, answer } = await save(paymentId);
    expect(error).toBe('Unhandled');
    expect(answer.errorMessage).toMatch(/^The payment could not be saved: AccessDenied \(request .+\)$/);
    expect(keys()).not.toContain(`payments/${paymentId}.json`);
  });
});

describe('the log of a function', () => {
  const code = 'export const handler = async () => console.log("heard");';

  test('is not kept where its role may not write it, and the function does not notice', async () => {
    await makeFunction(sandbox, 'mute', code);
    await sandbox.iam.send(new DeleteRolePolicyCommand({ RoleName: 'mute', PolicyName: 'own' }));
    expect(await invoke(sandbox, 'mute')).toMatchObject({ error: undefined, answer: null });
    await putPolicy('mute', mayLog('another'));
    await invoke(sandbox, 'mute');
    expect(await loggedBy(sandbox, 'mute')).toEqual([]);
    await putPolicy('mute', mayLog('mute'));
    await invoke(sandbox, 'mute');
    expect((await loggedBy(sandbox, 'mute')).join('')).toContain('heard');
  });

  test('gets a group only where its role may make one', async () => {
    const groups = async () => {
      const { logGroups } = await sandbox.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: groupOf('new') }),
      );
      return logGroups?.map(({ logGroupName, retentionInDays }) => ({ logGroupName, retentionInDays }));
    };
    await makeRole(sandbox, 'new', mayLog('new'));
    await sandbox.lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'new',
        Role: roleArn('new'),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipOf(code) },
      }),
    );
    await invoke(sandbox, 'new');
    expect(await groups()).toEqual([]);
    await putPolicy('new', { ...mayLog('new'), Action: 'logs:*' });
    await invoke(sandbox, 'new');
    expect(await groups()).toEqual([{ logGroupName: groupOf('new'), retentionInDays: undefined }]);
  });

  test('goes where its configuration says', async () => {
    await makeFunction(sandbox, 'here', code);
    await makeFunction(sandbox, 'there', code, { LoggingConfig: { LogGroup: groupOf('here') } });
    await putPolicy('there', mayLog('here'));
    await invoke(sandbox, 'there');
    expect(await loggedBy(sandbox, 'there')).toEqual([]);
    expect((await loggedBy(sandbox, 'here')).join('')).toContain('heard');
  });
});

describe('a function whose role', () => {
  const code = 'export const handler = async () => 1;';
  const makeAnew = async (name: string) => {
    await sandbox.iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: 'own' }));
    await sandbox.iam.send(new DeleteRoleCommand({ RoleName: name }));
    await makeRole(sandbox, name, mayLog(name));
  };

  test('was made anew under the same ARN is broken until it is given the role again', async () => {
    await makeFunction(sandbox, 'anew', code);
    await makeAnew('anew');
    const refused = await refusalOf(invoke(sandbox, 'anew'));
    expect(refused).toMatchObject({ name: 'KMSAccessDeniedException', status: 502 });
    expect(refused.message).toMatch(/^Lambda was unable to decrypt the environment variables/);
    await sandbox.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'anew', Role: roleArn('anew') }));
    expect((await invoke(sandbox, 'anew')).answer).toBe(1);
  });

  test.each([
    ['is gone', (name: string) => sandbox.iam.send(new DeleteRoleCommand({ RoleName: name }))],
    [
      'no longer trusts Lambda',
      (RoleName: string) => {
        const PolicyDocument = LAMBDA_TRUST.replace('lambda.', 'ec2.');
        return sandbox.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      },
    ],
  ])('%s cannot be invoked', async (what, spoil) => {
    const name = what.replaceAll(' ', '-');
    await makeRole(sandbox, name);
    await makeFunction(sandbox, name, code, { Role: roleArn(name) });
    await spoil(name);
    expect(await refusalOf(invoke(sandbox, name))).toEqual({
      name: 'AccessDeniedException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
      status: 403,
    });
  });
});
