import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolders, leaveState } from './folders.ts';
import { saveWithLimit } from './starters.ts';

const folder = freshFolders();

test('a save that ends in the middle of a write leaves the state that was there, and no half of the new one', async () => {
  const programs = mkdtempSync(join(tmpdir(), 'eo-saver-'));
  leaveState(folder());
  // The backup of this state fits, the state itself, with its line breaks, does not.
  const blocks = Math.ceil(readFileSync(join(folder(), 'state.json')).length / 512);
  const told = JSON.parse(await saveWithLimit(folder(), programs, blocks));
  const file = join(folder(), 'state.json');
  expect(told).toEqual({ exit: 1, message: `The state cannot be written (${file}): EFBIG.` });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ run: { startedAt: 'x' }, steps: {} });
  expect(readdirSync(folder())).toEqual(['state.json', 'state.json.backup']);
  rmSync(programs, { recursive: true });
});
