import { mkdtempSync } from 'node:fs';
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
  let top: string | undefined;
  const folders = new Map<string, Promise<string>>();

  const unpack = async (zip: Uint8Array): Promise<string> => {
    // Made at once, so that two zips do not make two; it belongs to its owner alone.
    top ??= mkdtempSync(join(tmpdir(), 'eo-setup-lambda-'));
    const folder = await mkdtemp(join(top, 'code-'));
    for (const [name, bytes] of Object.entries(readZip(zip))) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, bytes, { mode: 0o600 });
    }
    return folder;
  };
  return {
    unpack: (zip, sha256) => {
      const folder = folders.get(sha256) ?? unpack(zip);
      folders.set(sha256, folder);
      // The disk may be full now, and not the next time.
      folder.catch(() => folders.delete(sha256));
      return folder;
    },
    remove: async () => {
      await Promise.allSettled(folders.values());
      if (top) await rm(top, { recursive: true, force: true });
    },
  };
}
