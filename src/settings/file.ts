import { createReadStream } from 'node:fs';
import { isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';
import { nearest } from '../errors/nearest.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Typed } from './gather.ts';
import { readAtMost, readProblem } from './read-at-most.ts';
import type { Setting } from './setting.ts';
import { settingsTable } from './table.ts';

const LARGEST = 64 * 1024;
export const DEFAULT_FILE = 'eo-setup.yaml';

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const invalid = (name: string, details: readonly string[]) =>
  new SetupError(`${name} cannot be used.`, {
    exit: exitCode.usage,
    details,
    hint: 'Mend the file, or leave it out and use flags.',
  });

/** Reads the settings file. One that is not there is fine, unless it was asked for by name. */
export async function readSettingsFile(path: string, isNamed: boolean): Promise<Readonly<Record<string, Typed>>> {
  let text: string | undefined;
  try {
    text = await readAtMost(createReadStream(path), LARGEST);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAbsent && !isNamed) return {};
    throw invalid(path, [`${capital(readProblem(error))}.`]);
  }
  if (text === undefined) throw invalid(path, [`It has more than ${LARGEST / 1024} KB.`]);
  return parseSettingsFile(text, path);
}

/** `key: value` lines, by setting id. */
export function parseSettingsFile(text: string, name: string): Readonly<Record<string, Typed>> {
  const lines = new LineCounter();
  const contents = parseMap(text, name, lines);
  const found: Record<string, Typed> = {};
  const problems: string[] = [];
  for (const { key, value } of contents) {
    const [keyText, at] = isScalar(key) ? [String(key.value), key.range?.[0] ?? 0] : ['?', 0];
    const { line } = lines.linePos(at);
    const setting = settingByKey(keyText);
    const problem = problemOf(keyText, setting, value) ?? (setting && twice(found[setting.id], keyText));
    if (problem) problems.push(`Line ${line}: ${problem}`);
    else if (setting && isScalar(value) && value.value !== null)
      found[setting.id] = { text: value.source ?? String(value.value), source: `${name}, line ${line}` };
  }
  if (problems.length > 0) throw invalid(name, problems);
  return found;
}

const twice = (before: Typed | undefined, key: string) =>
  before && `"${key}" is another name for what stands in ${before.source.replace(/^.*, /, '')} already.`;

/** The pairs of a document that is nothing but pairs. What its errors quote is left out: it may be a secret. */
function parseMap(text: string, name: string, lineCounter: LineCounter): readonly Pair[] {
  const { contents, errors, warnings } = parseYaml(text, name, lineCounter);
  const [first] = [...errors, ...warnings];
  if (first) throw invalid(name, [`Line ${lineCounter.linePos(first.pos[0]).line}: ${first.message}.`]);
  if (contents === null) return [];
  if (!isMap(contents)) throw invalid(name, ['It is not a list of "key: value" lines.']);
  return contents.items;
}

function parseYaml(text: string, name: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      uniqueKeys: true,
      customTags: [],
      prettyErrors: false,
      lineCounter,
    });
  } catch {
    // The parser calls itself for each level.
    throw invalid(name, ['It is nested too deep.']);
  }
}

const all: readonly Setting[] = settingsTable;
const settingByKey = (key: string) => all.find(({ fileKeys }) => fileKeys.includes(key));

function problemOf(key: string, setting: Setting | undefined, value: unknown): string | undefined {
  if (!setting) {
    const near = nearest(
      key,
      all.filter(({ secret }) => !secret).flatMap(({ fileKeys }) => [...fileKeys]),
    );
    return `there is no setting "${key.length > 60 ? `${key.slice(0, 60)}…` : key}".${near ? ` Did you mean "${near}"?` : ''}`;
  }
  if (setting.secret)
    return `"${key}" is a secret and does not belong in a file of settings. Use ${setting.variables[0]} or --${setting.flag}.`;
  return isScalar(value) || value === null ? undefined : `"${key}" must be a single value.`;
}
