import { lstat, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { ownerOf, systemProcesses } from '../processes.ts';
import { prepareFolder, readOwnFile } from './folder.ts';
import { writeWhole } from './write-file.ts';

const FILE = 'publishing.json';
const LARGEST = 10_000;
const noted = z.object({
  /** The private folder; nothing that is called otherwise is ever removed. */
  folder: z.string().refine((path) => resolve(path) === path && /^eo-setup-archy-\w+$/.test(basename(path))),
  process: z.object({ pid: z.int().positive(), host: z.string(), started: z.string() }).optional(),
});
type Noted = z.infer<typeof noted>;

/** What a run writes down while a program of somebody else's publishes for it from a private folder. */
export interface PublishingTrail {
  readonly began: (folder: string) => Promise<void>;
  readonly started: (pid: number) => Promise<void>;
  readonly ended: () => Promise<void>;
}

/** Opens it beside a state. Only who holds the lock may write it. */
export function openPublishingTrail(stateFolder: string): PublishingTrail {
  const file = join(stateFolder, FILE);
  let current: Noted | undefined;
  const write = async (next: Noted) => {
    current = next;
    await writeWhole(file, JSON.stringify(next));
  };
  return {
    began: async (folder) => {
      await prepareFolder(stateFolder);
      await write({ folder });
    },
    started: async (pid) => {
      if (current) await write({ ...current, process: ownerOf(pid) });
    },
    ended: () => rm(file, { force: true }),
  };
}

/**
 * Takes away what a run left that was killed while it published. Where the program goes on without it, `untilEnded` waits
 * for that first: it may still publish.
 */
export async function clearPublishingTrail(
  stateFolder: string,
  untilEnded: (isOver: () => boolean) => Promise<void>,
): Promise<void> {
  const file = join(stateFolder, FILE);
  const bytes = await readOwnFile(file, LARGEST);
  if (!bytes) return;
  const left = parse(bytes.toString('utf8'));
  const { process: owner } = left ?? {};
  const { isAlive } = systemProcesses();
  if (owner && isAlive(owner)) await untilEnded(() => !isAlive(owner));
  if (left) await removeFolder(left.folder);
  await rm(file, { force: true });
}

function parse(text: string): Noted | undefined {
  try {
    return noted.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function removeFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isDirectory()) await rm(folder, { recursive: true, force: true });
}
