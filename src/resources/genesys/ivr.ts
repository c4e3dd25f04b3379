import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { onceFree, onceSettled, onceShown, untilGone } from '../settle.ts';
import { hasStatus, orAbsent } from '../vendor.ts';
import { isRecorded, markIn, markText, remark } from './marks.ts';
import { type NumberOwner, ownersOf } from './number-owners.ts';
import { isIn, type Range, rangeDetail, rangeFrom, rangeText } from './numbers.ts';
import { pick, sameName } from './same-name.ts';
import { withVersion } from './versions.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({
    /** E.164, in order, no gaps. */
    dnis: z.array(z.string()).min(1),
    flowId: z.string(),
  }),
  outputs: z.object({ id: z.string() }),
};
type Ctx = Pick<Context, 'genesys' | 'installation' | 'step' | 'clock' | 'signal' | 'note' | 'sleep' | 'drain'>;
type Inputs = z.infer<typeof shape.inputs>;

const ivrSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  version: z.number().nullish(),
  state: z.string().nullish(),
  dnis: z.array(z.string()).nullish(),
  openHoursFlow: z.looseObject({ id: z.string() }).nullish(),
});
type Ivr = z.infer<typeof ivrSchema>;

/** How many new numbers one request may bring. */
const CHUNK = 50;

const rangeOf = ({ dnis }: Inputs): Range => ({ first: dnis[0] ?? '', last: dnis.at(-1) ?? '' });

async function getIvr({ genesys }: Pick<Ctx, 'genesys'>, ivrId: string): Promise<Ivr | undefined> {
  const operation = 'GET /api/v2/architect/ivrs/{ivrId}';
  const live = await orAbsent(genesys.call({ operation, path: { ivrId }, schema: ivrSchema }));
  return live?.state === 'deleted' ? undefined : live;
}

/** By its id; else by name; else as the owner of one of the numbers, where a fresh IVR is known before it is listed. */
async function find(ctx: Ctx, name: string, id: string | undefined, owners: readonly NumberOwner[]) {
  const known = id ? await getIvr(ctx, id) : undefined;
  if (isRecorded(known, known?.description, name, ctx)) return known;
  const isOurs = (one: Ivr) => markIn(one.description, ctx).mark === 'ours';
  const all = await ctx.genesys.page({ operation: 'GET /api/v2/architect/ivrs', query: { name }, schema: ivrSchema });
  const named = all.filter((one) => sameName(one.name, name) && one.state !== 'deleted');
  const listed = pick(named, isOurs, `IVRs named "${name}"`);
  if (listed) return listed;
  const ids = new Set(owners.flatMap((owner) => (owner.type === 'IVR_CONFIG' ? [owner.id] : [])));
  const owning = await Promise.all([...ids].map((owner) => getIvr(ctx, owner)));
  return owning.find((one) => one && isOurs(one));
}

/** IVRs of our name that own a number and are not shown: made, or deleted, only just, and most likely by us. */
async function unshown(ctx: Ctx, name: string, owners: readonly NumberOwner[]): Promise<readonly string[]> {
  const ids = new Set(
    owners.flatMap(({ type, ...own }) => (type === 'IVR_CONFIG' && sameName(own.name, name) ? own.id : [])),
  );
  const found = await Promise.all([...ids].map(async (id) => ((await getIvr(ctx, id)) ? [] : [id])));
  return found.flat();
}

function refusalOf(owners: readonly NumberOwner[], own: readonly (string | undefined)[]): string | undefined {
  const taken = owners.filter(({ id }) => !own.includes(id));
  const [first] = taken;
  if (!first) return undefined;
  const others = taken.length > 1 ? `, and ${taken.length - 1} more of the numbers are taken too` : '';
  return `${first.number} (DID pool ${first.pool}) is assigned to the ${first.label} "${first.name}"${others}. Choose other numbers, or free them in Genesys Cloud.`;
}

/** Routes the calls to our numbers into the inbound flow. The mark says which numbers we set; others on it stay. */
export const ivr = {
  ...shape,
  kind: 'genesys.ivr',
  label: labels['genesys.ivr'],
  visibleWithin: 60_000,

  async read(ctx: Ctx, { key, outputs }, wanted) {
    const owners = wanted ? await ownersOf(ctx, rangeOf(wanted)) : [];
    const live = await find(ctx, key.name, outputs?.id, owners);
    const refusal = refusalOf(owners, live ? [live.id] : await unshown(ctx, key.name, owners));
    if (!live) return refusal ? { outputs: { id: '' }, mark: 'none', drift: [], refusal } : undefined;
    const { mark, detail } = markIn(live.description, ctx);
    if (!wanted) return { outputs: { id: live.id }, mark, drift: [] };
    const drift: (keyof Inputs)[] = [];
    const numbers = live.dnis ?? [];
    const isMarked = mark === 'ours' && detail === rangeDetail(rangeOf(wanted));
    if (!isMarked || wanted.dnis.some((number) => !numbers.includes(number))) drift.push('dnis');
    if (live.openHoursFlow?.id !== wanted.flowId) drift.push('flowId');
    const added = foreignNumbers(ctx, live, wanted);
    const notes =
      added.length > 0
        ? [`${added.join(', ')} ${added.length > 1 ? 'were' : 'was'} added by somebody else and stays`]
        : [];
    return { outputs: { id: live.id }, mark, drift, refusal, notes };
  },

  async reconcile(ctx: Ctx, { name }, inputs, observed, made) {
    const id = observed?.outputs.id ?? (await create(ctx, name, inputs));
    if (!observed) await made({ outputs: { id } });
    if (!observed || observed.drift.length > 0) await update(ctx, id, inputs);
    return { outputs: { id } };
  },

  async delete({ genesys, ...ctx }: Ctx, { id }) {
    const operation = 'DELETE /api/v2/architect/ivrs/{ivrId}';
    await onceFree(ctx, 'the IVR', () =>
      orAbsent(genesys.call({ operation, path: { ivrId: id }, schema: z.unknown() })),
    );
    await untilGone(ctx, 'the IVR', () => getIvr({ genesys }, id));
    if (ctx.drain > 0) {
      ctx.note(`calls that are still on the line (${Math.round(ctx.drain / 1_000)} s, --drain)`);
      await ctx.sleep(ctx.drain);
    }
    return 'gone';
  },
} satisfies Kind<typeof shape>;

/** Numbers that are neither wanted nor ours from an earlier range. */
function foreignNumbers(ctx: Ctx, live: Ivr, { dnis }: Inputs): readonly string[] {
  const ours = rangeFrom(markIn(live.description, ctx).detail);
  return (live.dnis ?? []).filter((number) => !dnis.includes(number) && !(ours && isIn(ours, number)));
}

/** A pool that was just made does not lend its numbers at once; Genesys Cloud then misses a field that nobody sends. */
const isWithoutPool = (error: unknown) => hasStatus(error, 400) && /'didPoolId' is required/.test(error.message);
const POOLED = 'the new DID pool to lend its numbers, usually a few seconds';
const oncePooled = <T>(ctx: Ctx, send: () => Promise<T>) =>
  onceSettled(ctx, { passes: isWithoutPool, within: 60_000, what: POOLED }, send);

async function create(ctx: Ctx, name: string, inputs: Inputs): Promise<string> {
  const description = markText(ctx, rangeDetail(rangeOf(inputs)));
  const body = {
    name,
    description: `Event orchestration for ${rangeText(rangeOf(inputs))} ${description}`,
    dnis: inputs.dnis.slice(0, CHUNK),
    openHoursFlow: { id: inputs.flowId },
  };
  const { id } = await oncePooled(ctx, () =>
    ctx.genesys.call({ operation: 'POST /api/v2/architect/ivrs', body, schema: ivrSchema }),
  );
  return id;
}

/** Brings the numbers and the flow to what is wanted, fifty new numbers at a time, and keeps all else. */
async function update(ctx: Ctx, ivrId: string, inputs: Inputs): Promise<void> {
  for (;;) {
    const missing = await withVersion(
      ctx,
      () => onceShown(ctx, 'the IVR', () => getIvr(ctx, ivrId)),
      async (live) => {
        const numbers = live.dnis ?? [];
        const fresh = inputs.dnis.filter((number) => !numbers.includes(number));
        const { mark, detail } = markIn(live.description, ctx);
        const isMarked = mark === 'ours' && detail === rangeDetail(rangeOf(inputs));
        if (fresh.length === 0 && isMarked && live.openHoursFlow?.id === inputs.flowId) return 0;
        await put(ctx, live, inputs, fresh.slice(0, CHUNK));
        return fresh.length - CHUNK;
      },
    );
    if (missing <= 0) return;
    await ctx.sleep(2_000);
  }
}

function put(ctx: Ctx, live: Ivr, inputs: Inputs, fresh: readonly string[]) {
  const kept = (live.dnis ?? []).filter((number) => inputs.dnis.includes(number));
  const body = {
    ...live,
    description: remark(live.description, ctx, rangeDetail(rangeOf(inputs))),
    dnis: [...kept, ...fresh, ...foreignNumbers(ctx, live, inputs)],
    openHoursFlow: { id: inputs.flowId },
  };
  const operation = 'PUT /api/v2/architect/ivrs/{ivrId}';
  return oncePooled(ctx, () => ctx.genesys.call({ operation, path: { ivrId: live.id }, body, schema: ivrSchema }));
}
