import { Refusal } from '../../contract.ts';
import type { World } from '../../world.ts';
import type { Place } from '../operation.ts';

/** A log group. */
export type LogGroup = {
  readonly logGroupName: string;
  readonly retentionInDays?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
};

/** One line of a log. */
export interface LogEvent {
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** A stream of a log group, with what was written to it. */
export type LogStream = {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly createdAt: number;
  readonly events: readonly LogEvent[];
};

export const groupArn = ({ account, region }: Place, name: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`;

export const streamId = (group: string, stream: string): string => `${group}:${stream}`;

/** The log group called so. Throws where there is none. */
export function groupCalled(world: World, name: string): LogGroup {
  const group = world.get<LogGroup>('log-groups', name);
  if (group) return group;
  throw new Refusal(400, 'ResourceNotFoundException', 'The specified log group does not exist.');
}

/** Its streams, oldest first. */
export const streamsOf = (world: World, group: string): readonly LogStream[] =>
  world.list<LogStream>('log-streams').filter(({ logGroupName }) => logGroupName === group);
