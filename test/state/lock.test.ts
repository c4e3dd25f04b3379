import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Owner, Processes } from '../../src/lock-file.ts';
import { systemProcesses } from '../../src/processes.ts';
import { takeRunLock } from '../../src/state/lock.ts';
import { freshFolders } from './folders.ts';
import { startStarters } from './starters.ts';

const folder = freshFolders();
const lock = () => join(folder(), 'lock');
const now = () => Date.UTC(2026, 10, 25, 9, 30);
const processes = (pid: number, ...alive: readonly number[]): Processes => ({
  self: { pid, host: 'here', started: `boot ${pid}` },
  isAlive: (owner) => alive.includes(owner.pid),
});
const take = (pid: number, ...alive: readonly number[]) =>
  takeRunLock(folder(), { now, command: 'install', processes: processes(pid, ...alive) });

test('it says which process holds it, of which host and boot, what it does and since when', async () => {
  await take(1);
  const owner = { pid: 1, host: 'here', started: 'boot 1', command: 'install', since: '2026-11-25T09:30:00.000Z' };
  expect(JSON.parse(readFileSync(lock(), 'utf8'))).toEqual(owner);
  expect([statSync(folder()).mode & 0o777, statSync(lock()).mode & 0o777]).toEqual([0o700, 0o600]);
});

test('a second run is refused with 7, saying who holds it, since when, and what to do', async () => {
  await take(1);
  await expect(take(2, 1)).rejects.toEqual(
    expect.objectContaining({
      exit: 7,
      message: 'Another run is at work here: install, process 1 on here, since 2026-11-25T09:30:00.000Z.',
      hint: `Wait until it has ended, then run the command again. If there is no such process any more, delete ${lock()}.`,
    }),
  );
});

test('a lock of an older eo-setup, which says less, is respected too', async () => {
  mkdirSync(folder(), { recursive: true, mode: 0o700 });
  writeFileSync(lock(), JSON.stringify({ pid: 1, host: 'here', started: '' }));
  const message = 'Another run is at work here: another run, process 1 on here.';
  await expect(take(2, 1)).rejects.toEqual(expect.objectContaining({ exit: 7, message }));
});

test('given back it is free, and nothing of it is left', async () => {
  const release = await take(1);
  release();
  expect(readdirSync(folder())).toEqual([]);
  const again = await take(2, 1);
  again();
});

test('given back twice, or after another has it, it stays the other’s', async () => {
  const first = await take(1);
  const second = await take(2);
  first();
  first();
  await expect(take(3, 2)).rejects.toThrow('process 2');
  second();
  expect(readdirSync(folder())).toEqual([]);
});

describe('as the system sees it,', () => {
  const { self } = systemProcesses();
  const leave = (owner: Partial<Owner>) => {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    writeFileSync(lock(), JSON.stringify({ ...self, command: 'uninstall', ...owner }));
  };
  const begin = () => takeRunLock(folder(), { now, command: 'install' });

  test('a process that is gone holds nothing', async () => {
    leave({ pid: 2 ** 30 });
    const release = await begin();
    expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ ...self, command: 'install' });
    release();
  });

  test('one that runs does, and so does any of another machine', async () => {
    leave({});
    await expect(begin()).rejects.toThrow(`uninstall, process ${process.pid} on ${hostname()}`);
    leave({ pid: 2 ** 30, host: 'elsewhere' });
    await expect(begin()).rejects.toThrow(`uninstall, process ${2 ** 30} on elsewhere`);
  });

  test.each([
    ['before this boot', `00000000-0000-0000-0000-000000000000 ${self.started.split(' ')[1]}`],
    ['before its number was given away anew', `${self.started.split(' ')[0]} 1`],
  ])('one that ran %s holds nothing, where the system tells when one was started', async (_when, started) => {
    leave({ started });
    const isTaken = await begin().then(
      () => true,
      () => false,
    );
    expect(isTaken).toBe(self.started !== '');
  });
});

test('what cannot be a lock is said in words', async () => {
  mkdirSync(lock(), { recursive: true });
  await expect(take(1)).rejects.toThrow(`The state cannot be written (${lock()}): EISDIR.`);
});

describe('of 20 processes that start at the same time, exactly one gets it', () => {
  let programs = '';
  let starters: Awaited<ReturnType<typeof startStarters>>;
  beforeAll(async () => {
    programs = mkdtempSync(join(tmpdir(), 'eo-starters-'));
    starters = await startStarters(20, programs);
  });
  afterAll(async () => {
    await starters.close();
    rmSync(programs, { recursive: true });
  });

  /** All 20 try; gives who got it, once it is sure that the others were told so. */
  async function race(place: string): Promise<number> {
    const told = await starters.take(place);
    const winners = told.filter(({ refused }) => !refused);
    expect(winners).toHaveLength(1);
    for (const { refused } of told)
      if (refused) expect(refused).toMatchObject({ exit: 7, message: expect.stringContaining('install, process ') });
    const [winner] = winners;
    expect(JSON.parse(readFileSync(join(place, 'lock'), 'utf8'))).toMatchObject({ pid: winner?.pid });
    expect(readdirSync(place)).toEqual(['lock']);
    return winner?.pid ?? 0;
  }

  test('where nobody had it', async () => {
    for (const round of [1, 2, 3]) {
      const place = join(dirname(folder()), `round-${round}`);
      await race(place);
      await starters.release();
      expect(readdirSync(place)).toEqual([]);
    }
  });

  test('where a killed one had it', async () => {
    for (const _round of [1, 2, 3]) {
      const winner = await race(folder());
      await starters.kill(winner);
    }
    await race(folder());
    await starters.release();
    expect(readdirSync(folder())).toEqual([]);
  });
});
