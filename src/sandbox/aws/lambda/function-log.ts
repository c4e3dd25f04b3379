import { decide } from '../../policy.ts';
import type { World } from '../../world.ts';
import { policiesOf, type Role } from '../iam/role.ts';
import { type LogEvent, type LogGroup, type LogStream, streamId } from '../logs/record.ts';
import { streamArn } from '../logs/row.ts';
import { type Place, placeOf } from '../operation.ts';

interface Written {
  /** Whose permissions count: the function's execution role. */
  readonly role: Role;
  readonly group: string;
  readonly stream: string;
  readonly log: string;
  readonly now: number;
}

/** Keeps what a function logged, as far as its role may; what it may not write is lost without a word, as on AWS. */
export function keepLog(world: World, written: Written): void {
  const { group, stream, log, now } = written;
  const may = permissionOf(placeOf(world), written);
  const events = eventsOf(log, now);
  if (events.length === 0) return;
  if (!world.get('log-groups', group)) {
    if (!may('logs:CreateLogGroup')) return;
    world.put<LogGroup>('log-groups', group, { logGroupName: group, tags: {}, createdAt: now });
  }
  const id = streamId(group, stream);
  const standing = world.get<LogStream>('log-streams', id);
  if (!standing && !may('logs:CreateLogStream')) return;
  const kept = may('logs:PutLogEvents') ? events : [];
  const { createdAt, events: before } = standing ?? { createdAt: now, events: [] };
  world.put<LogStream>('log-streams', id, {
    logGroupName: group,
    logStreamName: stream,
    createdAt,
    events: [...before, ...kept],
  });
}

const permissionOf =
  (place: Place, { role, group, stream }: Written) =>
  (action: string): boolean => {
    const resource = streamArn(place, group, action === 'logs:PutLogEvents' ? stream : '');
    return decide(policiesOf(role), { action, resource, context: {} }) === 'allow';
  };

/** One event a line; a message of several lines has carriage returns in it. */
const eventsOf = (log: string, now: number): readonly LogEvent[] =>
  log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ timestamp: now, ingestionTime: now, message: `${line.replaceAll('\r', '\n')}\n` }));
