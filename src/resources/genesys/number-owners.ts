import * as z from 'zod';
import type { Context } from '../context.ts';
import { commonPrefix, isIn, type Range } from './numbers.ts';

const didSchema = z.looseObject({
  number: z.string(),
  assigned: z.boolean().nullish(),
  didPool: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
  owner: z.looseObject({ id: z.string(), name: z.string().nullish() }).nullish(),
  ownerType: z.string().nullish(),
});

/** Who a number is assigned to. */
export interface NumberOwner {
  readonly number: string;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The type as a person says it. */
  readonly label: string;
  readonly pool: string;
}

const labels = new Map([
  ['USER', 'user'],
  ['PHONE', 'phone'],
  ['IVR_CONFIG', 'IVR'],
  ['GROUP', 'group'],
]);

/** The owners of those numbers of a range that are assigned. */
export async function ownersOf({ genesys }: Pick<Context, 'genesys'>, range: Range): Promise<readonly NumberOwner[]> {
  const dids = await genesys.page({
    operation: 'GET /api/v2/telephony/providers/edges/didpools/dids',
    query: { type: 'ASSIGNED_AND_UNASSIGNED', numberMatch: commonPrefix(range) },
    schema: didSchema,
  });
  return dids.flatMap(({ number, owner, ownerType, didPool }) => {
    if (!owner || !isIn(range, number)) return [];
    const type = ownerType ?? 'UNKNOWN';
    const pool = didPool?.name ?? didPool?.id ?? 'unknown';
    return [{ number, id: owner.id, name: owner.name ?? owner.id, type, label: labels.get(type) ?? 'object', pool }];
  });
}
