import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { prepareFolder, readOwnFile } from './folder.ts';
import { writeWhole } from './write-file.ts';

/** Bytes that inputs name by their sha256 (hex): zips and rendered flows. */
export interface Artifacts {
  /** Keeps bytes, on the disk before it resolves, and gives their sha256. */
  readonly put: (bytes: Uint8Array) => Promise<string>;
  /** Throws where they are missing or damaged. */
  readonly get: (sha256: string) => Promise<Uint8Array>;
  /** Forgets all but these. */
  readonly prune: (keep: ReadonlySet<string>) => Promise<void>;
}

const LARGEST = 64 * 1024 * 1024;
const NAME = /^[0-9a-f]{64}$/;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The artifacts beside a state. */
export function openArtifacts(stateFolder: string): Artifacts {
  const folder = join(stateFolder, 'artifacts');
  const fileOf = (sha256: string) => join(folder, sha256);
  return {
    put: async (bytes) => {
      const sha256 = sha256Of(bytes);
      const known = await stat(fileOf(sha256)).catch(() => undefined);
      if (known?.size === bytes.length) return sha256;
      await prepareFolder(stateFolder);
      await prepareFolder(folder);
      await writeWhole(fileOf(sha256), bytes);
      return sha256;
    },
    get: async (sha256) => {
      if (!NAME.test(sha256)) throw unusable(sha256, 'it has no such name');
      const bytes = await readOwnFile(fileOf(sha256), LARGEST);
      if (!bytes) throw unusable(fileOf(sha256), 'it is not there');
      if (sha256Of(bytes) !== sha256) throw unusable(fileOf(sha256), 'it is damaged');
      return bytes;
    },
    prune: async (keep) => {
      const names = await readdir(folder).catch((): string[] => []);
      const old = names.filter((name) => !keep.has(name));
      await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
    },
  };
}

/** Only computes the names, for who only looks. */
export const unkeptArtifacts: Artifacts = {
  put: async (bytes) => sha256Of(bytes),
  get: (sha256) => Promise.reject(unusable(sha256, 'nothing was kept')),
  prune: async () => undefined,
};

const unusable = (what: string, why: string) =>
  new SetupError(`The artifact ${what} cannot be used: ${why}.`, {
    exit: exitCode.state,
    hint: 'Run "eo-setup install" once more: it writes what it needs anew.',
  });
