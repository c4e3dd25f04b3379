import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { type Entry, entrySchema } from './history.ts';
import { SandboxError } from './sandbox-error.ts';
import type { Change } from './world.ts';

/** One line of the journal: what one request changed, and the request. */
export interface Line {
  readonly changes?: readonly Change[] | undefined;
  readonly request?: Entry | undefined;
}

/** Where a world is written down. */
export interface Journal {
  /** Resolves when the line is on the disk. After one failure every later append fails too: the file may end in half a line. */
  readonly append: (line: Line) => Promise<void>;
  /** Puts these lines in place of all that was written. */
  readonly rewrite: (lines: readonly Line[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The journal of a world that nobody keeps. */
export const memoryJournal: Journal = {
  append: () => Promise.resolve(),
  rewrite: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

const FORMAT = 'eo-setup sandbox';
const headSchema = z.object({ format: z.literal(FORMAT), version: z.int() });
const lineSchema = z.object({
  changes: z
    .array(z.object({ collection: z.string(), id: z.string(), item: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
  request: entrySchema.optional(),
});

/** Reads a journal; undefined where there is none. A last line that was cut by a crash is dropped: nobody was answered for it. */
export async function readJournal(file: string): Promise<readonly Line[] | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unreadable(file, 'it cannot be read', error);
  }
  const [head = '', ...lines] = text.split('\n').slice(0, -1);
  const known = headSchema.safeParse(json(head));
  if (!known.success) throw unreadable(file, 'it does not begin as one');
  if (known.data.version > 1) throw unreadable(file, 'a newer eo-setup wrote it');
  return lines.flatMap((line, index) => {
    const parsed = lineSchema.safeParse(json(line));
    if (parsed.success) return [parsed.data];
    if (index === lines.length - 1) return [];
    throw unreadable(file, `line ${index + 2} is damaged`);
  });
}

/** Begins a journal with these lines, in place of the file that is there, and keeps it open. */
export async function openJournal(file: string, lines: readonly Line[]): Promise<Journal> {
  let handle = await replace(file, lines);
  let batch: string[] | undefined;
  let last: Promise<void> = Promise.resolve();

  const then = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work);
    return last;
  };
  const write = async (texts: string[]): Promise<void> => {
    if (batch === texts) batch = undefined;
    await handle.appendFile(texts.join(''));
    await handle.datasync();
  };
  return {
    append: (line) => {
      const text = `${JSON.stringify(line)}\n`;
      // Lines that arrive while a write is under way share the next one.
      if (batch) {
        batch.push(text);
        return last;
      }
      const texts = [text];
      batch = texts;
      return then(() => write(texts));
    },
    rewrite: (afresh) => {
      batch = undefined;
      return then(async () => {
        await handle.close();
        handle = await replace(file, afresh);
      });
    },
    close: async () => {
      await last.catch(() => undefined);
      await handle.close();
    },
  };
}

async function replace(file: string, lines: readonly Line[]): Promise<FileHandle> {
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(
      [{ format: FORMAT, version: 1 }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  await syncFolder(dirname(file));
  return open(file, 'a', 0o600);
}

// Windows has no folder to sync, and its rename is durable without.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (file: string, why: string, cause?: unknown): SandboxError =>
  new SandboxError(
    'unreadable',
    `The sandbox's journal ${file} cannot be used: ${why}.`,
    'Move its folder away to begin with a new sandbox; nothing outside of it is affected.',
    cause,
  );
