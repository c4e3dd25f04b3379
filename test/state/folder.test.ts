import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SetupError } from '../../src/errors/setup-error.ts';
import { cannotWrite, checkFolder, checkOwner, prepareFolder, readOwnFile } from '../../src/state/folder.ts';
import { freshFolders } from './folders.ts';

const folder = freshFolders();
const modeOf = (path: string) => statSync(path).mode & 0o777;
const refused = (why: string) => expect.objectContaining({ exit: 11, message: expect.stringContaining(why) });

test('a new folder is for its owner alone, and so are those above it that had to be made', async () => {
  await prepareFolder(folder());
  expect(modeOf(folder())).toBe(0o700);
  expect(modeOf(dirname(folder()))).toBe(0o700);
});

test('a folder that others may read is closed to them', async () => {
  mkdirSync(folder(), { recursive: true });
  chmodSync(folder(), 0o755);
  await prepareFolder(folder());
  expect(modeOf(folder())).toBe(0o700);
});

describe.each([
  ['prepared', prepareFolder],
  ['looked at', checkFolder],
])('a folder that is %s', (_how, use) => {
  test.each([0o770, 0o702, 0o777])(
    'is refused where others may write to it (mode %o), and stays as it is',
    async (mode) => {
      mkdirSync(folder(), { recursive: true });
      chmodSync(folder(), mode);
      await expect(use(folder())).rejects.toEqual(refused('others may write to it'));
      expect(modeOf(folder())).toBe(mode);
    },
  );

  test('is refused where it is a link, even to a good one', async () => {
    const real = `${folder()}-real`;
    mkdirSync(real, { recursive: true, mode: 0o700 });
    symlinkSync(real, folder());
    await expect(use(folder())).rejects.toEqual(refused('it is a symbolic link'));
  });

  test('is refused where it is a file', async () => {
    mkdirSync(dirname(folder()), { recursive: true });
    writeFileSync(folder(), '');
    await expect(use(folder())).rejects.toBeInstanceOf(SetupError);
  });

  test('is refused where it would lie below a file', async () => {
    mkdirSync(dirname(folder()), { recursive: true });
    writeFileSync(folder(), '');
    await expect(use(join(folder(), 'dev'))).rejects.toEqual(refused('what should be a folder above it is a file'));
  });
});

describe('a file', () => {
  const file = () => join(folder(), 'state.json');

  test('is read whole, and is undefined where there is none, or no folder', async () => {
    expect(await readOwnFile(file(), 10)).toBeUndefined();
    await prepareFolder(folder());
    expect(await readOwnFile(file(), 10)).toBeUndefined();
    writeFileSync(file(), '0123456789', { mode: 0o600 });
    expect(String(await readOwnFile(file(), 10))).toBe('0123456789');
  });

  test('is refused where it is larger than what is read', async () => {
    await prepareFolder(folder());
    writeFileSync(file(), '01234567890', { mode: 0o600 });
    await expect(readOwnFile(file(), 10)).rejects.toEqual(refused('it has 11 bytes, at most 10 are read'));
  });

  test('is refused where it is a link, a folder, or open to others', async () => {
    await prepareFolder(folder());
    const path = (name: string) => join(folder(), name);
    writeFileSync(path('real'), 'x', { mode: 0o600 });
    symlinkSync(path('real'), path('link'));
    symlinkSync(path('nowhere'), path('dangling'));
    mkdirSync(path('folder'));
    writeFileSync(path('open'), 'x');
    chmodSync(path('open'), 0o660);
    for (const name of ['link', 'dangling', 'folder'])
      await expect(readOwnFile(path(name), 10), name).rejects.toEqual(refused('it is no plain file'));
    await expect(readOwnFile(path('open'), 10)).rejects.toEqual(refused('others may write to it'));
  });
});

describe('whose it is:', () => {
  test.each<[string, { uid: number; mode: number }, number | undefined, string | undefined]>([
    ['ours, for us alone', { uid: 7, mode: 0o40700 }, 7, undefined],
    ['ours, for others to read', { uid: 7, mode: 0o40755 }, 7, undefined],
    ['somebody else’s', { uid: 8, mode: 0o40700 }, 7, 'it belongs to another user'],
    ['root’s', { uid: 0, mode: 0o40700 }, 7, 'it belongs to another user'],
    ['a user’s, seen by root', { uid: 7, mode: 0o40700 }, 0, 'it belongs to another user'],
    ['ours, the group’s to write', { uid: 7, mode: 0o40720 }, 7, 'others may write to it'],
    ['ours, everybody’s to write', { uid: 7, mode: 0o41702 }, 7, 'others may write to it'],
  ])('%s', (_whose, stats, me, why) => {
    const check = () => checkOwner('/x', stats, me);
    if (why === undefined) expect(check()).toBeUndefined();
    else expect(check).toThrow(`/x cannot be used for the state: ${why}.`);
  });
});

describe('a failed write says why in words:', () => {
  test.each([
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'the disk quota is used up'],
    ['EROFS', 'the disk is read-only'],
    ['EACCES', 'it must not be written to'],
    ['EPERM', 'it must not be written to'],
    ['EIO', 'EIO'],
  ])('%s', (code, why) => {
    const cause = Object.assign(new Error('x'), { code });
    const { message, hint, exit, cause: kept } = cannotWrite('/x/state.json', cause);
    expect(message).toBe(`The state cannot be written (/x/state.json): ${why}.`);
    expect(hint).toContain('run the command again');
    expect([exit, kept]).toEqual([1, cause]);
  });
});
