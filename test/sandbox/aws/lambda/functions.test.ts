import { CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { type CreateFunctionCommandInput, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, type AwsSandbox, openAws, policy, refusalOf, zipOf } from '../aws-sandbox.ts';
import {
  ARN,
  codeHash,
  FunctionName,
  functionCalls,
  parameter,
  Role,
  RoleName,
  validation,
  ZipFile,
} from './function-calls.ts';
import { makeRole } from './running.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
  await makeRole(sandbox, RoleName);
});
afterEach(() => sandbox.close());

const { create, get, configuration, updateCode, configure, remove } = functionCalls(() => sandbox);

const missing = { name: 'ResourceNotFoundException', message: `Function not found: ${ARN}`, status: 404 };

describe('a function', () => {
  test('is shown as it was made', async () => {
    const Tags = { Environment: 'dev', 'eo-setup:step': 'pay-function' };
    await create({ Environment: { Variables: { BUCKET: 'b' } }, Architectures: ['arm64'], Timeout: 10, Tags });
    const shown = await get();
    expect(shown.Configuration).toMatchObject({
      FunctionName,
      FunctionArn: ARN,
      Role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 10,
      Architectures: ['arm64'],
      Environment: { Variables: { BUCKET: 'b' } },
      CodeSha256: codeHash(ZipFile),
      CodeSize: ZipFile.length,
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Version: '$LATEST',
      PackageType: 'Zip',
      LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` },
    });
    expect(shown.Tags).toEqual(Tags);
    expect(await configuration()).toMatchObject({ FunctionArn: ARN, State: 'Active' });
  });

  test('has the defaults of Lambda', async () => {
    const made = await create();
    expect(made).toMatchObject({ Timeout: 3, MemorySize: 128, Architectures: ['x86_64'], Description: '' });
    expect(made.Environment).toBeUndefined();
    expect((await get()).Tags).toBeUndefined();
  });

  test('gives its zip to whoever has the address, and for its own function only', async () => {
    await create();
    await create({ FunctionName: 'dev-g' });
    const { Code } = await get();
    const location = Code?.Location ?? '';
    const answer = await fetch(location);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(ZipFile));
    expect((await fetch(location.replace('dev-f/', 'dev-g/'))).status).toBe(403);
    expect((await fetch(location.replace('X-Amz-Expires=600', 'X-Amz-Expires=601'))).status).toBe(403);
  });

  test.each([[FunctionName], [ARN], [`${ARN}:$LATEST`], [`${ACCOUNT}:function:${FunctionName}`]])(
    'is found as %s',
    async (name) => {
      await create();
      expect((await get(name)).Configuration?.FunctionArn).toBe(ARN);
    },
  );

  test('that is not there is refused', async () => {
    expect(await refusalOf(get())).toEqual(missing);
    expect(await refusalOf(updateCode())).toEqual(missing);
    expect(await refusalOf(configure({ Timeout: 5 }))).toEqual(missing);
    expect(await refusalOf(remove())).toEqual(missing);
    await create();
    const elsewhere = ARN.replace('us-east-1', 'eu-west-1');
    expect(await refusalOf(get(elsewhere))).toMatchObject({ message: `Function not found: ${elsewhere}` });
    expect(await refusalOf(get(`${ARN}:7`))).toMatchObject({ message: `Function not found: ${ARN}:7` });
  });

  test('cannot be made twice', async () => {
    await create();
    expect(await refusalOf(create({ Timeout: 9 }))).toEqual({
      name: 'ResourceConflictException',
      message: `Function already exist: ${FunctionName}`,
      status: 409,
    });
    expect((await configuration()).Timeout).toBe(3);
  });

  test('is listed page by page', async () => {
    for (const name of ['c', 'a', 'b']) await create({ FunctionName: name });
    const first = await sandbox.lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
    const second = await sandbox.lambda.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
    expect(second.NextMarker).toBeUndefined();
    const names = [first, second].flatMap(({ Functions = [] }) => Functions.map((one) => one.FunctionName));
    expect(names).toEqual(['a', 'b', 'c']);
  });

  test('that is deleted leaves its log group', async () => {
    await sandbox.logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${FunctionName}` }));
    await create();
    await remove();
    expect(await refusalOf(get())).toEqual(missing);
    expect((await sandbox.logs.send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1);
  });
});

describe('what a function may not be', () => {
  test.each<[string, Partial<CreateFunctionCommandInput>, object]>([
    ['called so', { FunctionName: 'a b' }, validation],
    ['called by too long a name', { FunctionName: 'a'.repeat(65) }, validation],
    [
      'in another region',
      { FunctionName: ARN.replace('us-east-1', 'eu-west-1') },
      { name: 'ResourceNotFoundException' },
    ],
    ['as slow', { Timeout: 901 }, validation],
    ['as small', { MemorySize: 64 }, validation],
    ['for two architectures', { Architectures: ['arm64', 'x86_64'] }, validation],
    ['with a handler with a space', { Handler: 'index. handler' }, validation],
    ['without a zip', { Code: {} }, validation],
    ['in a bucket', { Code: { S3Bucket: 'b', S3Key: 'k' } }, validation],
    ['published', { Publish: true }, validation],
    ['in a network', { VpcConfig: { SubnetIds: ['subnet-1'] } }, validation],
    ['with an odd variable', { Environment: { Variables: { a: '1' } } }, validation],
    ['with a log level for text', { LoggingConfig: { SystemLogLevel: 'WARN' } }, parameter],
    ['with too much of an environment', { Environment: { Variables: { AB: 'v'.repeat(4090) } } }, parameter],
  ])('is %s', async (_, members, refusal) => {
    expect(await refusalOf(create(members))).toMatchObject(refusal);
    expect(sandbox.world.list('functions')).toEqual([]);
  });

  test.each([
    ['go1.x', /^The runtime parameter of go1\.x is no longer supported for creating or updating AWS Lambda functions/],
    ['nodejs18.x', /is no longer supported/],
    ['nodejs99.x', /^Value nodejs99\.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set/],
    ['toString', /failed to satisfy constraint/],
  ])('is of the runtime %s, now or later', async (runtime, message) => {
    const Runtime = runtime as 'nodejs24.x';
    const refused = await refusalOf(create({ Runtime }));
    expect(refused).toMatchObject(parameter);
    expect(refused.message).toMatch(message);
    await create();
    expect((await refusalOf(configure({ Runtime }))).message).toMatch(message);
  });

  test.each([['AWS_REGION'], ['AWS_LAMBDA_FUNCTION_NAME'], ['_HANDLER'], ['AWS_SECRET_ACCESS_KEY']])(
    'is with a variable %s of Lambda',
    async (name) => {
      const refused = await refusalOf(create({ Environment: { Variables: { [name]: 'x' } } }));
      expect(refused).toMatchObject(parameter);
      expect(refused.message).toContain(`Reserved keys used in this request: ${name}`);
    },
  );

  test.each([
    ['nothing', new Uint8Array()],
    ['no zip', Buffer.from('not a zip')],
    ['an empty one', zipOf({})],
    ['one with a path that goes up', zipOf({ '../index.mjs': '' })],
  ])('is made of %s', async (_, bytes) => {
    const refused = await refusalOf(create({ Code: { ZipFile: bytes } }));
    expect(refused).toMatchObject(parameter);
    expect(refused.message).toMatch(/^Could not unzip uploaded file/);
  });
});

describe('the role of a function', () => {
  const refusal = {
    ...parameter,
    message: 'The role defined for the function cannot be assumed by Lambda.',
  };

  test('has to be there', async () => {
    await sandbox.iam.send(new DeleteRoleCommand({ RoleName }));
    expect(await refusalOf(create())).toEqual(refusal);
  });

  test('has to trust Lambda', async () => {
    const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
    await sandbox.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
    expect(await refusalOf(create())).toEqual(refusal);
  });

  test('is known to Lambda only some time after it was made', async () => {
    sandbox.setProfile({ latency: {}, windows: { 'role.assumable': { reads: 2 } } });
    expect(await refusalOf(create())).toEqual(refusal);
    expect(await refusalOf(create())).toEqual(refusal);
    await create();
    await sandbox.iam.send(new DeleteRoleCommand({ RoleName }));
    await makeRole(sandbox, RoleName);
    expect(await refusalOf(configure({ Role }))).toEqual(refusal);
  });

  test('is bound by its id, anew with every update that names it', async () => {
    const bound = () => sandbox.world.get('functions', FunctionName)?.['roleId'];
    await create();
    const first = bound();
    await sandbox.iam.send(new DeleteRoleCommand({ RoleName }));
    await makeRole(sandbox, RoleName);
    await configure({ Timeout: 5 });
    expect(bound()).toBe(first);
    await configure({ Role });
    expect(bound()).not.toBe(first);
    expect(bound()).toBe(sandbox.world.get('roles', RoleName)?.['RoleId']);
  });
});
