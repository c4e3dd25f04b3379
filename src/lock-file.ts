import { createHash } from 'node:crypto';
import { closeSync, constants, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const ownerSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  started: z.string(),
  /** What it is doing, and since when (ISO 8601). */
  command: z.string().optional(),
  since: z.string().optional(),
});

/** A process as a lock names it; `started` tells it from a later one with the same pid. */
export type Owner = z.infer<typeof ownerSchema>;

/** Asks the system about processes. */
export interface Processes {
  readonly self: Owner;
  readonly isAlive: (owner: Owner) => boolean;
}

/**
 * Takes the lock, or throws what `owned` makes of its owner; a dead owner's is taken over. Returns what gives it back.
 */
export function takeLock(file: string, processes: Processes, owned: (owner: Owner) => Error): () => void {
  while (!create(file, processes.self)) {
    const found = read(file);
    if (found === undefined) continue;
    const owner = ownerSchema.safeParse(parse(found));
    if (owner.success && processes.isAlive(owner.data)) throw owned(owner.data);
    removeDead(file, found, processes, owned);
  }
  return () => {
    if (read(file) === JSON.stringify(processes.self)) rmSync(file, { force: true });
  };
}

// Only who holds the second lock removes a dead one, so nobody removes the lock that a quicker one has just made.
function removeDead(file: string, found: string, processes: Processes, owned: (owner: Owner) => Error): void {
  const release = takeLock(`${file}.takeover`, processes, owned);
  try {
    if (read(file) === found) rmSync(file, { force: true });
  } finally {
    release();
  }
}

// A link to a finished file: nobody ever sees a lock without its owner in it. The draft is called after what is in it, as
// a process in another container may have the same pid.
function create(file: string, self: Owner): boolean {
  const text = JSON.stringify(self);
  const draft = `${file}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

// What is there and cannot be read (a folder, a link) is nobody's to take over, and waiting would not help.
function read(file: string): string | undefined {
  let found: number;
  try {
    found = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return readFileSync(found, 'utf8');
  } finally {
    closeSync(found);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;
