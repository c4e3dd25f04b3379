import { resolve } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { sandboxIdentity } from '../sandbox/variables.ts';
import { sandboxDefaults } from '../settings/complete.ts';
import { DEFAULT_FILE, readSettingsFile } from '../settings/file.ts';
import { gather, missing, type Typed, usageError, type Values } from '../settings/gather.ts';
import { type GenesysRegion, genesysAwsAccount } from '../settings/regions.ts';
import type { SettingId } from '../settings/table.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { choosePlace, type Fallback, type Place } from './place.ts';

type File = Readonly<Record<string, Typed | undefined>>;

/** Where to work, and what the files say about it; nothing is checked yet. */
export interface Start {
  readonly environment: string;
  readonly place: Place;
  readonly file: File;
}

/** Finds out the environment, and with it the place and its state. Throws where it is not valid. */
export async function start(io: Io, options: Options, fallback: Fallback, answers: File = {}): Promise<Start> {
  const { config } = options;
  const read = await readSettingsFile(resolve(io.cwd, config ?? DEFAULT_FILE), config !== undefined);
  // Nobody is asked for what a flag, a variable or the file has said.
  const all = { ...read, ...answers };
  const { values, problems } = gather({ flags: options.flags, env: io.env, file: all, last: {} });
  // A bad environment has no folder to look into; what else is bad is said with it.
  if (values.environment === undefined && problems.length > 0 && isGiven(options, io, all)) throw usage(problems, []);
  const environment = String(values.environment?.value ?? 'dev');
  const place = choosePlace(io, options, environment, fallback);
  return { environment, place, file: place.isSandbox ? withoutPlace(all) : all };
}

const isGiven = ({ flags }: Options, { env }: Io, file: File) =>
  Boolean(flags['environment'] ?? (env['EO_SETUP_ENVIRONMENT'] || file['environment']));

/** A settings file says which organization and account are meant; in a sandbox neither is. */
const OF_THE_PLACE = new Set<string>([
  'genesysRegion',
  'clientId',
  'organizationId',
  'division',
  'genesysAwsAccount',
  'awsRegion',
  'awsProfile',
] satisfies readonly SettingId[]);

const withoutPlace = (file: File): File =>
  Object.fromEntries(Object.entries(file).filter(([id]) => !OF_THE_PLACE.has(id)));

/** All settings that were given or are remembered, checked; throws with everything that is wrong or missing at once. */
export function gatherAll({ place, file }: Start, { flags }: Options, last: object): Values {
  const remembered: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(last));
  const known = place.isSandbox ? { ...inSandbox(remembered), ...file } : file;
  const { values, problems } = gather({ flags, env: place.env, file: known, last: remembered });
  const error = usageError(problems, missing(values, foundLater(values, flags)));
  if (error) throw error;
  return place.isSandbox ? withoutVariables(values) : values;
}

/** The variables of a sandbox are its own; nobody has set them. */
const withoutVariables = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([id, { value, source }]) => [
      id,
      { value, source: source in sandboxIdentity ? 'sandbox' : source },
    ]),
  );

/** What stands in for values in a sandbox, unless an earlier run had others. */
const inSandbox = (last: Readonly<Record<string, unknown>>): File =>
  Object.fromEntries(
    Object.entries(sandboxDefaults).flatMap(([id, text]) =>
      last[id] === undefined ? [[id, { text, source: 'sandbox' }]] : [],
    ),
  );

/** What was given, and whether that and the last run are enough; throws where something is wrong. */
export function gatherGiven({ place, file }: Start, { flags }: Options, last: object) {
  const sources = { flags, env: place.env, file };
  const { values, problems } = gather({ ...sources, last: Object.fromEntries(Object.entries(last)) });
  const error = usageError(problems, []);
  if (error) throw error;
  const isEnough = missing(values, foundLater(values, flags)).length === 0;
  return { given: gather({ ...sources, last: {} }).values, isEnough };
}

/** What does not have to be given, as it follows from the account, the organization or another value. */
function foundLater({ genesysRegion }: Values, flags: Options['flags']): readonly SettingId[] {
  const account = genesysRegion && genesysAwsAccount(genesysRegion.value as GenesysRegion);
  return [
    'bucket',
    'didProvider',
    ...(account || !genesysRegion ? (['genesysAwsAccount'] as const) : []),
    ...(flags['clientSecret'] === undefined ? [] : (['clientSecret'] as const)),
  ];
}

/** What it takes to sign in again to where something was installed: the rest is remembered. */
export function gatherConnection({ place, file }: Start, { flags }: Options, last: object): Values {
  const remembered = Object.fromEntries(Object.entries(last));
  const { values, problems } = gather({ flags, env: place.env, file, last: remembered });
  const ids: readonly SettingId[] = ['genesysRegion', 'clientId', 'clientSecret', 'awsRegion'];
  const lacking = missing(values, foundLater(values, flags)).filter(({ id }) => ids.some((one) => one === id));
  const error = usageError(problems, lacking);
  if (error) throw error;
  return values;
}

const usage = (problems: readonly string[], lacking: Parameters<typeof usageError>[1]) =>
  usageError(problems, lacking) ?? new SetupError('A value is not valid.', { exit: exitCode.usage });
