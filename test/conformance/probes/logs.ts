import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Probe } from '../probes.ts';

const logGroupName = '/aws/lambda/eo-conformance-logs';
const at = { logGroupName };
const nowhere = { logGroupName: '/aws/lambda/eo-conformance-nowhere' };
const logStreamName = '2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef';
const resourceArn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;

/** What is asked of CloudWatch Logs. */
export const logsProbes: readonly Probe[] = [
  ['delete no group', ({ aws }) => aws.logs.send(new DeleteLogGroupCommand(nowhere))],
  [
    'keep no group for a while',
    ({ aws }) => aws.logs.send(new PutRetentionPolicyCommand({ ...nowhere, retentionInDays: 30 })),
  ],
  ['streams of no group', ({ aws }) => aws.logs.send(new DescribeLogStreamsCommand(nowhere))],
  ['lines of no group', ({ aws }) => aws.logs.send(new FilterLogEventsCommand(nowhere))],
  [
    'tags of no group',
    ({ aws }) => aws.logs.send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}-nowhere` })),
  ],
  ['a bad name', ({ aws }) => aws.logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/eo conformance' }))],
  [
    'create',
    async ({ aws }) => {
      await aws.logs.send(new CreateLogGroupCommand({ ...at, tags: { a: '1' } }));
    },
  ],
  ['create again', ({ aws }) => aws.logs.send(new CreateLogGroupCommand(at))],
  ['keep it for 31 days', ({ aws }) => aws.logs.send(new PutRetentionPolicyCommand({ ...at, retentionInDays: 31 }))],
  [
    'describe',
    async ({ aws }) => {
      await aws.logs.send(new PutRetentionPolicyCommand({ ...at, retentionInDays: 30 }));
      const { logGroups } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
      return logGroups?.map(({ arn, logGroupArn, logGroupName: name, retentionInDays, storedBytes }) => ({
        ...{ arn, logGroupArn, name, retentionInDays, storedBytes },
      }));
    },
  ],
  [
    'tag',
    async ({ aws }) => {
      await aws.logs.send(new TagResourceCommand({ resourceArn, tags: { a: '2', 'eo-setup:step': 'x' } }));
      return (await aws.logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
    },
  ],
  [
    'write',
    async ({ aws, now }) => {
      await aws.logs.send(new CreateLogStreamCommand({ ...at, logStreamName }));
      const logEvents = [{ timestamp: now(), message: 'one line' }];
      const { rejectedLogEventsInfo } = await aws.logs.send(
        new PutLogEventsCommand({ ...at, logStreamName, logEvents }),
      );
      return rejectedLogEventsInfo;
    },
  ],
  ['make the stream again', ({ aws }) => aws.logs.send(new CreateLogStreamCommand({ ...at, logStreamName }))],
  [
    'read',
    async ({ aws }) => {
      const { events } = await aws.logs.send(new FilterLogEventsCommand(at));
      return events?.map(({ message, logStreamName: from }) => ({ message, from }));
    },
  ],
  [
    'streams',
    async ({ aws }) => {
      const { logStreams } = await aws.logs.send(new DescribeLogStreamsCommand(at));
      return logStreams?.map(({ logStreamName: name, arn }) => ({ name, arn }));
    },
  ],
  [
    'delete',
    async ({ aws }) => {
      await aws.logs.send(new DeleteLogGroupCommand(at));
    },
  ],
  ['delete again', ({ aws }) => aws.logs.send(new DeleteLogGroupCommand(at))],
];
