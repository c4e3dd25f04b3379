import * as z from 'zod';
import type { Genesys } from '../../clients/genesys.ts';

const did = z.object({ number: z.string(), owner: z.object({ id: z.string() }).nullish() });

/** More would be too many to choose from; they can be typed. */
const MOST = 200;

/** Numbers of the organization's DID pools that nothing answers yet. */
export async function freeNumbers(genesys: Pick<Genesys, 'page'>): Promise<readonly string[]> {
  const dids = await genesys.page({
    operation: 'GET /api/v2/telephony/providers/edges/didpools/dids',
    query: { type: 'UNASSIGNED' },
    schema: did,
    limit: MOST,
  });
  return dids.flatMap(({ number, owner }) => (owner || !/^\+\d+$/.test(number) ? [] : [number]));
}
