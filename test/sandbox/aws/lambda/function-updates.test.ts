import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, type AwsSandbox, LAMBDA_TRUST, openAws, refusalOf, zipOf } from '../aws-sandbox.ts';
import { sha256 } from '../by-hand.ts';

let sandbox: AwsSandbox;
const FunctionName = 'dev-f';
const RoleName = 'dev-role';
const Role = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
const ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${FunctionName}`;
const ZipFile = zipOf('export const handler = () => 1');
const makeRole = () => sandbox.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: LAMBDA_TRUST }));
beforeEach(async () => {
  sandbox = await openAws();
  await makeRole();
});
afterEach(() => sandbox.close());

const create = (members: Partial<CreateFunctionCommandInput> = {}) =>
  sandbox.lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile },
      ...members,
    }),
  );
const get = (name = FunctionName) => sandbox.lambda.send(new GetFunctionCommand({ FunctionName: name }));
const configuration = () => sandbox.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
const updateCode = (members: object = {}) =>
  sandbox.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('// new'), ...members }));
const configure = (members: Partial<UpdateFunctionConfigurationCommandInput>) =>
  sandbox.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...members }));
const remove = () => sandbox.lambda.send(new DeleteFunctionCommand({ FunctionName }));
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

const parameter = { name: 'InvalidParameterValueException', status: 400 };
const validation = { name: 'ValidationException', status: 400 };

describe('an update', () => {
  beforeEach(() => create({ Description: 'before', Environment: { Variables: { AB: '1' } } }));

  test('of the code changes nothing else', async () => {
    const ZipFile = zipOf('// other');
    expect(await updateCode({ ZipFile, Architectures: ['arm64'] })).toMatchObject({
      CodeSha256: base64(sha256(ZipFile)),
      Architectures: ['arm64'],
      Description: 'before',
    });
    await updateCode({ DryRun: true });
    expect((await configuration()).CodeSha256).toBe(base64(sha256(ZipFile)));
  });

  test('of the configuration changes what is named, and takes an environment whole', async () => {
    await configure({ Timeout: 60, MemorySize: 256, Handler: 'other.handler', Runtime: 'nodejs22.x' });
    const Environment = { Variables: { AB: '1' } };
    const named = { Timeout: 60, MemorySize: 256, Handler: 'other.handler', Runtime: 'nodejs22.x' };
    expect(await configuration()).toMatchObject({ ...named, Description: 'before', Environment });
    await configure({ Environment: { Variables: { CD: '2' } }, LoggingConfig: { LogFormat: 'JSON' } });
    expect(await configuration()).toMatchObject({
      ...named,
      Environment: { Variables: { CD: '2' } },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' },
    });
    await configure({ Environment: {} });
    expect((await configuration()).Environment).toBeUndefined();
  });

  test('of another revision is refused', async () => {
    const { RevisionId } = await configuration();
    await configure({ Timeout: 5, RevisionId });
    for (const call of [configure({ Timeout: 6, RevisionId }), updateCode({ RevisionId })])
      expect(await refusalOf(call)).toMatchObject({ name: 'PreconditionFailedException', status: 412 });
  });

  test('that is refused changes nothing', async () => {
    const before = await configuration();
    expect(await refusalOf(configure({ Timeout: 901, Description: 'after' }))).toMatchObject(validation);
    expect(await refusalOf(updateCode({ ZipFile: Buffer.from('x') }))).toMatchObject(parameter);
    expect((await configuration()).RevisionId).toBe(before.RevisionId);
  });
});

describe('time', () => {
  const conflict = (why: string) => ({
    name: 'ResourceConflictException',
    message: `The operation cannot be performed at this time. ${why}`,
    status: 409,
  });

  test('passes until a new function is active', async () => {
    sandbox.setProfile({ latency: {}, windows: { 'function.active': { reads: 4 } } });
    expect(await create()).toMatchObject({ State: 'Pending', StateReasonCode: 'Creating' });
    const pending = conflict('The function is currently in the following state: Pending');
    expect(await refusalOf(updateCode())).toEqual(pending);
    expect(await refusalOf(configure({ Timeout: 5 }))).toEqual(pending);
    expect(await refusalOf(sandbox.lambda.send(new InvokeCommand({ FunctionName })))).toEqual(pending);
    expect((await get()).Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
  });

  test('passes until an update is done, and one waits for the other', async () => {
    await create();
    sandbox.setProfile({ latency: {}, windows: { 'function.updated': { reads: 3 } } });
    expect(await updateCode()).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' });
    const updating = conflict(`An update is in progress for resource: ${ARN}`);
    expect(await refusalOf(configure({ Timeout: 5 }))).toEqual(updating);
    expect(await refusalOf(updateCode())).toEqual(updating);
    expect(await configuration()).toMatchObject({ LastUpdateStatus: 'Successful' });
    expect(await configure({ Timeout: 5 })).toMatchObject({ LastUpdateStatus: 'InProgress' });
  });

  test('does not keep a function from being deleted', async () => {
    sandbox.setProfile({ latency: {}, windows: { 'function.active': { reads: 9 } } });
    await create();
    await remove();
    await create();
  });
});

test('a function that failed says why, until it gets other code', async () => {
  await create();
  const item = sandbox.world.get('functions', FunctionName);
  const failure = { code: 'InvalidZipFileException', reason: 'The zip is broken.' };
  sandbox.put({ collection: 'functions', id: FunctionName, item: { ...item, failure } });
  expect(await configuration()).toMatchObject({
    State: 'Failed',
    StateReasonCode: 'InvalidZipFileException',
    StateReason: 'The zip is broken.',
  });
  expect(await refusalOf(sandbox.lambda.send(new InvokeCommand({ FunctionName })))).toMatchObject({ status: 409 });
  await updateCode();
  expect(await configuration()).toMatchObject({ State: 'Active' });
});

test('tags are added, replaced and taken away', async () => {
  await create({ Tags: { a: '1', b: '2' } });
  const { lambda } = sandbox;
  await lambda.send(new TagResourceCommand({ Resource: ARN, Tags: { b: '3', 'c d': '' } }));
  await lambda.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a', 'none'] }));
  expect((await lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ b: '3', 'c d': '' });
  expect((await get()).Tags).toEqual({ b: '3', 'c d': '' });
});
