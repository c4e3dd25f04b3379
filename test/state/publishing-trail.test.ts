import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemProcesses } from '../../src/processes.ts';
import { clearPublishingTrail, openPublishingTrail } from '../../src/state/publishing-trail.ts';
import { freshFolders } from './folders.ts';

const folder = freshFolders();
const file = () => join(folder(), 'publishing.json');
const note = (content: unknown) => {
  mkdirSync(folder(), { recursive: true, mode: 0o700 });
  writeFileSync(file(), JSON.stringify(content), { mode: 0o600 });
};
const untilNothing = () => Promise.reject(new Error('There is nothing to wait for.'));

const lent: string[] = [];
afterEach(() => {
  for (const one of lent.splice(0)) rmSync(one, { recursive: true, force: true });
});
/** A folder with a secret in it, as Archy is lent one. */
function lend(prefix = 'eo-setup-archy-'): string {
  const path = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(path, 'options.yaml'), 'clientSecret: hunter2');
  lent.push(path);
  return path;
}

describe('while somebody publishes', () => {
  test('the folder and the process are noted, for the owner alone, and at the end nothing is', async () => {
    const trail = openPublishingTrail(folder());
    await trail.began(lend('eo-setup-archy-'));
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ folder: lent[0] });
    await trail.started(process.pid);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ process: systemProcesses().self });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await trail.ended();
    expect(existsSync(file())).toBe(false);
  });
});

describe('after a run that was killed meanwhile', () => {
  test('the folder is removed, where the process is gone too', async () => {
    const path = lend();
    const gone = { ...systemProcesses().self, started: 'another boot 1' };
    note({ folder: path, process: gone });
    await clearPublishingTrail(folder(), untilNothing);
    expect([existsSync(path), existsSync(file())]).toEqual([false, false]);
  });

  test('the process is waited for where it still works, and the folder is its own until then', async () => {
    const path = lend();
    note({ folder: path, process: systemProcesses().self });
    const seen: boolean[] = [];
    await clearPublishingTrail(folder(), async (isOver) => void seen.push(isOver(), existsSync(path)));
    expect(seen).toEqual([false, true]);
    expect([existsSync(path), existsSync(file())]).toEqual([false, false]);
  });

  test('the note stays where waiting was in vain', async () => {
    const path = lend();
    note({ folder: path, process: systemProcesses().self });
    await expect(clearPublishingTrail(folder(), untilNothing)).rejects.toThrow('nothing to wait for');
    expect([existsSync(path), existsSync(file())]).toEqual([true, true]);
  });

  test('there is nothing to do where there is no note', async () => {
    await clearPublishingTrail(folder(), untilNothing);
    expect(existsSync(folder())).toBe(false);
  });
});

describe('a note that somebody wrote by hand removes nothing else', () => {
  test.each<[string, (other: string) => unknown]>([
    ['a folder of another name', (other) => other],
    ['a path that leads elsewhere', (other) => `${tmpdir()}/eo-setup-archy-x/../${basename(other)}`],
    ['a name without a place', () => 'eo-setup-archy-x'],
    ['no text', () => 7],
  ])('%s', async (_, name) => {
    const other = lend('eo-other-');
    note({ folder: name(other) });
    await clearPublishingTrail(folder(), untilNothing);
    expect([existsSync(other), existsSync(file())]).toEqual([true, false]);
  });

  test('a link', async () => {
    const other = lend('eo-other-');
    const link = join(tmpdir(), `eo-setup-archy-${process.pid}link`);
    symlinkSync(other, link);
    lent.push(link);
    note({ folder: link });
    await clearPublishingTrail(folder(), untilNothing);
    expect(existsSync(join(other, 'options.yaml'))).toBe(true);
  });

  test('no JSON', async () => {
    note({});
    writeFileSync(file(), '{"folder": "eo-se');
    await clearPublishingTrail(folder(), untilNothing);
    expect(existsSync(file())).toBe(false);
  });
});
