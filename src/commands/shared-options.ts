import { Option } from 'commander';
import type { Setting } from '../settings/setting.ts';
import { type SettingId, settingsTable } from '../settings/table.ts';
import { whole } from './parse-option.ts';

/** Just these settings, in the order of the table. */
export const only = (...ids: readonly SettingId[]): readonly Setting[] =>
  settingsTable.filter(({ id }) => ids.includes(id));

/** What it takes to reach what is installed. */
export const connection: readonly Setting[] = only(
  ...(['gcProfile', 'genesysRegion', 'clientId', 'clientSecret'] as const),
  ...(['awsRegion', 'awsProfile', 'environment'] as const),
);

/** The options of every command. */
export const common: readonly Option[] = [
  new Option('--json', 'write events and the result to stdout as JSON, one a line'),
  new Option('--no-input', 'never ask; fail where an answer is missing'),
  new Option('--no-color', 'no colours'),
  new Option('--accessible', 'no spinner and nothing redrawn'),
  new Option('--debug', 'show where errors come from'),
];

/** Where settings and state lie, and whether that is in a sandbox. */
export const place: readonly Option[] = [
  new Option('--config <file>', 'file of settings (default: eo-setup.yaml, if it is there)'),
  new Option('--state-dir <folder>', 'folder of the state (default: .eo-setup)'),
  new Option('--sandbox [url]', 'work in the embedded sandbox, or in the one that is served at this address'),
  new Option('--sandbox-profile <name>', 'how slow the embedded sandbox is: instant, realistic, or a JSON file'),
];

/** Looks, and leaves everything as it is. */
export const dryRun = new Option('--dry-run', 'show the plan and change nothing');

/** For where nobody can confirm. */
export const yes = new Option('--yes', 'answer confirmations with yes');

/** For where the state file is lost. */
export const recover = new Option(
  '--recover',
  'without a state file, take up what carries the mark of this installation',
);

/** How many steps run at once. */
export const parallel = new Option('--parallel <n>', 'how many steps at a time (default: 8)').argParser(whole(1, 32));

/** How long callers who are there already are left alone. */
export const drain = new Option(
  '--drain <seconds>',
  'how long calls that are on the line may go on once no new ones come in (default: 60)',
).argParser(whole(0, 3_600));

/** Deletes what was stored, which nothing else does. */
export const deleteData = new Option('--delete-data', 'delete the bucket with everything in it');

/** For flows that somebody else changed. */
export const overwriteEdits = new Option(
  '--overwrite-edits',
  'overwrite flows that somebody else changed in Architect; a copy is kept first',
);

/** For flows that somebody else has locked. */
export const forceUnlock = new Option(
  '--force-unlock',
  'take flows that somebody has locked; what they saved is checked in by that, or even goes live for a moment',
);
