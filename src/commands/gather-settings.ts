import { resolve } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { sandboxIdentity } from '../sandbox/variables.ts';
import { sandboxDefaults } from '../settings/complete.ts';
import { DEFAULT_FILE, readSettingsFile } from '../settings/file.ts';
import { gather, missing, type Sourced, type Typed, usageError, type Values } from '../settings/gather.ts';
import { readGcProfile } from '../settings/lookups/gc-profile.ts';
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
  /** Of the place's variables that nobody set: where they really come from. */
  readonly origins: Readonly<Record<string, string>>;
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
  if (place.isSandbox) {
    if (options.flags['gcProfile'] !== undefined) throw noProfileHere();
    return { environment, place, file: withoutPlace(all), origins: {} };
  }
  const { env, origins } = await withGcProfile(io.env, values.gcProfile, all);
  return { environment, place: choosePlace({ ...io, env }, options, environment, fallback), file: all, origins };
}

const noProfileHere = () =>
  new SetupError('A profile of the Genesys Cloud CLI is of a real organization, and this is the sandbox.', {
    exit: exitCode.usage,
    hint: 'Leave out --gc-profile, or give the id and the secret of a client that was made in the sandbox.',
  });

/** A profile that is named stands in the place of the variables; one that only a file names does so where none is set. */
async function withGcProfile(env: Io['env'], profile: Sourced | undefined, file: File) {
  const isFromFile = profile !== undefined && profile.source === file['gcProfile']?.source;
  if (!profile || (isFromFile && env['GENESYSCLOUD_OAUTHCLIENT_ID'])) return { env, origins: {} };
  const { variables, source } = await readGcProfile(String(profile.value), env);
  const origins = Object.fromEntries(Object.keys(variables).map((name) => [name, source]));
  return { env: { ...env, ...variables }, origins };
}

const isGiven = ({ flags }: Options, { env }: Io, file: File) =>
  Boolean(flags['environment'] ?? (env['EO_SETUP_ENVIRONMENT'] || file['environment']));

/** A settings file says which organization and account are meant, and how they are reached; in a sandbox neither is. */
const OF_THE_PLACE = new Set<string>([
  'gcProfile',
  'genesysRegion',
  'clientId',
  'organizationId',
  'division',
  'genesysAwsAccount',
  'awsRegion',
  'awsProfile',
  // Archy cannot publish into a sandbox.
  'publisher',
  'archyPath',
] satisfies readonly SettingId[]);

const withoutPlace = (file: File): File =>
  Object.fromEntries(Object.entries(file).filter(([id]) => !OF_THE_PLACE.has(id)));

/** All settings that were given or are remembered, checked; throws with everything that is wrong or missing at once. */
export function gatherAll({ place, file, origins }: Start, { flags }: Options, last: object): Values {
  const remembered: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(last));
  const known = place.isSandbox ? { ...inSandbox(remembered), ...file } : file;
  const { values, problems, refused } = gather({ flags, env: place.env, origins, file: known, last: remembered });
  const error = usageError(problems, missing(values, [...foundLater(values, flags), ...refused]));
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
export function gatherGiven({ place, file, origins }: Start, { flags }: Options, last: object) {
  const sources = { flags, env: place.env, origins, file };
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
export const gatherConnection = (begun: Start, options: Options, last: object): Values =>
  gatherThese(['genesysRegion', 'clientId', 'clientSecret', 'awsRegion'], begun, options, last);

/** All that was given or is remembered; throws with everything that is wrong, or that of these is missing. */
export function gatherThese(
  ids: readonly SettingId[],
  { place, file, origins }: Start,
  { flags }: Options,
  last: object,
): Values {
  const remembered = Object.fromEntries(Object.entries(last));
  const { values, problems, refused } = gather({ flags, env: place.env, origins, file, last: remembered });
  const lacking = missing(values, [...foundLater(values, flags), ...refused]).filter(({ id }) =>
    ids.some((one) => one === id),
  );
  const error = usageError(problems, lacking);
  if (error) throw error;
  return values;
}

const usage = (problems: readonly string[], lacking: Parameters<typeof usageError>[1]) =>
  usageError(problems, lacking) ?? new SetupError('A value is not valid.', { exit: exitCode.usage });
