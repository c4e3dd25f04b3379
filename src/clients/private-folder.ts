import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What private folders are called in the system's folder for temporary files. */
const PREFIX = 'eo-setup-archy-';

/** What is written down of a private folder, so that the next run can take it away where this one was killed. */
export interface Trail {
  /** There is a folder; what is secret comes into it only after this. */
  readonly began: (folder: string) => Promise<void>;
  /** A process works with it. */
  readonly started: (pid: number) => Promise<void>;
  readonly ended: () => Promise<void>;
}

/** Lends a new folder that only we may look into. It is removed however that ends, even if this process is told to exit. */
export async function inPrivateFolder<T>(work: (folder: string) => Promise<T>, trail?: Trail): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    await trail?.began(folder);
    return await work(folder);
  } finally {
    process.off('exit', removeNow);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await trail?.ended();
  }
}
