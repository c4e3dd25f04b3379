import { exitCode, SetupError } from '../errors/setup-error.ts';
import { crossProblems } from './cross-problems.ts';
import type { Setting } from './setting.ts';
import { type SettingId, settingsTable } from './table.ts';

/** A value as it was typed, and where: `--did-start`, `EO_SETUP_DID_START`, `eo-setup.yaml (line 3)`. */
export interface Typed {
  readonly text: string;
  readonly source: string;
}

/** A value that is fit to be used, and where it came from. */
export interface Sourced {
  readonly value: string | number;
  readonly source: string;
}

export type Values = Partial<Readonly<Record<SettingId, Sourced>>>;

export interface Sources {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of variables that nobody set: where they really come from. */
  readonly origins?: Readonly<Record<string, string>> | undefined;
  /** By setting id. */
  readonly file: Readonly<Record<string, Typed | undefined>>;
  /** Values of the last run, by setting id. */
  readonly last: Readonly<Record<string, unknown>>;
}

/** Where a value comes from: flag, then variable, then file, then the last run. */
function typed(setting: Setting, { flags, env, origins = {}, file, last }: Sources, values: Values): Typed | undefined {
  const { id, flag, variables, secret } = setting;
  // The flag of a secret names a file, which is read elsewhere.
  const fromFlag = secret ? undefined : flags[id];
  if (fromFlag !== undefined) return { text: fromFlag, source: `--${flag}` };
  const variable = variables.find((name) => env[name] !== undefined && env[name] !== '');
  if (variable !== undefined) return { text: env[variable] ?? '', source: origins[variable] ?? variable };
  if (file[id]) return file[id];
  const before = isForgotten(setting, last, values) ? undefined : last[id];
  return typeof before === 'string' || typeof before === 'number'
    ? { text: String(before), source: 'the last run' }
    : undefined;
}

/** The last run may only have had it because of another value, which is a different one now. */
function isForgotten({ follows = [] }: Setting, last: Sources['last'], values: Values): boolean {
  const now = new Map(Object.entries(values));
  return follows.some((id) => now.has(id) && String(now.get(id)?.value) !== String(last[id]));
}

export interface Gathered {
  readonly values: Values;
  /** One sentence each, naming the value, where it came from, and what would be valid. */
  readonly problems: readonly string[];
  /** What was given and is not valid: not missing, too. */
  readonly refused: readonly SettingId[];
}

/** Collects all settings from where they may come from. Says everything that is wrong at once. */
export function gather(sources: Sources): Gathered {
  const values: Partial<Record<SettingId, Sourced>> = {};
  const problems: string[] = [];
  const refused: SettingId[] = [];
  // In the order of the table: what others follow from comes first.
  for (const setting of settingsTable) {
    const found = typed(setting, sources, values);
    if (!found) continue;
    const result = setting.schema.safeParse(found.text);
    const { source } = found;
    if (!result.success) {
      problems.push(problem(setting, found, result.error.issues[0]?.message ?? ''));
      refused.push(setting.id);
    }
    // That there is a secret is all that anybody here needs to know.
    else values[setting.id] = { value: isSecret(setting) ? '[secret]' : result.data, source };
  }
  return { values, problems: [...problems, ...crossProblems(values)], refused };
}

const isSecret = ({ secret }: Setting) => secret === true;

function problem({ flag, secret }: Setting, { text, source }: Typed, what: string): string {
  const shown = secret ? 'The value' : JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
  // Whoever gave it otherwise may not know which setting that is.
  const meant = source === `--${flag}` ? '' : ` for --${flag}`;
  return `${shown} (${source}) is not valid${meant}. ${what}`;
}

/** The settings that nobody gave and that have no default. */
export function missing(values: Values, known: readonly SettingId[]): readonly Setting[] {
  const all: readonly Setting[] = settingsTable;
  return all.filter(
    ({ id, optional, default: byDefault }) =>
      !optional && byDefault === undefined && !(id in values) && !known.some((one) => one === id),
  );
}

/** One message for all that is wrong and all that is missing: nothing is called before both are settled. */
export function usageError(problems: readonly string[], lacking: readonly Setting[]): SetupError | undefined {
  if (problems.length === 0 && lacking.length === 0) return undefined;
  const said = [
    ...(problems.length > 0 ? [count(problems.length, 'not valid')] : []),
    ...(lacking.length > 0 ? [count(lacking.length, 'missing')] : []),
  ];
  return new SetupError(`${said.join(', and ')}.`.replace(/, and A/, ', and a'), {
    exit: exitCode.usage,
    details: [...problems, ...lacking.map(howToGive)],
    hint:
      lacking.length > 0
        ? 'Give what is missing as flags, as environment variables, or in eo-setup.yaml. To try everything without an account, add --sandbox.'
        : 'Correct what is named, then run the command again.',
  });
}

const count = (n: number, what: string) => (n === 1 ? `A value is ${what}` : `${n} values are ${what}`);

const howToGive = ({ description, flag, argument, variables, example }: Setting) =>
  `${description}: --${flag} <${argument}> or ${variables[0]}, for example ${example}`;
