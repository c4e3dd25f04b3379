import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import { type AwsOperation, type Place, placeOf } from '../operation.ts';
import { groupName, limit, page, streamName, token } from './members.ts';
import { groupCalled, type LogStream, streamId, streamsOf } from './record.ts';
import { groupRow, streamArn, streamRow } from './row.ts';

const named = z.object({ logGroupName: groupName, logStreamName: streamName });

function create(world: World, { body, now }: Request<z.infer<typeof named>>): Reply {
  const { logGroupName, logStreamName } = body;
  groupCalled(world, logGroupName);
  const id = streamId(logGroupName, logStreamName);
  if (world.get('log-streams', id))
    throw new Refusal(400, 'ResourceAlreadyExistsException', 'The specified log stream already exists');
  world.put<LogStream>('log-streams', id, { logGroupName, logStreamName, createdAt: now, events: [] });
  return { status: 200 };
}

const event = z.object({ timestamp: z.number().int().min(0), message: z.string().min(1) });
const putBody = named.extend({ logEvents: z.array(event).min(1).max(10_000) });

function put(world: World, { body, now }: Request<z.infer<typeof putBody>>): Reply {
  const { logGroupName, logStreamName, logEvents } = body;
  groupCalled(world, logGroupName);
  const id = streamId(logGroupName, logStreamName);
  const stream = world.get<LogStream>('log-streams', id);
  if (!stream) throw new Refusal(400, 'ResourceNotFoundException', 'The specified log stream does not exist.');
  if (logEvents.some(({ timestamp }, index) => timestamp < (logEvents[index - 1]?.timestamp ?? 0))) {
    const text = 'Log events in a single PutLogEvents request must be in chronological order.';
    throw new Refusal(400, 'InvalidParameterException', text);
  }
  const events = logEvents.map((one) => ({ ...one, ingestionTime: now }));
  world.put<LogStream>('log-streams', id, { ...stream, events: [...stream.events, ...events] });
  return { status: 200, body: { nextSequenceToken: String(stream.events.length + events.length) } };
}

const describeBody = z.object({
  logGroupName: groupName,
  logStreamNamePrefix: streamName.optional(),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).optional(),
  descending: z.boolean().optional(),
  limit: limit(50),
  nextToken: token,
});

function describe(world: World, { body }: Request<z.infer<typeof describeBody>>): Reply {
  const { logGroupName, logStreamNamePrefix = '', orderBy = 'LogStreamName', descending = false } = body;
  groupCalled(world, logGroupName);
  const orderOf = (stream: LogStream) =>
    orderBy === 'LogStreamName' ? stream.logStreamName : (stream.events.at(-1)?.timestamp ?? 0);
  const sorted = streamsOf(world, logGroupName)
    .filter((stream) => stream.logStreamName.startsWith(logStreamNamePrefix))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const { items, next } = page(descending ? sorted.reverse() : sorted, body.nextToken, body.limit ?? 50);
  const logStreams = items.map((stream) => show(placeOf(world), stream));
  return { status: 200, body: { logStreams, ...next } };
}

function show(place: Place, { logGroupName, logStreamName, createdAt, events }: LogStream) {
  const [first, last] = [events[0], events.at(-1)];
  const times = first && last && { firstEventTimestamp: first.timestamp, lastEventTimestamp: last.timestamp };
  return {
    logStreamName,
    creationTime: createdAt,
    ...times,
    ...(last && { lastIngestionTime: last.ingestionTime }),
    arn: streamArn(place, logGroupName, logStreamName),
    storedBytes: 0,
  };
}

const filterBody = z.object({
  logGroupName: groupName,
  logStreamNames: z.array(streamName).min(1).max(100).optional(),
  logStreamNamePrefix: streamName.optional(),
  startTime: z.number().int().min(0).optional(),
  endTime: z.number().int().min(0).optional(),
  filterPattern: z.string().max(1024).optional(),
  limit: limit(10_000),
  nextToken: token,
});

function filter(world: World, { body }: Request<z.infer<typeof filterBody>>): Reply {
  const { logGroupName, logStreamNames, logStreamNamePrefix = '', startTime = 0, endTime = Infinity } = body;
  groupCalled(world, logGroupName);
  const terms = termsOf(body.filterPattern ?? '');
  const events = streamsOf(world, logGroupName)
    .filter(
      ({ logStreamName: name }) => name.startsWith(logStreamNamePrefix) && (logStreamNames?.includes(name) ?? true),
    )
    .flatMap(({ logStreamName, events }) =>
      events.map((one, index) => ({
        logStreamName,
        ...one,
        eventId: `${streamId(logGroupName, logStreamName)}:${index}`,
      })),
    )
    .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
    .filter(({ message }) => terms.every((term) => message.includes(term)))
    .sort((a, b) => a.timestamp - b.timestamp);
  const { items, next } = page(events, body.nextToken, body.limit ?? 10_000);
  return { status: 200, body: { events: items, searchedLogStreams: [], ...next } };
}

/** Words, or phrases in quotation marks, all of which must be there. Nothing else of the pattern language is known. */
function termsOf(pattern: string): readonly string[] {
  const terms = [...pattern.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, phrase, word = '']) => phrase ?? word);
  if (!/[[\]{}?%]|(^|\s)-/.test(pattern)) return terms;
  const text = 'The sandbox knows only words and quoted phrases in a filter pattern.';
  throw new Refusal(400, 'InvalidParameterException', text);
}

/** Log streams and what is in them. */
export const streamOperations: readonly AwsOperation[] = [
  streamRow({ operation: 'CreateLogStream', body: named, handle: create }),
  streamRow({ operation: 'PutLogEvents', body: putBody, handle: put }),
  streamRow({ operation: 'DescribeLogStreams', body: describeBody, handle: describe }),
  groupRow({ operation: 'FilterLogEvents', body: filterBody, handle: filter }),
];
