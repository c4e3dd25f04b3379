import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
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
/** With what a killed run left half written. */
const OURS = /^[0-9a-f]{64}(?:\.new)?$/;

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The artifacts beside a state. */
export function openArtifacts(stateFolder: string): Artifacts {
  const folder = join(stateFolder, 'artifacts');
  const fileOf = (sha256: string) => join(folder, sha256);
  const written = new Map<string, Promise<void>>();
  const write = async (sha256: string, bytes: Uint8Array): Promise<void> => {
    await prepareFolder(stateFolder);
    await prepareFolder(folder);
    const known = await readOwnFile(fileOf(sha256), LARGEST);
    if (known && sha256Of(known) === sha256) return;
    await writeWhole(fileOf(sha256), bytes);
  };
  return {
    put: async (bytes) => {
      const sha256 = sha256Of(bytes);
      const under = written.get(sha256) ?? write(sha256, bytes);
      written.set(sha256, under);
      await under;
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
      const old = names.filter((name) => OURS.test(name) && !keep.has(name));
      await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
      for (const name of old) written.delete(name);
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
