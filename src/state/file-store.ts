import { copyFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { State } from '../engine/record.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { checkFolder, prepareFolder, readOwnFile } from './folder.ts';
import { FORMAT, fileSchema, type Saved, type StateTarget, VERSION } from './format.ts';
import { migrate } from './migrations.ts';
import { writeWhole } from './write-file.ts';

const FILE = 'state.json';
const BACKUP = 'state.json.backup';
const LARGEST = 16 * 1024 * 1024;

/** What every file of ours begins with, whatever its version. */
const head = z.looseObject({ format: z.literal(FORMAT), version: z.int().min(1), tool: z.string().optional() });

/** Reads the state in a folder; undefined where there is none. A file that cannot be trusted is refused, never ignored. */
export async function readState(folder: string): Promise<Saved | undefined> {
  await checkFolder(folder);
  const path = join(folder, FILE);
  const bytes = await readOwnFile(path, LARGEST);
  if (!bytes) return undefined;
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw await refusal(folder, error);
  }
}

/** Why a file is refused, as the rest of a sentence. */
class Unreadable extends Error {}

function parse(text: string): Saved {
  if (text.trim() === '') throw new Unreadable('it is empty');
  const json = readJson(text);
  const begun = head.safeParse(json);
  if (!begun.success) throw new Unreadable('it is not a state of eo-setup');
  const { version, tool = 'unknown' } = begun.data;
  if (version > VERSION) throw new Unreadable(`a newer eo-setup (${tool}) wrote it`);
  const whole = fileSchema.safeParse(migrate(begun.data, version));
  if (!whole.success) throw new Unreadable(`it is damaged (${issueOf(whole.error)})`);
  const { installation, target, format: _, version: __, tool: by, ...state } = whole.data;
  return { state, installation, target, tool: by };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('it is cut off, or is not JSON');
  }
}

const issueOf = ({ issues }: z.ZodError) => `${issues[0]?.path.join('.') || 'file'}: ${issues[0]?.message}`;

async function refusal(folder: string, error: unknown): Promise<SetupError> {
  const why = error instanceof Unreadable ? error.message : 'it is damaged';
  const backup = join(folder, BACKUP);
  const hasBackup = await stat(backup).then(
    () => true,
    () => false,
  );
  const isNewer = why.startsWith('a newer');
  const way = hasBackup
    ? `The state before the last run is in ${backup}: look at it, and copy it over the file.`
    : 'Move the file away and run the command with --recover: what is installed carries a mark and is found again.';
  return new SetupError(`The state ${join(folder, FILE)} cannot be used: ${why}. Nothing was changed.`, {
    exit: exitCode.state,
    hint: isNewer ? 'Update eo-setup, then run the command again.' : way,
    cause: error,
  });
}

const names: Readonly<Record<keyof StateTarget, string>> = {
  awsAccount: 'AWS account',
  awsRegion: 'AWS region',
  genesysOrg: 'Genesys Cloud organization',
  genesysRegion: 'Genesys Cloud region',
  endpoint: 'endpoint',
};

/** Throws where a state is of somewhere else than where we are signed in. */
export function checkTarget(saved: Saved, target: StateTarget, installation: string): void {
  const keys = Object.keys(names) as (keyof StateTarget)[];
  const other = keys.filter((name) => saved.target[name] !== target[name]);
  if (other.length === 0 && saved.installation === installation) return;
  throw new SetupError('The state in this folder belongs to another place than the one that is signed in to.', {
    exit: exitCode.state,
    details: other.map((name) => `${names[name]}: the state has ${saved.target[name]}, signed in is ${target[name]}`),
    hint: 'Use the credentials and the region of the state, or another environment or --state-dir for this place.',
  });
}

interface Owner {
  readonly target: StateTarget;
  readonly installation: string;
  /** The version of eo-setup that writes. */
  readonly tool: string;
}

/** Saves states of one installation. The state that was there before the first save is kept as the backup. */
export function openFileStore(folder: string, { target, installation, tool }: Owner) {
  const path = join(folder, FILE);
  let isBackedUp = false;
  return {
    save: async (state: State): Promise<void> => {
      if (!isBackedUp) await backUp(folder);
      isBackedUp = true;
      const { serial, run, steps, retired, settled } = state;
      const envelope = { format: FORMAT, version: VERSION, installation, serial, tool, target };
      await writeWhole(path, `${JSON.stringify({ ...envelope, run, settled, steps, retired }, null, 1)}\n`);
    },
  };
}

async function backUp(folder: string): Promise<void> {
  await prepareFolder(folder);
  const draft = join(folder, `${BACKUP}.new`);
  try {
    await copyFile(join(folder, FILE), draft);
    await rename(draft, join(folder, BACKUP));
  } catch (error) {
    // A first run has nothing to keep; what else is wrong will show when the state itself is written.
    if (!(error instanceof Error)) throw error;
  }
}
