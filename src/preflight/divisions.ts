import * as z from 'zod';
import type { Genesys } from '../clients/genesys.ts';

const division = z.object({ id: z.string(), name: z.string().nullish() });

/** The id of the division that everything is in which names no other. */
export async function homeDivision(genesys: Genesys): Promise<string> {
  return (await genesys.call({ operation: 'GET /api/v2/authorization/divisions/home', schema: division })).id;
}

/** The id of the division of this name; undefined where there is none. */
export async function divisionNamed(genesys: Genesys, name: string): Promise<string | undefined> {
  const operation = 'GET /api/v2/authorization/divisions';
  const found = await genesys.page({ operation, query: { name }, schema: division });
  // The filter takes a part of the name too.
  return found.find((one) => one.name?.toLowerCase() === name.toLowerCase())?.id;
}
