import * as z from 'zod';
import { exitCode, SetupError } from '../../errors/setup-error.ts';
import type { Context } from '../context.ts';
import { hasStatus } from '../vendor.ts';
import { exportFlow } from './flow-export.ts';
import { getFlow, type LiveFlow, nameOfVersion } from './live-flow.ts';

type Ctx = Pick<Context, 'genesys' | 'clock' | 'signal' | 'note' | 'now' | 'keepCopy'>;

interface Taken {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Whether there is something in it that is not of our making. */
  readonly keepsCopy: boolean;
  /** Who has it locked. */
  readonly locked: string | undefined;
}

/**
 * Keeps copies of what is not ours in a flow, takes a lock away, and says where the copies are. What whoever had the lock
 * had saved is checked in by that, or even published, so it is looked at again.
 */
export async function takeOverFlow(ctx: Ctx, { id, type, name, keepsCopy, locked }: Taken): Promise<readonly string[]> {
  const what = `${type} flow "${name}"`;
  const before = await getFlow(ctx, id);
  if (!before) return [];
  const copies = keepsCopy ? [await keepCopy(ctx, what, before)] : [];
  if (locked === undefined) return copies;
  await unlock(ctx, what, id, locked);
  const after = await getFlow(ctx, id);
  return after && newest(after) !== newest(before) ? [...copies, await keepCopy(ctx, what, after)] : copies;
}

const newest = ({ checkedInVersion, publishedVersion }: LiveFlow) =>
  nameOfVersion(checkedInVersion) ?? nameOfVersion(publishedVersion);

async function keepCopy(ctx: Ctx, what: string, live: LiveFlow): Promise<string> {
  const { id, name, checkedInVersion, publishedVersion } = live;
  const bytes = await exportFlow(ctx, what, id);
  const made = (checkedInVersion ?? publishedVersion)?.dateCreated ?? ctx.now();
  const date = new Date(made).toISOString().replace(/\.\d+Z$/, 'Z');
  return ctx.keepCopy(`${name ?? id}-${newest(live) ?? 'unpublished'}-${date}.yaml`, bytes);
}

async function unlock({ genesys }: Ctx, what: string, flow: string, locked: string): Promise<void> {
  const operation = 'POST /api/v2/flows/actions/unlock';
  try {
    await genesys.call({ operation, query: { flow }, safe: true, schema: z.unknown() });
  } catch (error) {
    if (!hasStatus(error, 403, 405)) throw error;
    throw new SetupError(`The ${what} cannot be unlocked, so it stays as it is.`, {
      exit: exitCode.preflight,
      details: [`${error.service} ${error.operation}: ${error.message}`],
      hint: `Ask ${locked} to close it in Architect, or give the OAuth client architect:flow:unlock, then run the command again.`,
      cause: error,
    });
  }
}
