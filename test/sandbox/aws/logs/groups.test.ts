import {
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, type AwsSandbox, openAws, refusalOf } from '../aws-sandbox.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
});
afterEach(() => sandbox.close());

const logGroupName = '/aws/lambda/dev-f';
const ARN = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${logGroupName}`;
const create = (members: Partial<CreateLogGroupCommandInput> = {}) =>
  sandbox.logs.send(new CreateLogGroupCommand({ logGroupName, ...members }));
const describeAll = (members: object = {}) => sandbox.logs.send(new DescribeLogGroupsCommand(members));
const tagsAt = async (resourceArn = ARN) =>
  (await sandbox.logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
const invalid = { name: 'InvalidParameterException', status: 400 };
const missing = {
  name: 'ResourceNotFoundException',
  message: 'The specified log group does not exist.',
  status: 400,
};

describe('a log group', () => {
  test('is shown as it was made: empty, and kept for ever', async () => {
    await create();
    const { logGroups } = await describeAll();
    expect(logGroups).toMatchObject([
      { logGroupName, arn: `${ARN}:*`, logGroupArn: ARN, storedBytes: 0, logGroupClass: 'STANDARD' },
    ]);
    expect(logGroups?.[0]?.retentionInDays).toBeUndefined();
    expect(await tagsAt()).toEqual({});
  });

  test('cannot be made twice', async () => {
    await create({ tags: { a: '1' } });
    expect(await refusalOf(create({ tags: { a: '2' } }))).toEqual({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
      status: 400,
    });
    expect(await tagsAt()).toEqual({ a: '1' });
  });

  test.each([['with space'], ['a:b'], ['a'.repeat(513)], ['aws/x']])('cannot be called %s', async (name) => {
    expect(await refusalOf(create({ logGroupName: name }))).toMatchObject(invalid);
  });

  test('is deleted with all that is in it', async () => {
    await create();
    const { logs } = sandbox;
    const stream = { logGroupName, logStreamName: 's' };
    await logs.send(new CreateLogStreamCommand(stream));
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: 1, message: 'm' }] }));
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    expect(await refusalOf(logs.send(new DeleteLogGroupCommand({ logGroupName })))).toEqual(missing);
    await create();
    expect((await logs.send(new DescribeLogStreamsCommand({ logGroupName }))).logStreams).toEqual([]);
  });

  test('is found by how its name begins, page by page', async () => {
    for (const name of ['b', 'a/2', 'a/1', 'a/3']) await create({ logGroupName: name });
    const first = await describeAll({ logGroupNamePrefix: 'a/', limit: 2 });
    const second = await describeAll({ logGroupNamePrefix: 'a/', limit: 2, nextToken: first.nextToken });
    expect(second.nextToken).toBeUndefined();
    const names = [first, second].map(({ logGroups }) => logGroups?.map((group) => group.logGroupName));
    expect(names).toEqual([['a/1', 'a/2'], ['a/3']]);
    expect(await refusalOf(describeAll({ nextToken: 'made up' }))).toMatchObject(invalid);
    expect(await refusalOf(describeAll({ limit: 51 }))).toMatchObject(invalid);
  });
});

describe('the retention', () => {
  const put = (retentionInDays: number) =>
    sandbox.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  const days = async () => (await describeAll()).logGroups?.[0]?.retentionInDays;

  test('is one of some numbers of days', async () => {
    await create();
    for (const number of [1, 30, 545, 3653]) {
      await put(number);
      expect(await days()).toBe(number);
    }
    for (const number of [0, 2, 31, 364, 1.5, 4000]) expect(await refusalOf(put(number))).toMatchObject(invalid);
    expect(await days()).toBe(3653);
  });

  test('can be taken away, so that the group is kept for ever', async () => {
    await create();
    await put(30);
    await sandbox.logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    expect(await days()).toBeUndefined();
  });

  test('is of a group that is there', async () => {
    expect(await refusalOf(put(30))).toEqual(missing);
  });
});

describe('the tags', () => {
  test('are of the create call, added to and taken away', async () => {
    await create({ tags: { Environment: 'dev', 'eo-setup:step': 'pay-logs', empty: '' } });
    expect(await tagsAt()).toEqual({ Environment: 'dev', 'eo-setup:step': 'pay-logs', empty: '' });
    await sandbox.logs.send(new TagResourceCommand({ resourceArn: ARN, tags: { Environment: 'prod', more: 'é' } }));
    await sandbox.logs.send(new UntagResourceCommand({ resourceArn: ARN, tagKeys: ['empty', 'none'] }));
    expect(await tagsAt()).toEqual({ Environment: 'prod', 'eo-setup:step': 'pay-logs', more: 'é' });
  });

  test('are fifty at most', async () => {
    const tags = (size: number) => Object.fromEntries(Array.from({ length: size }, (_, n) => [`k${n}`, '']));
    expect(await refusalOf(create({ tags: tags(51) }))).toMatchObject(invalid);
    await create({ tags: tags(50) });
    const more = new TagResourceCommand({ resourceArn: ARN, tags: { more: '' } });
    expect(await refusalOf(sandbox.logs.send(more))).toMatchObject({ name: 'TooManyTagsException', status: 400 });
  });

  test('are found by an ARN without a star', async () => {
    await create();
    for (const arn of [`${ARN}:*`, `${ARN}x`, ARN.replace('us-east-1', 'eu-west-1')])
      expect(await refusalOf(tagsAt(arn))).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
  });

  test.each([[{ '<': '' }], [{ a: '<' }], [{ [`${'k'.repeat(129)}`]: '' }]])('cannot be %o', async (tags) => {
    expect(await refusalOf(create({ tags }))).toMatchObject(invalid);
  });
});
