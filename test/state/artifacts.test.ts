import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openArtifacts, unkeptArtifacts } from '../../src/state/artifacts.ts';
import { freshFolders } from './folders.ts';

const folder = freshFolders();
const bytes = (text: string) => new TextEncoder().encode(text);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const file = (text: string) => join(folder(), 'artifacts', sha256(text));
const kept = () => readdirSync(join(folder(), 'artifacts')).sort();
const refused = (why: string) => expect.objectContaining({ exit: 11, message: expect.stringContaining(why) });

describe('what is put', () => {
  test('is called by its sha256, and comes back', async () => {
    const artifacts = openArtifacts(folder());
    expect(await artifacts.put(bytes('one'))).toBe(sha256('one'));
    expect(await artifacts.put(bytes(''))).toBe(sha256(''));
    expect(Buffer.from(await artifacts.get(sha256('one')))).toEqual(Buffer.from('one'));
    expect(await openArtifacts(folder()).get(sha256(''))).toHaveLength(0);
  });

  test('is for its owner alone', async () => {
    await openArtifacts(folder()).put(bytes('one'));
    const modes = [folder(), join(folder(), 'artifacts'), file('one')].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  test('is written once, however often and by whomever it is put', async () => {
    const artifacts = openArtifacts(folder());
    await Promise.all([1, 2, 3].map(() => artifacts.put(bytes('one'))));
    const { ino } = statSync(file('one'));
    await artifacts.put(bytes('one'));
    await openArtifacts(folder()).put(bytes('one'));
    expect(statSync(file('one')).ino).toBe(ino);
    expect(kept()).toEqual([sha256('one')]);
  });

  test('takes the place of a damaged one of the same length', async () => {
    await openArtifacts(folder()).put(bytes('one'));
    writeFileSync(file('one'), 'eno');
    await openArtifacts(folder()).put(bytes('one'));
    expect(readFileSync(file('one'), 'utf8')).toBe('one');
  });
});

describe('what is asked for', () => {
  test('is refused where it is missing, damaged, cut, or a link', async () => {
    const artifacts = openArtifacts(folder());
    await Promise.all(['damaged', 'cut', 'real'].map((text) => artifacts.put(bytes(text))));
    writeFileSync(file('damaged'), 'Damaged');
    writeFileSync(file('cut'), 'cu');
    symlinkSync(file('real'), file('link'));
    await expect(artifacts.get(sha256('missing'))).rejects.toEqual(refused('it is not there'));
    await expect(artifacts.get(sha256('damaged'))).rejects.toEqual(refused('it is damaged'));
    await expect(artifacts.get(sha256('cut'))).rejects.toEqual(refused('it is damaged'));
    await expect(artifacts.get(sha256('link'))).rejects.toEqual(refused('it is no plain file'));
  });

  test.each([
    '',
    '..',
    '../state.json',
    '/etc/passwd',
    'A'.repeat(64),
    `${'a'.repeat(64)}/../x`,
    `${'a'.repeat(64)}\n`,
  ])('is refused where %j is no sha256', async (name) => {
    await expect(openArtifacts(folder()).get(name)).rejects.toEqual(refused('it has no such name'));
  });
});

describe('pruning', () => {
  test('forgets all but what is to be kept, with what a killed run left half written', async () => {
    const artifacts = openArtifacts(folder());
    await Promise.all(['one', 'two', 'three'].map((text) => artifacts.put(bytes(text))));
    writeFileSync(`${file('two')}.new`, 'tw');
    await artifacts.prune(new Set([sha256('two'), sha256('never put')]));
    expect(kept()).toEqual([sha256('two')]);
  });

  test('leaves alone what is not ours', async () => {
    const artifacts = openArtifacts(folder());
    await artifacts.put(bytes('one'));
    mkdirSync(join(folder(), 'artifacts', 'notes'));
    await artifacts.prune(new Set());
    expect(kept()).toEqual(['notes']);
  });

  test('does not keep it from being put again', async () => {
    const artifacts = openArtifacts(folder());
    await artifacts.put(bytes('one'));
    await artifacts.prune(new Set());
    await artifacts.put(bytes('one'));
    expect(kept()).toEqual([sha256('one')]);
  });

  test('is fine where nothing was ever put', async () => {
    expect(await openArtifacts(folder()).prune(new Set())).toBeUndefined();
  });
});

test('who only looks gets the names, and nothing is written', async () => {
  expect(await unkeptArtifacts.put(bytes('one'))).toBe(sha256('one'));
  await expect(unkeptArtifacts.get(sha256('one'))).rejects.toEqual(refused('nothing was kept'));
  expect(() => statSync(folder())).toThrow('ENOENT');
});
