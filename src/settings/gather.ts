import { exitCode, SetupError } from '../errors/setup-error.ts';
import { rangeProblem } from './phone-number.ts';
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
  /** By setting id. */
  readonly file: Readonly<Record<string, Typed | undefined>>;
  /** Values of the last run, by setting id. */
  readonly last: Readonly<Record<string, unknown>>;
}

/** Where a value comes from: flag, then variable, then file, then the last run. */
function typed({ id, flag, variables, secret }: Setting, { flags, env, file, last }: Sources): Typed | undefined {
  // The flag of a secret names a file, which is read elsewhere.
  const fromFlag = secret ? undefined : flags[id];
  if (fromFlag !== undefined) return { text: fromFlag, source: `--${flag}` };
  const variable = variables.find((name) => env[name] !== undefined && env[name] !== '');
  if (variable !== undefined) return { text: env[variable] ?? '', source: variable };
  if (file[id]) return file[id];
  const before = last[id];
  return typeof before === 'string' || typeof before === 'number'
    ? { text: String(before), source: 'the last run' }
    : undefined;
}

export interface Gathered {
  readonly values: Values;
  /** One sentence each, naming the value, where it came from, and what would be valid. */
  readonly problems: readonly string[];
}

/** Collects all settings from where they may come from. Says everything that is wrong at once. */
export function gather(sources: Sources): Gathered {
  const values: Partial<Record<SettingId, Sourced>> = {};
  const problems: string[] = [];
  for (const setting of settingsTable) {
    const found = typed(setting, sources);
    if (!found) continue;
    const result = setting.schema.safeParse(found.text);
    if (result.success) values[setting.id] = { value: result.data, source: found.source };
    else problems.push(problem(setting, found, result.error.issues[0]?.message ?? ''));
  }
  return { values, problems: [...problems, ...crossProblems(values)] };
}

function problem({ description, secret }: Setting, { text, source }: Typed, what: string): string {
  const shown = secret ? 'The value' : JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
  const label = description.replace(/ \(default.*\)$|[;:].*$/, '');
  return `${shown} (${source}) is not a valid ${label}. ${what}`;
}

/** What is wrong with values that are fine one by one. */
function crossProblems({ didStart, didEnd, environment, paymentPrefix, savePrefix }: Values): readonly string[] {
  const problems: string[] = [];
  if (didStart && didEnd) {
    const wrong = rangeProblem(String(didStart.value), String(didEnd.value));
    if (wrong) problems.push(`${wrong} (${didStart.source}, ${didEnd.source})`);
  }
  const name = String(environment?.value ?? defaultOf('environment'));
  const payment = String(paymentPrefix?.value ?? defaultOf('paymentPrefix'));
  const save = String(savePrefix?.value ?? defaultOf('savePrefix'));
  for (const [prefix, source] of [
    [payment, paymentPrefix?.source],
    [save, savePrefix?.source],
  ]) {
    const length = `${name}${prefix}`.length;
    if (length > LONGEST)
      problems.push(
        `The environment "${name}" and the prefix "${prefix}" (${source ?? environment?.source ?? 'default'}) are ${length} characters together. Use at most ${LONGEST}, so that role names fit.`,
      );
  }
  if (payment.toLowerCase() === save.toLowerCase())
    problems.push(
      `"${payment}" (${paymentPrefix?.source ?? 'default'}) and "${save}" (${savePrefix?.source ?? 'default'}) are the same prefix. Use two that differ.`,
    );
  return problems;
}

/** `<env>-<prefix>-LambdaExecutionRole` has 64 characters at most. */
const LONGEST = 43;

const defaultOf = (id: SettingId) => {
  const setting: Setting | undefined = settingsTable.find((one) => one.id === id);
  return setting?.default;
};

/** The settings that nobody gave and that have no default. */
export function missing(values: Values, known: readonly SettingId[]): readonly Setting[] {
  const all: readonly Setting[] = settingsTable;
  return all.filter(
    ({ id, optional, default: byDefault }) =>
      !optional && byDefault === undefined && !(id in values) && !known.some((one) => one === id),
  );
}

/** One message for all that is wrong, and one for all that is missing: nothing is called before both are settled. */
export function usageError(problems: readonly string[], lacking: readonly Setting[]): SetupError | undefined {
  if (problems.length > 0)
    return new SetupError(problems.length > 1 ? `${problems.length} values are not valid.` : 'A value is not valid.', {
      exit: exitCode.usage,
      details: problems,
      hint: 'Correct what is named, then run the command again.',
    });
  if (lacking.length === 0) return undefined;
  return new SetupError(`${lacking.length > 1 ? `${lacking.length} values are` : 'A value is'} missing.`, {
    exit: exitCode.usage,
    details: lacking.map(
      ({ description, flag, argument, variables, example }) =>
        `${description}: --${flag} <${argument}> or ${variables[0]}, for example ${example}`,
    ),
    hint: 'Give them as flags, as environment variables, or in eo-setup.yaml. To try everything without an account, add --sandbox.',
  });
}
