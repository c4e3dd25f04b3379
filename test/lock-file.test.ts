import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Owner, type Processes, takeLock as take } from '../src/lock-file.ts';
import { systemProcesses } from '../src/processes.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eo-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

const takeLock = (at: string, all: Processes) =>
  take(at, all, ({ pid, host }) => new Error(`process ${pid} on ${host}`));
const owner = (pid: number, started = 'monday'): Owner => ({ pid, host: 'here', started });
const processes = (self: Owner, alive: readonly number[]): Processes => ({
  self,
  isAlive: ({ pid }) => alive.includes(pid),
});

test('the first takes it, the second is told who, and after the release it is free', () => {
  const release = takeLock(file, processes(owner(1), [1, 2]));
  expect(() => takeLock(file, processes(owner(2), [1, 2]))).toThrow('process 1 on here');
  release();
  takeLock(file, processes(owner(2), [1, 2]))();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a dead process', JSON.stringify(owner(1))],
  ['nobody who can be told', 'half a li'],
])('the lock of %s is taken over', (_who, text) => {
  writeFileSync(file, text);
  takeLock(file, processes(owner(2), [2]));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(owner(2));
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('who died while taking a dead lock over is no obstacle', () => {
  writeFileSync(file, JSON.stringify(owner(1)));
  writeFileSync(`${file}.takeover`, JSON.stringify(owner(2)));
  takeLock(file, processes(owner(3), [3]));
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('a lock that was taken over by a quicker one is not removed', () => {
  writeFileSync(file, JSON.stringify(owner(1)));
  const quick: Processes = {
    self: owner(2),
    // Between finding the dead owner and removing its lock, process 3 does both and takes it.
    isAlive: ({ pid }) => {
      if (pid === 1) writeFileSync(file, JSON.stringify(owner(3)));
      return pid !== 1;
    },
  };
  expect(() => takeLock(file, quick)).toThrow('process 3');
  expect(existsSync(file)).toBe(true);
});

test('this process is alive, one that ended is not, and another machine’s counts as alive', () => {
  const { self, isAlive } = systemProcesses();
  expect(isAlive(self)).toBe(true);
  expect(isAlive({ ...self, pid: 2 ** 30 })).toBe(false);
  expect(isAlive({ ...self, pid: 2 ** 30, host: 'elsewhere' })).toBe(true);
});

test('a pid that was given to a later process is not its owner, where the system tells when one was started', () => {
  const { self, isAlive } = systemProcesses();
  expect(isAlive({ ...self, started: `${self.started}0` })).toBe(self.started === '');
});

test.each<[string, () => void]>([
  ['a folder', () => mkdirSync(file)],
  ['a link to nowhere', () => symlinkSync(join(folder, 'nowhere'), file)],
])('%s in its place is an error, not something to wait for', (_what, put) => {
  put();
  expect(() => takeLock(file, processes(owner(1), [1]))).toThrow(/EISDIR|ELOOP/);
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('giving it back does not take it from somebody else', () => {
  const release = takeLock(file, processes(owner(1), [1]));
  writeFileSync(file, JSON.stringify(owner(2)));
  release();
  expect(existsSync(file)).toBe(true);
});
