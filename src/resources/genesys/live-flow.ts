import * as z from 'zod';
import type { Context } from '../context.ts';
import { orAbsent } from '../vendor.ts';
import { isRecorded } from './marks.ts';
import { pick, sameName } from './same-name.ts';

const user = z.looseObject({ id: z.string().nullish(), name: z.string().nullish(), email: z.string().nullish() });
const client = z.looseObject({ id: z.string().nullish(), name: z.string().nullish() });
const flowVersion = z.looseObject({
  id: z.string().nullish(),
  name: z.string().nullish(),
  commitVersion: z.string().nullish(),
  createdBy: user.nullish(),
  createdByClient: client.nullish(),
  /** Milliseconds since the epoch, as the others. */
  dateCreated: z.number().nullish(),
  dateSaved: z.number().nullish(),
  datePublished: z.string().nullish(),
});
const flowSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  type: z.string().nullish(),
  description: z.string().nullish(),
  deleted: z.boolean().nullish(),
  publishedVersion: flowVersion.nullish(),
  checkedInVersion: flowVersion.nullish(),
  savedVersion: flowVersion.nullish(),
  publishedBy: user.nullish(),
  lockedUser: user.nullish(),
  lockedClient: client.nullish(),
});

/** A flow as Genesys Cloud shows it. */
export type LiveFlow = z.infer<typeof flowSchema>;
export type FlowVersion = z.infer<typeof flowVersion>;
export type User = z.infer<typeof user>;

type Ctx = Pick<Context, 'genesys'>;

/** The flow of this id; undefined where it is not there, or deleted. */
export async function getFlow({ genesys }: Ctx, flowId: string): Promise<LiveFlow | undefined> {
  const operation = 'GET /api/v2/flows/{flowId}';
  const live = await orAbsent(genesys.call({ operation, path: { flowId }, schema: flowSchema }));
  return live?.deleted ? undefined : live;
}

/** The flow of this id, else the one of this type and name. */
export async function findFlow(
  ctx: Ctx & Pick<Context, 'installation' | 'step'>,
  { type, name }: { readonly type: string; readonly name: string },
  id: string | undefined,
): Promise<LiveFlow | undefined> {
  const known = id ? await getFlow(ctx, id) : undefined;
  if (isRecorded(known, known?.description, name, ctx)) return known;
  const all = await ctx.genesys.page({ operation: 'GET /api/v2/flows', query: { type, name }, schema: flowSchema });
  const named = all.filter((one) => sameName(one.name, name) && sameName(one.type, type));
  const one = pick(named, () => false, `${type} flows named "${name}"`);
  return one && getFlow(ctx, one.id);
}

/** "4.0" */
export const nameOfVersion = (version: FlowVersion | null | undefined): string | undefined =>
  version?.name ?? version?.id ?? undefined;
