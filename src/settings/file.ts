import { readFile } from 'node:fs/promises';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Typed } from './gather.ts';
import { nearest } from './nearest.ts';
import type { Setting } from './setting.ts';
import { settingsTable } from './table.ts';

const LARGEST = 64 * 1024;
export const DEFAULT_FILE = 'eo-setup.yaml';

const invalid = (name: string, details: readonly string[]) =>
  new SetupError(`${name} cannot be used.`, {
    exit: exitCode.usage,
    details,
    hint: 'Mend the file, or leave it out and use flags.',
  });

/** Reads the settings file. One that is not there is fine, unless it was asked for by name. */
export async function readSettingsFile(path: string, isNamed: boolean): Promise<Readonly<Record<string, Typed>>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT' && !isNamed) return {};
    throw invalid(path, [code === 'ENOENT' ? 'It does not exist.' : `It cannot be read (${code}).`]);
  }
  if (bytes.length > LARGEST) throw invalid(path, [`It has ${bytes.length} bytes; at most ${LARGEST} are read.`]);
  return parseSettingsFile(new TextDecoder().decode(bytes), path);
}

/** `key: value` lines, by setting id. */
export function parseSettingsFile(text: string, name: string): Readonly<Record<string, Typed>> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    lineCounter: lines,
    customTags: [],
  });
  const [first] = [...document.errors, ...document.warnings];
  if (first) throw invalid(name, [first.message]);
  const { contents } = document;
  if (contents === null) return {};
  if (!isMap(contents)) throw invalid(name, ['It is not a list of "key: value" lines.']);
  const found: Record<string, Typed> = {};
  const problems: string[] = [];
  for (const { key, value } of contents.items) {
    const [keyText, at] = isScalar(key) ? [String(key.value), key.range?.[0] ?? 0] : ['?', 0];
    const { line } = lines.linePos(at);
    const setting = settingByKey(keyText);
    const problem = problemOf(keyText, setting, value);
    if (problem) problems.push(`Line ${line}: ${problem}`);
    else if (setting && isScalar(value) && value.value !== null)
      found[setting.id] = { text: value.source ?? String(value.value), source: `${name}, line ${line}` };
  }
  if (problems.length > 0) throw invalid(name, problems);
  return found;
}

const all: readonly Setting[] = settingsTable;
const settingByKey = (key: string) => all.find(({ fileKeys }) => fileKeys.includes(key));

function problemOf(key: string, setting: Setting | undefined, value: unknown): string | undefined {
  if (!setting) {
    const near = nearest(
      key,
      all.filter(({ secret }) => !secret).flatMap(({ fileKeys }) => [...fileKeys]),
    );
    return `there is no setting "${key}".${near ? ` Did you mean "${near}"?` : ''}`;
  }
  if (setting.secret)
    return `"${key}" is a secret and does not belong in a file of settings. Use ${setting.variables[0]} or --${setting.flag}.`;
  return isScalar(value) || value === null ? undefined : `"${key}" must be a single value.`;
}
