import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceFree, onceShown, untilGone } from '../settle.ts';
import { orAbsent } from '../vendor.ts';
import { markIn, markText, remark } from './marks.ts';
import { gaps, overlap, type Range, rangeDetail, rangeFrom, rangeText } from './numbers.ts';
import { withVersion } from './versions.ts';

const shape = {
  /** `name` is the range in words. */
  key: z.object({ name: z.string(), first: z.string(), last: z.string() }),
  inputs: z.object({
    poolName: z.string(),
    provider: z.enum(['PURE_CLOUD', 'PURE_CLOUD_VOICE']),
    covered: z.literal('every number'),
  }),
  outputs: z.object({ pools: z.array(z.string()) }),
};
type Ctx = Pick<Context, 'genesys' | 'installation' | 'step' | 'clock' | 'signal' | 'note'>;
type Inputs = z.infer<typeof shape.inputs>;

const poolSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  startPhoneNumber: z.string(),
  endPhoneNumber: z.string(),
  comments: z.string().nullish(),
  provider: z.string().nullish(),
  state: z.string().nullish(),
});
type Pool = z.infer<typeof poolSchema>;

const rangeOf = ({ startPhoneNumber, endPhoneNumber }: Pool): Range => ({
  first: startPhoneNumber,
  last: endPhoneNumber,
});
const isOurs = (ctx: Ctx, pool: Pool) => markIn(pool.comments, ctx).mark === 'ours';
const isUnmarked = (ctx: Ctx, pool: Pool) => markIn(pool.comments, ctx).mark === 'none';
const isClaimed = (ctx: Ctx, pool: Pool, range: Range) => markIn(pool.comments, ctx).detail === rangeDetail(range);
const idsOf = (pools: readonly Pool[]) => ({ pools: pools.map(({ id }) => id).sort() });

async function getPool({ genesys }: Pick<Ctx, 'genesys'>, didPoolId: string): Promise<Pool | undefined> {
  const operation = 'GET /api/v2/telephony/providers/edges/didpools/{didPoolId}';
  const live = await orAbsent(genesys.call({ operation, path: { didPoolId }, schema: poolSchema }));
  return live?.state === 'deleted' ? undefined : live;
}

/** The ranges that pools of ours were made for, whatever range is wanted now. */
export async function markedRanges(ctx: Ctx): Promise<readonly Range[]> {
  const operation = 'GET /api/v2/telephony/providers/edges/didpools';
  const listed = await ctx.genesys.page({ operation, schema: poolSchema });
  const details = listed
    .filter((pool) => pool.state !== 'deleted' && isOurs(ctx, pool))
    .map((pool) => markIn(pool.comments, ctx).detail);
  return [...new Set(details)].flatMap((detail) => rangeFrom(detail) ?? []);
}

/** The pools with numbers of a range; a fresh one that is known by its id may not be in the list yet. */
async function poolsOver(ctx: Pick<Ctx, 'genesys'>, range: Range, known: readonly string[]): Promise<readonly Pool[]> {
  const operation = 'GET /api/v2/telephony/providers/edges/didpools';
  const listed = await ctx.genesys.page({ operation, schema: poolSchema });
  const unlisted = known.filter((id) => listed.every((pool) => pool.id !== id));
  const found = await Promise.all(unlisted.map((id) => getPool(ctx, id)));
  const all = [...listed, ...found.filter((pool) => pool !== undefined)];
  return all.filter((pool) => pool.state !== 'deleted' && overlap(rangeOf(pool), range));
}

function partly(range: Range, foreign: readonly Pool[]): string {
  const pools = foreign.map((pool) => `"${pool.name ?? pool.id}" (${rangeText(rangeOf(pool))})`).join(', ');
  return `Only a part of ${rangeText(range)} is in a DID pool of somebody else's: ${pools}. Use numbers that are all in such pools, or all in none.`;
}

/**
 * Every number of the range is in some pool. Pools of somebody else's are used as they are; for numbers in none a pool is
 * made, whose mark says which range it is for: a later run with another range claims it by changing that.
 */
export const didPool = {
  ...shape,
  kind: 'genesys.did-pool',
  label: labels['genesys.did-pool'],
  immutable: ['provider'],
  foreign: 'use',
  visibleWithin: 60_000,

  async read(ctx: Ctx, { key, outputs }, wanted) {
    const pools = await poolsOver(ctx, key, outputs?.pools ?? []);
    const own = pools.filter(
      (pool) => isOurs(ctx, pool) || (isUnmarked(ctx, pool) && outputs?.pools.includes(pool.id)),
    );
    const mark = own.every((pool) => isOurs(ctx, pool)) ? 'ours' : 'none';
    if (!wanted) {
      const claimed = own.filter((pool) => isUnmarked(ctx, pool) || isClaimed(ctx, pool, key));
      return claimed.length > 0 ? { outputs: idsOf(claimed), mark, drift: [] } : undefined;
    }
    if (pools.length === 0) return undefined;
    const missing = gaps(key, pools.map(rangeOf));
    const foreign = pools.filter((pool) => !own.includes(pool));
    if (foreign.length > 0) {
      const isPartly = own.length > 0 || missing.length > 0;
      return { outputs: idsOf(foreign), mark: 'none', drift: [], refusal: isPartly ? partly(key, foreign) : undefined };
    }
    const drift: (keyof Inputs)[] = missing.length > 0 || mark === 'none' ? ['covered'] : [];
    if (own.some(({ provider }) => provider && provider !== wanted.provider)) drift.push('provider');
    return { outputs: idsOf(own), mark, drift };
  },

  async reconcile(ctx: Ctx, key, inputs, observed, made) {
    const known = observed?.outputs.pools ?? [];
    const own = (await poolsOver(ctx, key, known)).filter((pool) => isOurs(ctx, pool) || known.includes(pool.id));
    for (const pool of own.filter((one) => !isClaimed(ctx, one, key))) await claim(ctx, pool, key);
    const ids = own.map(({ id }) => id);
    for (const gap of gaps(key, own.map(rangeOf))) {
      const id = await create(ctx, key, gap, inputs);
      ids.push(id);
      await made({ outputs: { pools: ids.toSorted() } });
      // A run that does not see it would make another.
      await onceShown(ctx, 'the DID pool', () => getPool(ctx, id));
    }
    return { outputs: { pools: ids.toSorted() } };
  },

  async delete({ genesys, ...ctx }: Ctx, { pools }) {
    const operation = 'DELETE /api/v2/telephony/providers/edges/didpools/{didPoolId}';
    for (const didPoolId of pools) {
      // The numbers of an IVR that was just deleted are not free at once.
      await onceFree(ctx, 'the numbers of the DID pool', () =>
        orAbsent(genesys.call({ operation, path: { didPoolId }, schema: z.unknown() })),
      );
      await untilGone(ctx, 'the DID pool', () => getPool({ genesys }, didPoolId));
    }
    return 'gone';
  },
} satisfies Kind<typeof shape>;

async function create(ctx: Ctx, range: Range, gap: Range, { poolName, provider }: Inputs): Promise<string> {
  const { id } = await ctx.genesys.call({
    operation: 'POST /api/v2/telephony/providers/edges/didpools',
    body: {
      name: poolName,
      startPhoneNumber: gap.first,
      endPhoneNumber: gap.last,
      description: 'Numbers for event orchestration',
      comments: markText(ctx, rangeDetail(range)),
      provider,
    },
    schema: poolSchema,
  });
  return id;
}

const claim = (ctx: Ctx, { id }: Pool, range: Range) =>
  withVersion(
    ctx,
    () => onceShown(ctx, 'the DID pool', () => getPool(ctx, id)),
    (pool) =>
      ctx.genesys.call({
        operation: 'PUT /api/v2/telephony/providers/edges/didpools/{didPoolId}',
        path: { didPoolId: id },
        body: { ...pool, comments: remark(pool.comments, ctx, rangeDetail(range)) },
        schema: poolSchema,
      }),
  );
