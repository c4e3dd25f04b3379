import * as z from 'zod';
import { Refusal } from '../../contract.ts';
import type { World } from '../../world.ts';
import { type AwsOperation, placeOf } from '../operation.ts';
import { tags } from './members.ts';
import { groupArn, type LogGroup } from './record.ts';
import { arnRow } from './row.ts';

const named = z.object({ resourceArn: z.string().min(1).max(1011) });

/** The log group that an ARN, without a star at its end, names. */
function groupAt(world: World, arn: string): LogGroup {
  const start = groupArn(placeOf(world), '');
  const group = arn.startsWith(start) ? world.get<LogGroup>('log-groups', arn.slice(start.length)) : undefined;
  if (group) return group;
  throw new Refusal(400, 'ResourceNotFoundException', 'The specified resource does not exist.');
}

/** The tags of log groups. */
export const groupTagOperations: readonly AwsOperation[] = [
  arnRow({
    operation: 'ListTagsForResource',
    body: named,
    handle: (world, { body }) => ({ status: 200, body: { tags: groupAt(world, body.resourceArn).tags } }),
  }),
  arnRow({
    operation: 'TagResource',
    body: named.extend({ tags }),
    handle: (world, { body }) => {
      const group = groupAt(world, body.resourceArn);
      const all = { ...group.tags, ...body.tags };
      if (Object.keys(all).length > 50)
        throw new Refusal(400, 'TooManyTagsException', 'The number of tags exceeds the limit of 50.');
      world.put<LogGroup>('log-groups', group.logGroupName, { ...group, tags: all });
      return { status: 200 };
    },
  }),
  arnRow({
    operation: 'UntagResource',
    body: named.extend({ tagKeys: z.array(z.string()).max(50) }),
    handle: (world, { body }) => {
      const group = groupAt(world, body.resourceArn);
      const left = Object.entries(group.tags).filter(([key]) => !body.tagKeys.includes(key));
      world.put<LogGroup>('log-groups', group.logGroupName, { ...group, tags: Object.fromEntries(left) });
      return { status: 200 };
    },
  }),
];
