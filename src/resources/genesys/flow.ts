import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceFree, onceShown } from '../settle.ts';
import { orAbsent } from '../vendor.ts';
import { digestOf, withDigest } from './flow-digest.ts';
import { checkedInAfter, lockerOf, overwritesIn, unpublishedIn } from './flow-edits.ts';
import { followJob } from './flow-job.ts';
import { takeOverFlow } from './flow-take-over.ts';
import { findFlow, getFlow, nameOfVersion } from './live-flow.ts';
import { markIn } from './marks.ts';

const receipt = z.object({
  /** sha256 of the YAML that was sent. */
  yaml: z.string(),
  /** Ids and hashes of what the flow was bound to when it was published. */
  uses: z.record(z.string(), z.string()),
  /** The version that came of it; absent while the job runs. */
  version: z.string().optional(),
  /** The job that was started: it may still publish after we are gone. */
  job: z.string().optional(),
});
const shape = {
  key: z.object({ type: z.enum(['inboundcall', 'securecall', 'workflow']), name: z.string() }),
  inputs: z.object({ yaml: z.string(), uses: z.record(z.string(), z.string()) }),
  outputs: z.object({ id: z.string() }),
  receipt,
};
type Ctx = Pick<
  Context,
  | 'genesys'
  | 'installation'
  | 'step'
  | 'clock'
  | 'signal'
  | 'note'
  | 'artifact'
  | 'now'
  | 'clientId'
  | 'keepCopy'
  | 'publisher'
>;

const isSame = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
  Object.entries({ ...a, ...b }).every(([name]) => a[name] === b[name]);

/**
 * A flow, published from Archy YAML. What is published cannot be compared with what was sent, so the receipt says what was
 * sent and which version came of it; a flow that nothing changed about is not published again.
 */
export const flow = {
  ...shape,
  kind: 'genesys.flow',
  label: labels['genesys.flow'],
  lane: 'flow-jobs',
  visibleWithin: 80_000,

  async read(ctx: Ctx, { key, outputs, receipt: sent }, wanted) {
    const job = sent?.job ? await followJob(ctx, sent.job) : undefined;
    const live = await findFlow(ctx, key, job?.flowId ?? outputs?.id);
    if (!live) return undefined;
    const version = nameOfVersion(live.publishedVersion);
    const isOwnJob = job?.status === 'Success';
    const edited = overwritesIn(live, sent, { clientId: ctx.clientId, isOwnJob });
    const isAsSent = sent !== undefined && (sent.version === version || (isOwnJob && !edited));
    const drift: ('yaml' | 'uses')[] = [];
    if (wanted && (!isAsSent || sent.yaml !== wanted.yaml)) drift.push('yaml');
    if (wanted && (!isAsSent || !isSame(sent.uses, wanted.uses))) drift.push('uses');
    const { mark } = markIn(live.description, ctx);
    const unready = version === undefined ? { settling: false, why: 'the flow was never published' } : undefined;
    const overwrites = edited ?? checkedInAfter(live, ctx.clientId);
    const locked = lockerOf(live, ctx.clientId);
    return { outputs: { id: live.id }, mark, drift, unready, notes: unpublishedIn(live), overwrites, locked };
  },

  async presume(ctx: Ctx, { id }, { yaml, uses }) {
    const live = await getFlow(ctx, id);
    if (!live || markIn(live.description, ctx).detail !== digestOf({ yaml, uses })) return undefined;
    // Somebody who edited it has left the mark as it was.
    if (overwritesIn(live, undefined, { clientId: ctx.clientId, isOwnJob: true })) return undefined;
    return { yaml, uses, version: nameOfVersion(live.publishedVersion) };
  },

  takeOver: (ctx: Ctx, { type, name }, { outputs, overwrites, locked }) =>
    takeOverFlow(ctx, { id: outputs.id, type, name, keepsCopy: overwrites !== undefined, locked }),

  async reconcile(ctx: Ctx, { type, name }, { yaml, uses }, observed, made) {
    const isPublished = observed && observed.drift.length === 0 && !observed.unready && observed.mark === 'ours';
    const id = isPublished
      ? observed.outputs.id
      : await ctx.publisher.publish(
          ctx,
          { type, name, yaml: withDigest(await ctx.artifact(yaml), ctx, { yaml, uses }), id: observed?.outputs.id },
          (job) => made({ outputs: observed?.outputs, receipt: { yaml, uses, job } }),
        );
    const live = await onceShown(ctx, 'the flow', () => getFlow(ctx, id));
    return { outputs: { id }, receipt: { yaml, uses, version: nameOfVersion(live.publishedVersion) } };
  },

  async delete({ genesys, ...ctx }: Ctx, { id }) {
    // The dependency index hears of a deleted IVR or flow with a delay.
    const operation = 'DELETE /api/v2/flows/{flowId}';
    await onceFree(ctx, 'the flow', () =>
      orAbsent(genesys.call({ operation, path: { flowId: id }, schema: z.unknown() })),
    );
    return 'gone';
  },
} satisfies Kind<typeof shape>;
