import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AwsSandbox, openAws, refusalOf } from '../aws-sandbox.ts';

let sandbox: AwsSandbox;
const logGroupName = 'dev';
beforeEach(async () => {
  sandbox = await openAws();
  await sandbox.logs.send(new CreateLogGroupCommand({ logGroupName }));
});
afterEach(() => sandbox.close());

const create = (logStreamName: string, group = logGroupName) =>
  sandbox.logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName }));
const put = (logStreamName: string, ...events: readonly (readonly [timestamp: number, message: string])[]) => {
  const logEvents = events.map(([timestamp, message]) => ({ timestamp, message }));
  return sandbox.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
};
const filter = async (members: Partial<FilterLogEventsCommandInput> = {}) => {
  const { events = [], nextToken } = await sandbox.logs.send(new FilterLogEventsCommand({ logGroupName, ...members }));
  return { messages: events.map(({ message }) => message), nextToken };
};

describe('a stream', () => {
  test('is made once, in a group that is there', async () => {
    await create('s');
    expect(await refusalOf(create('s'))).toEqual({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log stream already exists',
      status: 400,
    });
    expect(await refusalOf(create('s', 'none'))).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
    for (const name of ['a:b', 'a*', 'a'.repeat(513)])
      expect(await refusalOf(create(name))).toMatchObject({ name: 'InvalidParameterException', status: 400 });
  });

  test('takes events in the order of their times', async () => {
    await create('s');
    await put('s', [1, 'a'], [1, 'b'], [2, 'c']);
    expect(await refusalOf(put('s', [2, 'd'], [1, 'e']))).toMatchObject({ name: 'InvalidParameterException' });
    expect(await refusalOf(put('none', [1, 'a']))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await filter()).messages).toEqual(['a', 'b', 'c']);
  });

  test('is listed by name or by its last event', async () => {
    for (const name of ['b', 'a', 'c']) await create(name);
    await put('b', [3, 'm']);
    await put('a', [1, 'm'], [2, 'm']);
    const names = async (members: object) => {
      const { logStreams } = await sandbox.logs.send(new DescribeLogStreamsCommand({ logGroupName, ...members }));
      return logStreams?.map(({ logStreamName }) => logStreamName);
    };
    expect(await names({})).toEqual(['a', 'b', 'c']);
    expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual(['b', 'a', 'c']);
    expect(await names({ logStreamNamePrefix: 'b' })).toEqual(['b']);
    const { logStreams } = await sandbox.logs.send(new DescribeLogStreamsCommand({ logGroupName, limit: 1 }));
    expect(logStreams).toMatchObject([{ logStreamName: 'a', firstEventTimestamp: 1, lastEventTimestamp: 2 }]);
  });
});

describe('events', () => {
  beforeEach(async () => {
    await create('s1');
    await create('s2');
    await put('s1', [10, 'START one'], [30, 'the "end" of one']);
    await put('s2', [20, 'START two']);
  });

  test.each<[string, Partial<FilterLogEventsCommandInput>, readonly string[]]>([
    ['all, by their times', {}, ['START one', 'START two', 'the "end" of one']],
    ['by stream', { logStreamNames: ['s2'] }, ['START two']],
    ['by the beginning of the stream', { logStreamNamePrefix: 's1' }, ['START one', 'the "end" of one']],
    ['by time', { startTime: 11, endTime: 20 }, ['START two']],
    ['by a word', { filterPattern: 'START' }, ['START one', 'START two']],
    ['by several words', { filterPattern: 'one START' }, ['START one']],
    ['by a phrase', { filterPattern: '"START two"' }, ['START two']],
  ])('are found: %s', async (_, members, messages) => {
    expect((await filter(members)).messages).toEqual(messages);
  });

  test('come page by page', async () => {
    const first = await filter({ limit: 2 });
    const second = await filter({ limit: 2, nextToken: first.nextToken });
    expect([first.messages, second.messages]).toEqual([['START one', 'START two'], ['the "end" of one']]);
    expect(second.nextToken).toBeUndefined();
  });

  test.each([['{ $.a = 1 }'], ['[a, b]'], ['?a ?b'], ['a -b'], ['%a%']])(
    'are not looked for by %s, which the sandbox does not know',
    async (filterPattern) => {
      expect(await refusalOf(filter({ filterPattern }))).toMatchObject({ name: 'InvalidParameterException' });
    },
  );
});
