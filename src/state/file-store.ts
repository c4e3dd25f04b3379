import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { State, StateStore } from '../engine/record.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Kinds } from './check-kinds.ts';
import { checkFolder, prepareFolder, readOwnFile } from './folder.ts';
import { FORMAT, type Saved, type StateTarget, VERSION } from './format.ts';
import { parseState } from './parse-state.ts';
import { Unreadable } from './unreadable.ts';
import { writeWhole } from './write-file.ts';

const FILE = 'state.json';
const BACKUP = 'state.json.backup';
const LARGEST = 8 * 1024 * 1024;

/**
 * Reads the state in a folder; undefined where there is none. A file that cannot be trusted is refused, never ignored.
 * With `kinds`, so is one whose entries are not what their kinds are made of.
 */
export async function readState(folder: string, kinds?: Kinds): Promise<Saved | undefined> {
  await checkFolder(folder);
  const bytes = await readOwnFile(join(folder, FILE), LARGEST);
  if (!bytes) return undefined;
  try {
    return parseState(bytes, kinds);
  } catch (error) {
    throw await refusal(folder, error);
  }
}

async function refusal(folder: string, error: unknown): Promise<SetupError> {
  const known = error instanceof Unreadable ? error : undefined;
  const [file, backup] = [join(folder, FILE), join(folder, BACKUP)];
  const hasBackup = await stat(backup).then(
    () => true,
    () => false,
  );
  const way = hasBackup
    ? `The state before the last run is in ${backup}: look at it, copy it over the file, and run "eo-setup install", which finds again what was made since.`
    : 'Move the file away and run install or uninstall with --recover: what is installed carries a mark and is found again.';
  return new SetupError(
    `The state ${file} cannot be used: ${known?.message ?? 'it is damaged'}. Nothing was changed.`,
    {
      exit: exitCode.state,
      hint: known?.hint ?? way,
      cause: error,
    },
  );
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
  const places = other.map(
    (name) => `${names[name]}: the state has ${saved.target[name]}, signed in is ${target[name]}`,
  );
  const environments = `installation: the state has ${saved.installation}, this environment is ${installation}`;
  throw new SetupError('The state in this folder belongs to another place than the one that is signed in to.', {
    exit: exitCode.state,
    details: other.length > 0 ? places : [environments],
    hint: 'Use the credentials and the region of the state, or another environment or --state-dir for this place.',
  });
}

interface Owner {
  readonly target: StateTarget;
  readonly installation: string;
  /** The version of eo-setup that writes. */
  readonly tool: string;
}

/**
 * Saves states of one installation. The state that was there before the first save is kept as the backup. Loading is
 * `readState`, as it comes before anybody has signed in.
 */
export function openFileStore(folder: string, { target, installation, tool }: Owner): Pick<StateStore, 'save'> {
  const envelope = { format: FORMAT, version: VERSION, installation, tool, target };
  let isBackedUp = false;
  return {
    save: async ({ serial, run, settled, steps, retired }: State): Promise<void> => {
      if (!isBackedUp) await backUp(folder);
      isBackedUp = true;
      const whole = { ...envelope, serial, run, settled, steps, retired };
      await writeWhole(join(folder, FILE), `${JSON.stringify(whole, null, 1)}\n`);
    },
  };
}

async function backUp(folder: string): Promise<void> {
  await prepareFolder(folder);
  const bytes = await readOwnFile(join(folder, FILE), LARGEST);
  if (bytes) await writeWhole(join(folder, BACKUP), bytes);
}
