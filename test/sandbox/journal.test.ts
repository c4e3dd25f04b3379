import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Line, openJournal, readJournal } from '../../src/sandbox/journal.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eo-journal-'));
  file = join(folder, 'journal.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const line = (id: string): Line => ({ changes: [{ collection: 'flows', id, item: { name: `the flow ${id}` } }] });
const HEAD = '{"format":"eo-setup sandbox","version":1}\n';

test('there is none before the first', async () => {
  expect(await readJournal(file)).toBeUndefined();
});

test('what was appended is on the disk when append resolves, in order, for its owner only', async () => {
  const journal = await openJournal(file, [line('a')]);
  await Promise.all(['b', 'c', 'd'].map((id) => journal.append(line(id))));
  await journal.append({ changes: [{ collection: 'flows', id: 'a' }] });
  expect(await readJournal(file)).toEqual([
    ...['a', 'b', 'c', 'd'].map(line),
    { changes: [{ collection: 'flows', id: 'a' }] },
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await journal.close();
});

test('opening one compacts: only what it is opened with remains', async () => {
  await (await openJournal(file, ['a', 'b', 'c'].map(line))).close();
  await (await openJournal(file, [line('z')])).close();
  expect(await readJournal(file)).toEqual([line('z')]);
});

test('a rewrite replaces what came before it and not what comes after, however close', async () => {
  const journal = await openJournal(file, [line('a')]);
  const written = [journal.append(line('b')), journal.rewrite([line('z')]), journal.append(line('c'))];
  await Promise.all([...written, journal.append(line('d'))]);
  await journal.close();
  expect(await readJournal(file)).toEqual([line('z'), line('c'), line('d')]);
});

test('after a failed write every later one fails', async () => {
  const journal = await openJournal(file, []);
  await journal.close();
  await expect(journal.append(line('a'))).rejects.toThrow();
  await expect(journal.append(line('b'))).rejects.toThrow();
});

describe('a last line that was cut', () => {
  const whole = `${HEAD}${JSON.stringify(line('a'))}\n`;
  const last = JSON.stringify(line('b'));
  test.each([1, 10, last.length - 1, last.length])('after %i characters is dropped', async (length) => {
    await writeFile(file, whole + last.slice(0, length));
    expect(await readJournal(file)).toEqual([line('a')]);
  });

  test('is gone after the journal was opened again', async () => {
    await writeFile(file, whole + last.slice(0, 9));
    const journal = await openJournal(file, (await readJournal(file)) ?? []);
    await journal.append(line('c'));
    await journal.close();
    expect(await readJournal(file)).toEqual([line('a'), line('c')]);
  });
});

describe('a journal that is not one is refused, with the way out', () => {
  test.each([
    ['empty', '', 'it does not begin as one'],
    ['something else', 'hello\nworld\n', 'it does not begin as one'],
    ['newer', '{"format":"eo-setup sandbox","version":2}\n', 'a newer eo-setup wrote it'],
    ['damaged in the middle', `${HEAD}{"changes":3}\n${JSON.stringify(line('a'))}\n`, 'line 2 is damaged'],
  ])('%s', async (_what, text, why) => {
    await appendFile(file, text);
    await expect(readJournal(file)).rejects.toMatchObject({
      reason: 'unreadable',
      message: `The sandbox's journal ${file} cannot be used: ${why}.`,
      hint: expect.stringContaining('Move its folder away'),
    });
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
