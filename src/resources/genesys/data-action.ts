import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceFree, onceSettled, onceShown, untilGone } from '../settle.ts';
import { orAbsent } from '../vendor.ts';
import { type Action, actionSchema, getAction, publishDraft, templateOf } from './data-action-calls.ts';
import { installationIn } from './marks.ts';
import { pick, sameName } from './same-name.ts';
import { isUnknownYet } from './unknown-yet.ts';
import { withVersion } from './versions.ts';

const json = z.record(z.string(), z.unknown());
const shape = {
  key: z.object({ name: z.string(), category: z.string() }),
  inputs: z.object({
    integrationId: z.string(),
    functionArn: z.string(),
    /** JSON schemas of what goes in and what comes out. */
    contract: z.object({ input: json, output: json }),
    timeoutSeconds: z.number().int(),
    /** Takes secure data, and can only be called from secure call flows. */
    secure: z.boolean().default(false),
  }),
  outputs: z.object({ id: z.string() }),
};
type Ctx = Pick<Context, 'genesys' | 'installation' | 'clock' | 'signal' | 'note'>;
type Inputs = z.infer<typeof shape.inputs>;

const REQUEST = `\${input.rawRequest}`;
const SUCCESS = `\${rawResult}`;

async function find(ctx: Ctx, { name, category }: z.infer<typeof shape.key>, id: string | undefined) {
  const known = id ? await getAction(ctx, id) : undefined;
  if (known) return known;
  const all = await ctx.genesys.page({
    operation: 'GET /api/v2/integrations/actions',
    query: { name, category },
    schema: actionSchema,
  });
  const named = all.filter((one) => sameName(one.name, name) && sameName(one.category, category));
  const one = pick(named, () => false, `data actions named "${name}" in the category "${category}"`);
  return one && (await getAction(ctx, one.id));
}

/** An action has no place for a mark of its own: it is ours if its integration is. */
async function markOf({ genesys, installation }: Ctx, { integrationId }: Action) {
  if (!integrationId) return { other: 'an integration that is not named' };
  const operation = 'GET /api/v2/integrations/{integrationId}/config/current';
  const schema = z.looseObject({ name: z.string().nullish(), notes: z.string().nullish() });
  const config = await orAbsent(genesys.call({ operation, path: { integrationId }, schema }));
  const mark = installationIn(config?.notes, installation);
  return mark === 'none' && config ? { other: `the integration "${config.name}"` } : mark;
}

async function driftOf(ctx: Ctx, live: Action, wanted: Inputs) {
  const { request, timeoutSeconds } = live.config ?? {};
  const drift: (keyof Inputs)[] = [];
  if (live.integrationId !== wanted.integrationId) drift.push('integrationId');
  if ((live.secure ?? false) !== wanted.secure) drift.push('secure');
  const [sent, received] = await Promise.all([templateOf(ctx, live, 'request'), templateOf(ctx, live, 'response')]);
  const isPassedOn = sent === REQUEST && received === SUCCESS;
  if (request?.requestUrlTemplate !== wanted.functionArn || !isPassedOn) drift.push('functionArn');
  if (timeoutSeconds !== wanted.timeoutSeconds) drift.push('timeoutSeconds');
  const contract = { input: live.contract?.input?.inputSchema, output: live.contract?.output?.successSchema };
  if (!isDeepStrictEqual(contract, wanted.contract)) drift.push('contract');
  return drift;
}

/** A function as flows see it. A new id would break published flows, so it is never made anew where it can be changed. */
export const dataAction = {
  ...shape,
  kind: 'genesys.data-action',
  label: labels['genesys.data-action'],
  immutable: ['integrationId'],
  visibleWithin: 60_000,

  async read(ctx: Ctx, { key, outputs }, wanted) {
    const live = await find(ctx, key, outputs?.id);
    if (!live) return undefined;
    const [mark, drift] = await Promise.all([markOf(ctx, live), wanted ? driftOf(ctx, live, wanted) : []]);
    return { outputs: { id: live.id }, mark, drift };
  },

  async reconcile(ctx: Ctx, key, inputs, observed, made) {
    if (!observed) {
      const outputs = { id: await create(ctx, key, inputs) };
      await made({ outputs });
      // A run that does not see it would make another.
      await onceShown(ctx, 'the data action', () => getAction(ctx, outputs.id));
      return { outputs };
    }
    const { outputs, drift } = observed;
    const change = { ...key, config: configOf(inputs) };
    if (drift.includes('contract') || drift.includes('secure'))
      await publishDraft(ctx, outputs.id, { ...change, secure: inputs.secure, contract: contractOf(inputs) });
    else if (drift.length > 0) await update(ctx, outputs.id, change);
    return { outputs };
  },

  async delete({ genesys, ...ctx }: Ctx, { id }) {
    const operation = 'DELETE /api/v2/integrations/actions/{actionId}';
    await onceFree(ctx, 'the data action', () =>
      orAbsent(genesys.call({ operation, path: { actionId: id }, schema: z.unknown() })),
    );
    await untilGone(ctx, 'the data action', () => getAction({ genesys }, id));
    return 'gone';
  },
} satisfies Kind<typeof shape>;

const configOf = ({ functionArn, timeoutSeconds }: Inputs) => ({
  timeoutSeconds,
  request: { requestUrlTemplate: functionArn, requestType: 'POST', requestTemplate: REQUEST, headers: {} },
  response: { translationMap: {}, translationMapDefaults: {}, successTemplate: SUCCESS },
});

const contractOf = ({ contract: { input, output } }: Inputs) => ({
  input: { inputSchema: input },
  output: { successSchema: output },
});

async function create(ctx: Ctx, key: z.infer<typeof shape.key>, inputs: Inputs): Promise<string> {
  const { integrationId } = inputs;
  const body = { ...key, integrationId, secure: inputs.secure, contract: contractOf(inputs), config: configOf(inputs) };
  const passing = {
    passes: (error: unknown) => isUnknownYet(error, /integration/i),
    within: 60_000,
    what: 'the new integration to become known to data actions, usually a few seconds',
  };
  const { id } = await onceSettled(ctx, passing, () =>
    ctx.genesys.call({ operation: 'POST /api/v2/integrations/actions', body, schema: actionSchema }),
  );
  return id;
}

const update = (ctx: Ctx, actionId: string, change: object) =>
  withVersion(
    ctx,
    () => onceShown(ctx, 'the data action', () => getAction(ctx, actionId)),
    (live) =>
      ctx.genesys.call({
        operation: 'PATCH /api/v2/integrations/actions/{actionId}',
        path: { actionId },
        body: { ...change, version: live.version },
        schema: actionSchema,
      }),
  );
