import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceSettled } from '../settle.ts';
import { created, hasCode, orAbsent } from '../vendor.ts';
import { marked, markOf, tagsDiffer } from './tags.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({ retentionDays: z.number().int(), tags: z.record(z.string(), z.string()) }),
  outputs: z.object({ name: z.string() }),
};
type Ctx = Pick<
  Context,
  'aws' | 'awsAccount' | 'awsRegion' | 'awsPartition' | 'installation' | 'step' | 'clock' | 'signal' | 'note'
>;

const arnOf = ({ awsPartition, awsRegion, awsAccount }: Ctx, name: string) =>
  `arn:${awsPartition}:logs:${awsRegion}:${awsAccount}:log-group:${name}`;

async function find(ctx: Ctx, name: string) {
  const { logs } = ctx.aws;
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const group = logGroups?.find(({ logGroupName }) => logGroupName === name);
  if (!group) return undefined;
  const tags = await orAbsent(
    logs.send(new ListTagsForResourceCommand({ resourceArn: arnOf(ctx, name) })),
    'ResourceNotFoundException',
  );
  return tags && { retentionDays: group.retentionInDays, tags: tags.tags ?? {} };
}

/** Where a function's logs go; made before the function, so that it gets a retention and a mark. */
export const logGroup = {
  ...shape,
  kind: 'aws.log-group',
  label: labels['aws.log-group'],

  async read(ctx: Ctx, { key }, wanted) {
    const live = await find(ctx, key.name);
    if (!live) return undefined;
    const drift: (keyof z.infer<typeof shape.inputs>)[] = [];
    if (wanted && live.retentionDays !== wanted.retentionDays) drift.push('retentionDays');
    if (wanted && tagsDiffer(live.tags, wanted.tags, ctx)) drift.push('tags');
    return { outputs: { name: key.name }, mark: markOf(live.tags, ctx), drift };
  },

  async reconcile(ctx: Ctx, { name }, { retentionDays, tags }, observed, made) {
    const { logs } = ctx.aws;
    const outputs = { name };
    if (!observed) {
      const create = new CreateLogGroupCommand({ logGroupName: name, tags: { ...marked(tags, ctx) } });
      await created<unknown>(
        onceFree(ctx, () => logs.send(create)),
        ['ResourceAlreadyExistsException'],
        async () => {
          const live = await find(ctx, name);
          return live && markOf(live.tags, ctx) === 'ours' ? live : undefined;
        },
      );
      await made({ outputs });
    }
    if (!observed || observed.drift.includes('retentionDays'))
      await logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: retentionDays }));
    if (observed?.drift.includes('tags'))
      await logs.send(new TagResourceCommand({ resourceArn: arnOf(ctx, name), tags: { ...marked(tags, ctx) } }));
    return { outputs };
  },

  async delete({ aws }: Ctx, { name }) {
    await orAbsent(aws.logs.send(new DeleteLogGroupCommand({ logGroupName: name })), 'ResourceNotFoundException');
    return 'gone';
  },
} satisfies Kind<typeof shape>;

/** A group of this name that was just deleted keeps the name for a moment. */
const onceFree = <T>(ctx: Ctx, send: () => Promise<T>): Promise<T> =>
  onceSettled(
    ctx,
    {
      passes: (error) => hasCode(error, 'OperationAbortedException'),
      within: 60_000,
      what: 'CloudWatch Logs to finish deleting the log group of this name, usually a few seconds',
    },
    send,
  );
