import { expect, test } from 'vitest';
import { held, WHOLE } from '../support/installed.ts';
import { openProgram } from '../support/program.ts';

test('what a failed run has made is not made again, though it is not shown yet', async () => {
  const windows = { 'genesys.shown': { ms: 70_000 }, 'genesys.listed': { ms: 70_000 } };
  const program = await openProgram({ windows });
  const exits: number[] = [];
  // Longer than it is waited for, so that each of these runs sees one thing more.
  while (exits.at(-1) !== 0 && exits.length < 12) exits.push((await program.inSandbox('install')).exit);
  expect(exits.length).toBeGreaterThan(1);
  expect(new Set(exits)).toEqual(new Set([9, 0]));
  expect(held(program.sandbox.world)).toEqual(WHOLE);
  await program.close();
});
