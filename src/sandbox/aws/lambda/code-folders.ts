import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readZip } from './zip.ts';

/** Where the code of functions is unpacked to, each version once. */
export interface CodeFolders {
  readonly unpack: (zip: Uint8Array, sha256: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Makes a place for code that nobody else may look into; nothing is written before the first zip. */
export function createCodeFolders(): CodeFolders {
  let top: Promise<string> | undefined;
  const folders = new Map<string, Promise<string>>();

  const unpack = async (zip: Uint8Array): Promise<string> => {
    // mkdtemp gives the folder to its owner alone.
    top ??= mkdtemp(join(tmpdir(), 'eo-setup-lambda-'));
    const folder = await mkdtemp(join(await top, 'code-'));
    for (const [name, bytes] of Object.entries(readZip(zip))) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, bytes, { mode: 0o600 });
    }
    return folder;
  };
  return {
    unpack: (zip, sha256) => {
      const known = folders.get(sha256) ?? unpack(zip);
      folders.set(sha256, known);
      return known;
    },
    remove: async () => {
      await Promise.allSettled(folders.values());
      if (top) await rm(await top, { recursive: true, force: true });
    },
  };
}
