import { constants, type Stats } from 'node:fs';
import { chmod, lstat, open } from 'node:fs/promises';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { makeFolder } from '../make-folder.ts';

const isCode = (error: unknown, ...codes: readonly string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

const refuse = (path: string, why: string, hint: string, cause?: unknown) =>
  new SetupError(`${path} cannot be used for the state: ${why}.`, { exit: exitCode.state, hint, cause });

/**
 * Throws where a file or folder is somebody else's, or open to others. `me` is a user id; undefined on Windows, which
 * has neither owners nor modes of this kind.
 */
export function checkOwner(path: string, { uid, mode }: Pick<Stats, 'uid' | 'mode'>, me = process.getuid?.()): void {
  if (me === undefined) return;
  if (uid !== me) throw refuse(path, 'it belongs to another user', 'Use a folder of your own with --state-dir.');
  if ((mode & 0o022) !== 0)
    throw refuse(
      path,
      'others may write to it',
      `Take that away with "chmod go-w ${path}", and look at what is in it.`,
    );
}

const belowFile = (folder: string, cause: unknown) =>
  refuse(folder, 'what should be a folder above it is a file', 'Name another one with --state-dir.', cause);

/** Makes the folder of a state, for its owner alone; throws where it is a link, somebody else's, or open to others. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await checkFolder(folder);
    await chmod(folder, 0o700);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw isCode(error, 'ENOTDIR') ? belowFile(folder, error) : cannotWrite(folder, error);
  }
}

/** Throws where a folder that is there must not be trusted. */
export async function checkFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    if (isCode(error, 'ENOTDIR')) throw belowFile(folder, error);
    throw refuse(folder, 'it cannot be read', 'Check who may read it.', error);
  });
  if (!found) return;
  if (found.isSymbolicLink()) throw refuse(folder, 'it is a symbolic link', 'Use the folder itself with --state-dir.');
  if (!found.isDirectory()) throw refuse(folder, 'it is not a folder', 'Use another folder with --state-dir.');
  checkOwner(folder, found);
}

/** The bytes of a file in the folder; undefined where there is none. Throws where it must not be trusted. */
export async function readOwnFile(path: string, most: number): Promise<Buffer | undefined> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw refuse(path, 'it cannot be read', 'Check who may read it.', error);
  });
  if (!found) return undefined;
  if (!found.isFile()) throw refuse(path, 'it is no plain file', 'Move it away, and look at how it came there.');
  checkOwner(path, found);
  if (found.size > most) throw refuse(path, `it has ${found.size} bytes, at most ${most} are read`, 'Move it away.');
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw refuse(path, 'it cannot be read', 'Check who may read it.', error);
  }
}

const reasons = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'it must not be written to'],
  ['EPERM', 'it must not be written to'],
  ['ENOTSUP', 'its file system knows no hard links, which the lock is made with'],
]);

/** What was done is not written down, so nothing more may be done. */
export function cannotWrite(path: string, cause: unknown): SetupError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new SetupError(`The state cannot be written (${path}): ${reasons.get(code) ?? code}.`, {
    hint: 'Make room, or allow it to be written, then run the command again: it goes on from where it stopped.',
    cause,
  });
}
