import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceSettled } from '../settle.ts';
import { hasStatus, orAbsent } from '../vendor.ts';
import { followJob, publishYaml } from './flow-job.ts';
import { markIn } from './marks.ts';
import { pick, sameName } from './same-name.ts';

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
  'genesys' | 'installation' | 'step' | 'clock' | 'signal' | 'note' | 'random' | 'artifact' | 'sleep'
>;
type Key = z.infer<typeof shape.key>;

const flowSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  type: z.string().nullish(),
  description: z.string().nullish(),
  deleted: z.boolean().nullish(),
  publishedVersion: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
});
type Flow = z.infer<typeof flowSchema>;

async function getFlow({ genesys }: Pick<Ctx, 'genesys'>, flowId: string): Promise<Flow | undefined> {
  const operation = 'GET /api/v2/flows/{flowId}';
  const live = await orAbsent(genesys.call({ operation, path: { flowId }, schema: flowSchema }));
  return live?.deleted ? undefined : live;
}

async function find(ctx: Ctx, { type, name }: Key, id: string | undefined): Promise<Flow | undefined> {
  const known = id ? await getFlow(ctx, id) : undefined;
  if (known) return known;
  const all = await ctx.genesys.page({ operation: 'GET /api/v2/flows', query: { type, name }, schema: flowSchema });
  const named = all.filter((one) => sameName(one.name, name) && sameName(one.type, type));
  const one = pick(named, () => false, `${type} flows named "${name}"`);
  return one && getFlow(ctx, one.id);
}

const versionOf = ({ publishedVersion }: Flow) => publishedVersion?.name ?? publishedVersion?.id ?? undefined;

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
    const live = await find(ctx, key, job?.flowId ?? outputs?.id);
    if (!live) return undefined;
    const version = versionOf(live);
    const isAsSent = sent !== undefined && (sent.version === version || job?.status === 'Success');
    const drift: ('yaml' | 'uses')[] = [];
    if (wanted && (!isAsSent || sent.yaml !== wanted.yaml)) drift.push('yaml');
    if (wanted && (!isAsSent || !isSame(sent.uses, wanted.uses))) drift.push('uses');
    const { mark } = markIn(live.description, ctx);
    const unready = version === undefined ? { settling: false, why: 'the flow was never published' } : undefined;
    return { outputs: { id: live.id }, mark, drift, unready };
  },

  async reconcile(ctx: Ctx, { type, name }, { yaml, uses }, observed, made) {
    const isPublished = observed && observed.drift.length === 0 && !observed.unready && observed.mark === 'ours';
    const id = isPublished
      ? observed.outputs.id
      : await publishYaml(ctx, `${type} flow "${name}"`, await ctx.artifact(yaml), (job) =>
          made({ outputs: observed?.outputs, receipt: { yaml, uses, job } }),
        );
    const live = await getFlow(ctx, id);
    if (!live) throw new Error(`The ${type} flow "${name}" is not there straight after its publication.`);
    return { outputs: { id }, receipt: { yaml, uses, version: versionOf(live) } };
  },

  async delete({ genesys, ...ctx }: Ctx, { id }) {
    // The dependency index hears of a deleted IVR or flow with a delay.
    const passing = {
      passes: (error: unknown) => hasStatus(error, 409),
      within: 30_000,
      what: 'what used the flow to be gone',
    };
    const operation = 'DELETE /api/v2/flows/{flowId}';
    await onceSettled(ctx, passing, () =>
      orAbsent(genesys.call({ operation, path: { flowId: id }, schema: z.unknown() })),
    );
    return 'gone';
  },
} satisfies Kind<typeof shape>;
