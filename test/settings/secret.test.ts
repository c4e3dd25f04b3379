import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSecret } from '../../src/settings/secret.ts';

let cwd = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'eo-secret-'));
  await writeFile(join(cwd, 'good'), '\ufeff hunter2\r\n');
  await writeFile(join(cwd, 'empty'), ' \n');
  await writeFile(join(cwd, 'two'), 'hunter2 hunter3');
  await writeFile(join(cwd, 'long'), 'x'.repeat(5_000));
});
afterAll(() => rm(cwd, { recursive: true }));

const read = (file: string | undefined, variable?: string, typed = '') =>
  readSecret({ file, cwd, variable, stdin: Readable.from([typed]) });
const revealed = async (...args: Parameters<typeof read>) => (await read(...args))?.reveal();

describe('the secret', () => {
  test.each<[string, Parameters<typeof read>, string | undefined]>([
    ['comes from a file', ['good'], 'hunter2'],
    ['comes from a file rather than the variable', ['good', 'other'], 'hunter2'],
    ['comes from stdin', ['-', 'other', 'hunter2\n'], 'hunter2'],
    ['comes from the variable', [undefined, ' hunter2 '], 'hunter2'],
    ['is none if there is no variable', [undefined], undefined],
    ['is none if the variable is empty', [undefined, ' '], undefined],
  ])('%s', async (_, args, expected) => {
    expect(await revealed(...args)).toBe(expected);
  });

  test('shows itself to nobody', async () => {
    const secret = await read('good');
    expect(`${secret} ${JSON.stringify({ secret })}`).toBe('[secret] {"secret":"[secret]"}');
  });

  test.each<[string, Parameters<typeof read>, string]>([
    ['a file that is not there', ['none'], '"none" (--client-secret-file): it does not exist.'],
    ['a folder', ['.'], '"." (--client-secret-file): it is a folder.'],
    ['an empty file', ['empty', 'hunter2'], '"empty" (--client-secret-file): it is empty.'],
    ['an empty stdin', ['-', 'hunter2', ''], 'stdin (--client-secret-file): it is empty.'],
    ['more than a secret', ['two'], '"two" (--client-secret-file): there is more than one word in it.'],
    ['a long file', ['long'], '"long" (--client-secret-file): it is too long.'],
    ['a long stdin', ['-', undefined, 'x'.repeat(5_000)], 'stdin (--client-secret-file): it is too long.'],
    ['a device without an end', ['/dev/zero'], '"/dev/zero" (--client-secret-file): it is too long.'],
  ])('is not taken from %s', async (_, args, message) => {
    await expect(read(...args)).rejects.toMatchObject({
      message: `The secret cannot be read from ${message}`,
      exit: 2,
    });
    await expect(read(...args)).rejects.not.toThrow(/hunter|xxxx/);
  });
});
