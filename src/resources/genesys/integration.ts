import * as z from 'zod';
import { until } from '../../clients/retry.ts';
import { SetupError } from '../../errors/setup-error.ts';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceFree, onceShown, pace, untilGone } from '../settle.ts';
import { orAbsent } from '../vendor.ts';
import { isRecorded, markIn, remark } from './marks.ts';
import { pick, sameName } from './same-name.ts';
import { withVersion } from './versions.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({ credentialId: z.string(), state: z.literal('ENABLED') }),
  outputs: z.object({ id: z.string() }),
};
type Ctx = Pick<Context, 'genesys' | 'installation' | 'step' | 'clock' | 'signal' | 'note'>;
type Inputs = z.infer<typeof shape.inputs>;

const TYPE = 'aws-lambda-data-actions';
const CREDENTIAL = 'AmazonWebServicesARN';
const NOTES = 'Integration created to invoke an AWS Lambda';

const integrationSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  intendedState: z.string().nullish(),
  reportedState: z
    .looseObject({
      code: z.string().nullish(),
      detail: z.looseObject({ message: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
const configSchema = z.looseObject({
  name: z.string().nullish(),
  version: z.number(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  advanced: z.record(z.string(), z.unknown()).nullish(),
  notes: z.string().nullish(),
  credentials: z.record(z.string(), z.looseObject({ id: z.string().nullish() })).nullish(),
});
type Integration = z.infer<typeof integrationSchema>;
type Config = z.infer<typeof configSchema>;

const getConfig = ({ genesys }: Ctx, integrationId: string) =>
  orAbsent(
    genesys.call({
      operation: 'GET /api/v2/integrations/{integrationId}/config/current',
      path: { integrationId },
      schema: configSchema,
    }),
  );

async function getIntegration({ genesys }: Ctx, integrationId: string): Promise<Integration | undefined> {
  const operation = 'GET /api/v2/integrations/{integrationId}';
  const live = await orAbsent(genesys.call({ operation, path: { integrationId }, schema: integrationSchema }));
  return live?.intendedState === 'DELETED' ? undefined : live;
}

/** An integration with its configuration; undefined where either is missing, as while it is being deleted. */
async function configured(ctx: Ctx, live: Integration | undefined) {
  const config = live && (await getConfig(ctx, live.id));
  return config && { live, config };
}

async function find(ctx: Ctx, name: string, id: string | undefined) {
  const known = id ? await configured(ctx, await getIntegration(ctx, id)) : undefined;
  if (isRecorded(known?.live, known?.config.notes, name, ctx)) return known;
  const all = await ctx.genesys.page({
    operation: 'GET /api/v2/integrations',
    query: { integrationType: TYPE },
    schema: integrationSchema,
  });
  const named = all.filter((one) => sameName(one.name, name));
  const found = await Promise.all(named.map((live) => configured(ctx, live)));
  const candidates = found.filter((one) => one !== undefined);
  return pick(candidates, ({ config }) => markIn(config.notes, ctx).mark === 'ours', `integrations named "${name}"`);
}

function unreadyOf({ intendedState, reportedState }: Integration) {
  if (intendedState !== 'ENABLED') return undefined;
  const { code, detail } = reportedState ?? {};
  if (code === 'ACTIVE') return undefined;
  if (code === 'ERROR')
    return { settling: false, why: `the integration reports an error: ${detail?.message ?? 'no reason given'}` };
  return { settling: true, why: 'the integration is becoming active' };
}

function driftOf(live: Integration, config: Config, wanted: Inputs) {
  const drift: (keyof Inputs)[] = [];
  if (config.credentials?.[CREDENTIAL]?.id !== wanted.credentialId) drift.push('credentialId');
  if (live.intendedState !== wanted.state) drift.push('state');
  return drift;
}

/** Invokes Lambda functions with a credential's role. Created disabled and without configuration, so it takes three calls. */
export const integration = {
  ...shape,
  kind: 'genesys.integration',
  label: labels['genesys.integration'],
  visibleWithin: 60_000,

  async read(ctx: Ctx, { key, outputs }, wanted) {
    const found = await find(ctx, key.name, outputs?.id);
    if (!found) return undefined;
    const { live, config } = found;
    const { mark } = markIn(config.notes, ctx);
    const drift = wanted ? driftOf(live, config, wanted) : [];
    return { outputs: { id: live.id }, mark, drift, unready: unreadyOf(live) ?? unmarked(mark) };
  },

  async reconcile(ctx: Ctx, { name }, inputs, observed, made) {
    const id = observed?.outputs.id ?? (await create(ctx, name));
    if (!observed) await made({ outputs: { id } });
    if (observed?.mark !== 'ours' || observed.drift.includes('credentialId')) await configure(ctx, id, name, inputs);
    if (!observed || observed.drift.includes('state')) await enable(ctx, id);
    await untilActive(ctx, id, name);
    return { outputs: { id } };
  },

  async delete({ genesys, ...ctx }: Ctx, { id }) {
    const operation = 'DELETE /api/v2/integrations/{integrationId}';
    await onceFree(ctx, 'the integration', () =>
      orAbsent(genesys.call({ operation, path: { integrationId: id }, schema: z.unknown() })),
    );
    await untilGone(ctx, 'the integration', () => getIntegration({ genesys, ...ctx }, id));
    return 'gone';
  },
} satisfies Kind<typeof shape>;

/** Made by us, but its mark is gone or was never written: not drift of an input, yet not finished either. */
const unmarked = (mark: unknown) =>
  mark === 'none' ? { settling: false, why: 'the integration carries no mark' } : undefined;

async function create({ genesys }: Ctx, name: string) {
  const { id } = await genesys.call({
    operation: 'POST /api/v2/integrations',
    body: { name, integrationType: { id: TYPE } },
    schema: integrationSchema,
  });
  return id;
}

function configure(ctx: Ctx, integrationId: string, name: string, { credentialId }: Inputs) {
  return withVersion(
    ctx,
    () => onceShown(ctx, 'the integration', () => getConfig(ctx, integrationId)),
    ({ version, properties, advanced, notes, credentials }) =>
      ctx.genesys.call({
        operation: 'PUT /api/v2/integrations/{integrationId}/config/current',
        path: { integrationId },
        body: {
          name,
          version,
          properties: properties ?? {},
          advanced: advanced ?? {},
          // An empty text comes back as the name of the vendor's placeholder for it.
          notes: remark(notes && notes !== 'node_dynamodb_empty_string' ? notes : NOTES, ctx),
          credentials: { ...credentials, [CREDENTIAL]: { id: credentialId } },
        },
        schema: configSchema,
      }),
  );
}

const enable = ({ genesys }: Ctx, integrationId: string) =>
  genesys.call({
    operation: 'PATCH /api/v2/integrations/{integrationId}',
    path: { integrationId },
    body: { intendedState: 'ENABLED' },
    schema: integrationSchema,
  });

async function untilActive(ctx: Ctx, id: string, name: string) {
  const what = 'the integration to become active, usually a few seconds';
  await until(ctx, { every: pace, within: 60_000, what }, async () => {
    const live = await getIntegration(ctx, id);
    const unready = live && unreadyOf(live);
    if (unready?.settling === false)
      throw new SetupError(`The integration ${name} does not become active: ${unready.why}.`, {
        hint: 'Look at it in Genesys Cloud (Admin > Integrations), then run the command again.',
      });
    return live && !unready ? true : undefined;
  });
}
