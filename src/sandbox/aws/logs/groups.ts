import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import { depart, departed } from '../../departed.ts';
import type { World } from '../../world.ts';
import { type AwsOperation, type Place, placeOf } from '../operation.ts';
import { groupName, limit, page, tags, token } from './members.ts';
import { groupArn, groupCalled, type LogGroup, streamId, streamsOf } from './record.ts';
import { groupRow } from './row.ts';

const named = z.object({ logGroupName: groupName });
const createBody = named.extend({
  tags: tags.optional(),
  logGroupClass: z.literal('STANDARD').optional(),
  kmsKeyId: z.never('The sandbox has no keys').optional(),
});

function create(world: World, request: Request<z.infer<typeof createBody>>): Reply {
  const { body, now } = request;
  const { logGroupName, tags = {} } = body;
  if (logGroupName.startsWith('aws/'))
    throw new Refusal(400, 'InvalidParameterException', 'Log groups starting with AWS/ are reserved for AWS.');
  if (Object.keys(tags).length > 50)
    throw new Refusal(400, 'InvalidParameterException', 'A log group has at most 50 tags.');
  if (world.get('log-groups', logGroupName))
    throw new Refusal(400, 'ResourceAlreadyExistsException', 'The specified log group already exists');
  if (departed(world, 'log-groups', logGroupName, 'log-group.released', request)) {
    const text = 'A conflicting operation is currently in progress against this resource. Please try again.';
    throw new Refusal(400, 'OperationAbortedException', text);
  }
  world.put<LogGroup>('log-groups', logGroupName, { logGroupName, tags, createdAt: now });
  return { status: 200 };
}

const describeBody = z.object({
  logGroupNamePrefix: groupName.optional(),
  logGroupNamePattern: z.string().max(512).optional(),
  limit: limit(50),
  nextToken: token,
});

function describe(world: World, { body }: Request<z.infer<typeof describeBody>>): Reply {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = body;
  if (prefix !== undefined && pattern !== undefined) {
    const text = 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.';
    throw new Refusal(400, 'InvalidParameterException', text);
  }
  const fitting = world
    .list<LogGroup>('log-groups')
    .filter(({ logGroupName }) => logGroupName.startsWith(prefix ?? '') && logGroupName.includes(pattern ?? ''))
    .sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  const { items, next } = page(fitting, body.nextToken, body.limit ?? 50);
  return { status: 200, body: { logGroups: items.map((group) => show(world, placeOf(world), group)), ...next } };
}

function show(world: World, place: Place, { logGroupName, retentionInDays, createdAt }: LogGroup) {
  const events = streamsOf(world, logGroupName).flatMap((stream) => stream.events);
  return {
    logGroupName,
    creationTime: createdAt,
    ...(retentionInDays !== undefined && { retentionInDays }),
    metricFilterCount: 0,
    arn: `${groupArn(place, logGroupName)}:*`,
    logGroupArn: groupArn(place, logGroupName),
    // Each event counts with 26 bytes of its own.
    storedBytes: events.reduce((bytes, { message }) => bytes + Buffer.byteLength(message) + 26, 0),
    logGroupClass: 'STANDARD',
  };
}

const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Log groups: made, shown, kept for so long, deleted. */
export const groupOperations: readonly AwsOperation[] = [
  groupRow({
    operation: 'CreateLogGroup',
    body: createBody,
    also: (place, { body }) =>
      body.tags ? [{ action: 'logs:TagResource', resource: groupArn(place, body.logGroupName) }] : [],
    handle: create,
  }),
  groupRow({ operation: 'DescribeLogGroups', resource: () => '*', body: describeBody, handle: describe }),
  groupRow({
    operation: 'PutRetentionPolicy',
    body: named.extend({ retentionInDays: z.number().int() }),
    handle: (world, { body: { logGroupName, retentionInDays } }) => {
      if (!DAYS.includes(retentionInDays)) {
        const text = `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${DAYS.join(', ')}]`;
        throw new Refusal(400, 'InvalidParameterException', text);
      }
      world.put<LogGroup>('log-groups', logGroupName, { ...groupCalled(world, logGroupName), retentionInDays });
      return { status: 200 };
    },
  }),
  groupRow({
    operation: 'DeleteRetentionPolicy',
    body: named,
    handle: (world, { body: { logGroupName } }) => {
      const { retentionInDays: _days, ...group } = groupCalled(world, logGroupName);
      world.put<LogGroup>('log-groups', logGroupName, group);
      return { status: 200 };
    },
  }),
  groupRow({
    operation: 'DeleteLogGroup',
    body: named,
    handle: (world, request) => {
      const { logGroupName } = request.body;
      groupCalled(world, logGroupName);
      for (const { logStreamName } of streamsOf(world, logGroupName))
        world.remove('log-streams', streamId(logGroupName, logStreamName));
      depart(world, 'log-groups', logGroupName, 'log-group.released', request);
      return { status: 200 };
    },
  }),
];
