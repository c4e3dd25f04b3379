import { type Place, rowsOf } from '../operation.ts';
import { groupArn } from './record.ts';

const memberOf = (body: unknown, name: string): string => {
  const members: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {};
  const value = Object.hasOwn(members, name) ? members[name] : '';
  return typeof value === 'string' ? value : '';
};

const rowOf = rowsOf('logs', (operation) => `POST / Logs_20140328.${operation}`);

/** A row about a log group. IAM knows it by the ARN with a star at its end. */
export const groupRow: typeof rowOf = (row) =>
  rowOf({ resource: (place, { body }) => `${groupArn(place, memberOf(body, 'logGroupName'))}:*`, ...row });

/** A row about a resource that the body names by its ARN. */
export const arnRow: typeof rowOf = (row) =>
  rowOf({ resource: (_place, { body }) => memberOf(body, 'resourceArn'), ...row });

/** A stream as IAM knows it; with an empty name it is any stream of the group. */
export const streamArn = (place: Place, group: string, stream: string): string =>
  `${groupArn(place, group)}:log-stream:${stream}`;

/** A row about a log stream. */
export const streamRow: typeof rowOf = (row) =>
  rowOf({
    resource: (place, { body }) =>
      streamArn(
        place,
        memberOf(body, 'logGroupName'),
        row.operation === 'PutLogEvents' ? memberOf(body, 'logStreamName') : '',
      ),
    ...row,
  });
