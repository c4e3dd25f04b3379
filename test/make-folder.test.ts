import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../src/make-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eo-make-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder is made with all that is missing above it, for its owner alone', async () => {
  await makeFolder(join(folder, 'a', 'b'));
  expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
});

test('one that is there is fine, and so is one that many make at once', async () => {
  await Promise.all(Array.from({ length: 5 }, () => makeFolder(join(folder, 'a', 'b', 'c'))));
  await makeFolder(folder);
});

test('where none can be made it ends', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file', 'a'))).rejects.toThrow(/ENOTDIR/);
  // Only Linux has it; elsewhere it cannot be made either.
  await expect(makeFolder('/proc/eo-setup/a')).rejects.toThrow();
});
