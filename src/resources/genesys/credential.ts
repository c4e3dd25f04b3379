import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Mark } from '../../engine/contract.ts';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceFree, onceShown, untilGone } from '../settle.ts';
import { orAbsent } from '../vendor.ts';
import { installationIn } from './marks.ts';
import { pick, sameName } from './same-name.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({
    /** ARN of the role that Genesys Cloud assumes. */
    roleArn: z.string(),
  }),
  outputs: z.object({ id: z.string() }),
  /** Genesys Cloud never shows a credential's fields again. */
  receipt: z.object({ roleArnSha256: z.string() }),
};
type Ctx = Pick<Context, 'genesys' | 'installation' | 'clock' | 'signal' | 'note'>;

const TYPE = 'amazonWebServicesARN';

const credentialInfo = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  type: z.looseObject({ name: z.string().nullish() }).nullish(),
});
const integrationInfo = z.looseObject({ id: z.string(), name: z.string().nullish() });
const integrationConfig = z.looseObject({ notes: z.string().nullish() });

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const bodyOf = (name: string, roleArn: string) => ({ name, type: { name: TYPE }, credentialFields: { ARN: roleArn } });

const getCredential = ({ genesys }: Pick<Ctx, 'genesys'>, credentialId: string) =>
  orAbsent(
    genesys.call({
      operation: 'GET /api/v2/integrations/credentials/{credentialId}',
      path: { credentialId },
      schema: credentialInfo,
    }),
  );

async function find(ctx: Ctx, name: string, id: string | undefined) {
  const { genesys } = ctx;
  const known = id ? await getCredential(ctx, id) : undefined;
  // A record alone, which anybody may have edited, makes nothing ours.
  if (known && (sameName(known.name, name) || (await markFromUsers(ctx, known.id)) === 'ours')) return known;
  const all = await genesys.page({
    operation: 'GET /api/v2/integrations/credentials/listing',
    schema: credentialInfo,
  });
  const named = all.filter((one) => sameName(one.name, name) && one.type?.name === TYPE);
  return pick(named, () => false, `credentials named "${name}"`);
}

/** A credential carries no mark; the integrations that use it do. */
async function usersOf({ genesys, installation }: Ctx, credentialId: string) {
  const users = await genesys.page({
    operation: 'GET /api/v2/integrations',
    query: { credentialId },
    schema: integrationInfo,
  });
  const found = await Promise.all(
    users.map(async ({ id, name }) => {
      const operation = 'GET /api/v2/integrations/{integrationId}/config/current';
      const config = await orAbsent(
        genesys.call({ operation, path: { integrationId: id }, schema: integrationConfig }),
      );
      // A list may still show what was just deleted.
      return config && { name: name ?? id, mark: installationIn(config.notes, installation) };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** With no record of it, it is ours if our integration is the only one to use it. */
async function markFromUsers(ctx: Ctx, id: string): Promise<Mark> {
  const users = await usersOf(ctx, id);
  const foreign = users.find(({ mark }) => mark !== 'ours');
  if (foreign) return { other: `the integration "${foreign.name}", which uses it` };
  return users.length > 0 ? 'ours' : 'none';
}

/** Tells an integration which role to assume. */
export const credential = {
  ...shape,
  kind: 'genesys.credential',
  label: labels['genesys.credential'],
  visibleWithin: 60_000,

  async read(ctx: Ctx, { key, outputs, receipt }, wanted) {
    const live = await find(ctx, key.name, outputs?.id);
    if (!live) return undefined;
    const isDifferent = wanted && receipt?.roleArnSha256 !== sha256(wanted.roleArn);
    const mark = live.id === outputs?.id ? 'none' : await markFromUsers(ctx, live.id);
    return { outputs: { id: live.id }, mark, drift: isDifferent ? ['roleArn'] : [] };
  },

  /** The role's ARN follows from the account and the name: what has this name was sent no other. */
  presume: (_: Ctx, __, { roleArn }) => Promise.resolve({ roleArnSha256: sha256(roleArn) }),

  async reconcile(ctx: Ctx, { name }, { roleArn }, observed, made) {
    const { genesys } = ctx;
    const receipt = { roleArnSha256: sha256(roleArn) };
    const body = bodyOf(name, roleArn);
    if (observed?.drift.includes('roleArn'))
      await genesys.call({
        operation: 'PUT /api/v2/integrations/credentials/{credentialId}',
        path: { credentialId: observed.outputs.id },
        body,
        schema: credentialInfo,
      });
    if (observed) return { outputs: observed.outputs, receipt };
    const { id } = await genesys.call({
      operation: 'POST /api/v2/integrations/credentials',
      body,
      schema: credentialInfo,
    });
    await made({ outputs: { id }, receipt });
    // A run that does not see it would make another.
    await onceShown(ctx, 'the credential', () => getCredential(ctx, id));
    return { outputs: { id }, receipt };
  },

  async delete(ctx: Ctx, { id }) {
    const foreign = (await usersOf(ctx, id)).find(({ mark }) => mark !== 'ours');
    if (foreign) return { kept: `the integration "${foreign.name}" uses it, and is not ours` };
    const operation = 'DELETE /api/v2/integrations/credentials/{credentialId}';
    await onceFree(ctx, 'the credential', () =>
      orAbsent(ctx.genesys.call({ operation, path: { credentialId: id }, schema: z.unknown() })),
    );
    await untilGone(ctx, 'the credential', () => getCredential(ctx, id));
    return 'gone';
  },
} satisfies Kind<typeof shape>;
