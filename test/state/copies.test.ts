import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCopies } from '../../src/state/copies.ts';
import { freshFolders } from './folders.ts';

const folder = freshFolders();
const bytes = (text: string) => new TextEncoder().encode(text);
const backup = () => join(folder(), 'backup');

describe('a copy', () => {
  test('lies beside the state, for its owner alone, and where it lies is told', async () => {
    const copies = openCopies(folder());
    const file = await copies.keep('dev-Main IVR-4.0-2026-11-20T10:15:00Z.yaml', bytes('one'));
    expect(copies.folder).toBe(backup());
    expect(file).toBe(join(backup(), 'dev-Main-IVR-4.0-2026-11-20T10-15-00Z.yaml'));
    expect(readFileSync(file, 'utf8')).toBe('one');
    expect([folder(), backup(), file].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700, 0o600]);
  });

  test('never takes the place of another one', async () => {
    const copies = openCopies(folder());
    const kept = await Promise.all(['one', 'two', 'three'].map((text) => copies.keep('a.yaml', bytes(text))));
    expect(kept.map((file) => readFileSync(file, 'utf8'))).toEqual(['one', 'two', 'three']);
    expect(readdirSync(backup()).sort()).toEqual(['a-2.yaml', 'a-3.yaml', 'a.yaml']);
  });

  test('of what is kept already is not kept again', async () => {
    const first = await openCopies(folder()).keep('a.yaml', bytes('one'));
    expect(await openCopies(folder()).keep('a.yaml', bytes('one'))).toBe(first);
    expect(readdirSync(backup())).toEqual(['a.yaml']);
  });

  test.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['.hidden.yaml', 'hidden.yaml'],
    ['a\u0000b\u001b[31m/ü "x".yaml', 'a-b-31m-x-.yaml'],
    ['', 'copy'],
    [`${'long '.repeat(100)}4.0.yaml`, `${'long-'.repeat(100)}4.0`.slice(-150).concat('.yaml')],
  ])('that is to be called %j is called %s', async (name, expected) => {
    expect(await openCopies(folder()).keep(name, bytes('one'))).toBe(join(backup(), expected));
  });

  test('is refused where the folder is a link', async () => {
    mkdirSync(folder(), { recursive: true });
    symlinkSync(folder(), backup());
    await expect(openCopies(folder()).keep('a.yaml', bytes('one'))).rejects.toMatchObject({ exit: 11 });
    expect(existsSync(join(folder(), 'a.yaml'))).toBe(false);
  });
});
