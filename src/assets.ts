import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './errors/setup-error.ts';

/** The files that come with the package: data, not code. */
export interface Assets {
  /** A flow's YAML, as written: `secure-call`. */
  readonly flow: (name: string) => Promise<string>;
  /** A JSON template, as written: `policies/lambda-trust.json`. */
  readonly template: (name: string) => Promise<string>;
  /** A function's zip, as built: `payment-id`. */
  readonly lambda: (name: string) => Promise<{ readonly zip: Uint8Array; readonly sha256: string }>;
}

/** The files under the package's own folder. */
export const assets = (root: string): Assets => ({
  flow: async (name) => (await load(join(root, 'flows', `${name}.yaml`))).toString('utf8'),
  template: async (name) => (await load(join(root, 'templates', name))).toString('utf8'),
  lambda: async (name) => {
    const zip = await load(join(root, 'dist', 'lambdas', `${name}.zip`));
    return { zip, sha256: createHash('sha256').update(zip).digest('hex') };
  },
});

async function load(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new SetupError(`${file}, a part of eo-setup, cannot be read.`, {
      hint: 'Install eo-setup again, or run `npm run build` where you cloned it.',
      cause,
    });
  }
}

/** The package's own folder, from a file in it (a path or a `file:` URL), built or not. */
export function packageRoot(from: string | URL): string {
  const start = from instanceof URL || from.startsWith('file:') ? fileURLToPath(from) : from;
  for (let folder = dirname(start); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'eo-setup') return folder;
    if (dirname(folder) === folder)
      throw new SetupError(`No folder around ${start} is the package eo-setup.`, { hint: 'Install eo-setup again.' });
  }
}

/**
 * A JSON template with every `<name>` in its texts replaced, on the parsed tree: a value can never become structure, and
 * what it holds is not looked at again. Throws where a name has no value.
 */
export function renderTemplate(text: string, values: Readonly<Record<string, string>>): object {
  const fill = (value: string) =>
    value.replace(/<([A-Za-z]+)>/g, (_, name: string) => {
      const found = Object.hasOwn(values, name) ? values[name] : undefined;
      if (found === undefined) throw new Error(`The template has no value for <${name}>.`);
      return found;
    });
  return JSON.parse(text, (_, value) => (typeof value === 'string' ? fill(value) : value));
}
