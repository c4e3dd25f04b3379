import * as z from 'zod';
import type { Genesys } from '../clients/genesys.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { FoundOut } from '../settings/complete.ts';
import type { Values } from '../settings/gather.ts';

const pool = z.object({ provider: z.string().nullish(), state: z.string().nullish() });
const known = z.enum(['PURE_CLOUD', 'PURE_CLOUD_VOICE']);

/** The provider that all DID pools of the organization have, where nobody named one; throws where that is no single one. */
export async function findProvider(genesys: Genesys, { didProvider }: Values): Promise<FoundOut> {
  if (didProvider) return {};
  const providers = await providersOf(genesys);
  const [only] = providers;
  if (only && providers.length === 1) return { didProvider: only };
  const why = only ? 'has DID pools of both providers' : 'has no DID pool yet';
  throw new SetupError(`Nobody has said who provides the numbers, and the organization ${why}.`, {
    exit: exitCode.usage,
    hint: 'Add --did-provider PURE_CLOUD_VOICE (Genesys Cloud Voice) or --did-provider PURE_CLOUD (BYOC), or set EO_SETUP_DID_PROVIDER.',
  });
}

/** The provider that all DID pools have; undefined where there are several, or none. */
export async function onlyProvider(genesys: Genesys): Promise<FoundOut['didProvider']> {
  const [only, another] = await providersOf(genesys);
  return another ? undefined : only;
}

async function providersOf(genesys: Genesys): Promise<readonly NonNullable<FoundOut['didProvider']>[]> {
  const operation = 'GET /api/v2/telephony/providers/edges/didpools';
  const pools = await genesys.page({ operation, schema: pool });
  const providers = new Set(
    pools.flatMap(({ provider, state }) => {
      const found = known.safeParse(provider);
      return found.success && state !== 'deleted' ? [found.data] : [];
    }),
  );
  return [...providers];
}
