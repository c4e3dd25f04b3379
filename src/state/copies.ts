import { join } from 'node:path';
import { prepareFolder, readOwnFile } from './folder.ts';
import { writeWhole } from './write-file.ts';

/** Copies of what others made, before it is overwritten or deleted. Nothing here is ever deleted. */
export interface Copies {
  /** The folder that they are kept in, whether there is one yet or not. */
  readonly folder: string;
  /** Keeps bytes under a name like this, on the disk before it resolves, and gives the path of the file. */
  readonly keep: (name: string, bytes: Uint8Array) => Promise<string>;
}

const LARGEST = 64 * 1024 * 1024;
const MOST = 1_000;

/** The copies beside a state. */
export function openCopies(stateFolder: string): Copies {
  const folder = join(stateFolder, 'backup');
  let last: Promise<unknown> = Promise.resolve();
  const keep = async (name: string, bytes: Uint8Array): Promise<string> => {
    await prepareFolder(stateFolder);
    await prepareFolder(folder);
    for (let n = 1; n <= MOST; n += 1) {
      const file = join(folder, fileName(name, n));
      const there = await readOwnFile(file, LARGEST);
      if (there && !there.equals(bytes)) continue;
      if (!there) await writeWhole(file, bytes);
      return file;
    }
    throw new Error(`There are ${MOST} copies of ${name} already.`);
  };
  return {
    folder,
    // In turn: two of the same name must not get the same file.
    keep: (name, bytes) => {
      const kept = last.then(() => keep(name, bytes));
      last = kept.catch(() => undefined);
      return kept;
    },
  };
}

const LONGEST = 150;

/** What any file system takes for a name; the n-th of the same name has a number. */
function fileName(name: string, n: number): string {
  const [, stem = '', ending = ''] = /^(.*?)(\.\w+)?$/s.exec(name) ?? [];
  const safe = stem.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '');
  // The end tells versions and dates apart.
  return `${safe.slice(-LONGEST) || 'copy'}${n === 1 ? '' : `-${n}`}${ending}`;
}
