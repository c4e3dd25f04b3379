import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { isTooNarrow } from '../checks/trigger.ts';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceFree, onceSettled, onceShown } from '../settle.ts';
import { orAbsent } from '../vendor.ts';
import { isRecorded, markIn, remark } from './marks.ts';
import { pick, sameName } from './same-name.ts';
import { isUnknownYet } from './unknown-yet.ts';
import { withVersion } from './versions.ts';

const criterion = z.object({ jsonPath: z.string(), operator: z.string(), value: z.string() });
const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({
    workflowId: z.string(),
    topicName: z.string(),
    /** Which events start the workflow. */
    matchCriteria: z.array(criterion),
    /** Seconds between the event and the workflow; 0 or 60–900. */
    delaySeconds: z.number().int(),
    enabled: z.literal(true),
  }),
  outputs: z.object({ id: z.string() }),
  receipt: z.object({
    /** Whether the criterion for the dialled number was left out, as it does not hold in this organization. */
    widened: z.boolean(),
  }),
};
type Ctx = Pick<Context, 'genesys' | 'installation' | 'step' | 'clock' | 'signal' | 'note'>;
type Inputs = z.infer<typeof shape.inputs>;

const WIDENED =
  'it starts the workflow for all inbound calls, as the organization cannot tell those to one number from others';
const DESCRIPTION = 'Saves the payment when the caller has hung up';

const triggerSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  topicName: z.string().nullish(),
  enabled: z.boolean().nullish(),
  version: z.number().nullish(),
  description: z.string().nullish(),
  delayBySeconds: z.number().nullish(),
  eventTTLSeconds: z.number().nullish(),
  target: z.looseObject({ id: z.string().nullish() }).nullish(),
  matchCriteria: z
    .array(z.looseObject({ jsonPath: z.string().nullish(), operator: z.string().nullish(), value: z.unknown() }))
    .nullish(),
});
type Trigger = z.infer<typeof triggerSchema>;

const getTrigger = ({ genesys }: Pick<Ctx, 'genesys'>, triggerId: string) =>
  orAbsent(
    genesys.call({
      operation: 'GET /api/v2/processautomation/triggers/{triggerId}',
      path: { triggerId },
      schema: triggerSchema,
    }),
  );

async function find(ctx: Ctx, name: string, id: string | undefined): Promise<Trigger | undefined> {
  const known = id ? await getTrigger(ctx, id) : undefined;
  if (isRecorded(known, known?.description, name, ctx)) return known;
  const all = await ctx.genesys.page({ operation: 'GET /api/v2/processautomation/triggers', schema: triggerSchema });
  const named = all.filter((one) => sameName(one.name, name));
  return pick(named, (one) => markIn(one.description, ctx).mark === 'ours', `triggers named "${name}"`);
}

const isNumber = ({ jsonPath }: { readonly jsonPath?: string | null | undefined }) => jsonPath === 'dnis';

/** Without the criterion for the dialled number: then every inbound call starts the workflow. */
const widened = (inputs: Inputs): Inputs => ({
  ...inputs,
  matchCriteria: inputs.matchCriteria.filter((one) => !isNumber(one)),
});

function driftOf(live: Trigger, wanted: Inputs): (keyof Inputs)[] {
  const criteria = live.matchCriteria?.map(({ jsonPath, operator, value }) => ({ jsonPath, operator, value }));
  const drift: (keyof Inputs)[] = [];
  if (live.target?.id !== wanted.workflowId) drift.push('workflowId');
  if (live.topicName !== wanted.topicName) drift.push('topicName');
  if (!isDeepStrictEqual(criteria ?? [], wanted.matchCriteria)) drift.push('matchCriteria');
  if ((live.delayBySeconds ?? 0) !== wanted.delaySeconds || live.eventTTLSeconds) drift.push('delaySeconds');
  if (live.enabled !== wanted.enabled) drift.push('enabled');
  return drift;
}

/** Starts the workflow when a caller has hung up. Without a time to live: a late event is better than a lost payment. */
export const trigger = {
  ...shape,
  kind: 'genesys.trigger',
  label: labels['genesys.trigger'],
  immutable: ['topicName'],
  visibleWithin: 60_000,

  async read(ctx: Ctx, { key, outputs, receipt }, wanted) {
    const live = await find(ctx, key.name, outputs?.id);
    if (!live) return undefined;
    const { mark } = markIn(live.description, ctx);
    const unready = mark === 'none' ? { settling: false, why: 'the trigger carries no mark' } : undefined;
    const drift = wanted ? driftOf(live, receipt?.widened ? widened(wanted) : wanted) : [];
    const notes = receipt?.widened ? [WIDENED] : [];
    return { outputs: { id: live.id }, mark, drift, unready, notes };
  },

  async reconcile(ctx: Ctx, { name }, inputs, observed, made) {
    const outputs = observed?.outputs ?? { id: await create(ctx, name, inputs) };
    if (!observed) await made({ outputs });
    else if (observed.drift.length > 0 || observed.mark !== 'ours')
      await update(ctx, outputs.id, name, inputs, observed.drift.includes('matchCriteria'));
    const isWide = await widenIfTooNarrow(ctx, outputs.id, name, inputs);
    return { outputs, receipt: { widened: isWide }, aside: isWide ? WIDENED : undefined };
  },

  async delete({ genesys, ...ctx }: Ctx, { id }) {
    const operation = 'DELETE /api/v2/processautomation/triggers/{triggerId}';
    await onceFree(ctx, 'the trigger', () =>
      orAbsent(genesys.call({ operation, path: { triggerId: id }, schema: z.unknown() })),
    );
    return 'gone';
  },
} satisfies Kind<typeof shape>;

const bodyOf = (name: string, inputs: Inputs) => ({
  name,
  topicName: inputs.topicName,
  enabled: inputs.enabled,
  target: {
    type: 'Workflow',
    id: inputs.workflowId,
    workflowTargetSettings: { dataFormat: 'TopLevelPrimitives' },
  },
  matchCriteria: inputs.matchCriteria,
  ...(inputs.delaySeconds > 0 && { delayBySeconds: inputs.delaySeconds }),
});

/**
 * How the vendor compares a number with an event's is not documented, so it is tried out. Better to start the workflow for
 * every inbound call than for none: it ends at once where there is no payment.
 */
async function widenIfTooNarrow(ctx: Ctx, id: string, name: string, inputs: Inputs): Promise<boolean> {
  const digits = inputs.matchCriteria.find(isNumber)?.value;
  if (digits === undefined) return false;
  const live = await onceShown(ctx, 'the trigger', () => getTrigger(ctx, id));
  if (!live.matchCriteria?.some(isNumber)) return true;
  if (!(await isTooNarrow(ctx, id, `+${digits}`))) return false;
  await update(ctx, id, name, widened(inputs), true);
  return true;
}

/** A workflow that was just published is not known to the trigger service at once; it then answers 400. */
async function create(ctx: Ctx, name: string, inputs: Inputs): Promise<string> {
  const body = { ...bodyOf(name, inputs), description: remark(DESCRIPTION, ctx) };
  const passing = {
    passes: (error: unknown) => isUnknownYet(error, /target|workflow/i),
    within: 60_000,
    what: 'the new workflow to become known to triggers, usually a few seconds',
  };
  const { id } = await onceSettled(ctx, passing, () =>
    ctx.genesys.call({ operation: 'POST /api/v2/processautomation/triggers', body, schema: triggerSchema }),
  );
  return id;
}

/** What is not to be changed about the criteria stays: they may have been widened. */
const update = (ctx: Ctx, triggerId: string, name: string, inputs: Inputs, replacesCriteria: boolean) =>
  withVersion(
    ctx,
    () => onceShown(ctx, 'the trigger', () => getTrigger(ctx, triggerId)),
    (live) =>
      ctx.genesys.call({
        operation: 'PUT /api/v2/processautomation/triggers/{triggerId}',
        path: { triggerId },
        body: {
          ...bodyOf(name, inputs),
          ...(!replacesCriteria && live.matchCriteria && { matchCriteria: live.matchCriteria }),
          description: remark(live.description, ctx),
          version: live.version,
        },
        schema: triggerSchema,
      }),
  );
