import { InvokeCommand, ListTagsCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AwsSandbox, openAws, refusalOf, zipOf } from '../aws-sandbox.ts';
import { ARN, codeHash, FunctionName, functionCalls, parameter, RoleName, validation } from './function-calls.ts';
import { makeRole } from './running.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
  await makeRole(sandbox, RoleName);
});
afterEach(() => sandbox.close());

const { create, get, configuration, updateCode, configure, remove } = functionCalls(() => sandbox);

describe('an update', () => {
  beforeEach(() => create({ Description: 'before', Environment: { Variables: { AB: '1' } } }));

  test('of the code changes nothing else', async () => {
    const ZipFile = zipOf('// other');
    expect(await updateCode({ ZipFile, Architectures: ['arm64'] })).toMatchObject({
      CodeSha256: codeHash(ZipFile),
      Architectures: ['arm64'],
      Description: 'before',
    });
    await updateCode({ DryRun: true });
    expect((await configuration()).CodeSha256).toBe(codeHash(ZipFile));
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
