import * as z from 'zod';
import type { Genesys } from '../clients/genesys.ts';
import type { FoundOut } from '../settings/complete.ts';
import { usageError, type Values } from '../settings/gather.ts';
import { settingOf } from '../settings/table.ts';

const pool = z.object({ provider: z.string().nullish(), state: z.string().nullish() });
const known = z.enum(['PURE_CLOUD', 'PURE_CLOUD_VOICE']);

/** The provider that all DID pools of the organization have, where nobody named one; throws where that is no single one. */
export async function findProvider(genesys: Genesys, { didProvider }: Values): Promise<FoundOut> {
  if (didProvider) return {};
  const only = await onlyProvider(genesys);
  if (only) return { didProvider: only };
  throw usageError([], [settingOf('didProvider')]);
}

/** The provider that all DID pools have; undefined where there are several, or none. */
export async function onlyProvider(genesys: Genesys): Promise<FoundOut['didProvider']> {
  const operation = 'GET /api/v2/telephony/providers/edges/didpools';
  const pools = await genesys.page({ operation, schema: pool });
  const providers = new Set(
    pools.flatMap(({ provider, state }) => {
      const found = known.safeParse(provider);
      return found.success && state !== 'deleted' ? [found.data] : [];
    }),
  );
  const [only, another] = providers;
  return another ? undefined : only;
}
