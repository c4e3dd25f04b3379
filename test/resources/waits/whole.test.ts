import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WINDOWS } from '../../../src/sandbox/contract.ts';
import type { Profile } from '../../../src/sandbox/profile.ts';
import { held, NOTHING, WHOLE } from '../../support/installed.ts';
import { openProgram, type Program } from '../../support/program.ts';

/** Everything that takes a vendor some time takes it this long. */
const slow = (ms: number): Profile['windows'] => Object.fromEntries(WINDOWS.map((window) => [window, { ms }]));

describe.each([100, 1_000, 10_000, 60_000])('where everything takes %i ms', (ms) => {
  let program: Program;
  beforeAll(async () => {
    program = await openProgram({ windows: slow(ms) });
  });
  afterAll(() => program.close());

  test('a whole installation is made, and told what it waits for', async () => {
    const { exit, err } = await program.inSandbox('install');
    expect(exit).toBe(0);
    expect(held(program.sandbox.world)).toEqual(WHOLE);
    if (ms >= 10_000) expect(err).toMatch(/waiting for IAM propagation, usually about 10 s \(/);
  });

  test('it is taken away, at the latest by running again', async () => {
    const remove = () => program.inSandbox('uninstall', '--drain', '0');
    let removed = await remove();
    // What is beyond the limits says what it is about, and goes on from there.
    for (let again = 0; removed.exit !== 0 && again < 5; again += 1) {
      expect(ms).toBe(60_000);
      expect(removed.err).toMatch(/still assigned to something|Architect still counts|to finish deleting the/);
      removed = await remove();
    }
    expect(removed.exit).toBe(0);
    expect(held(program.sandbox.world)).toEqual(NOTHING);
  });

  test('and straight away made again', async () => {
    expect((await program.inSandbox('install')).exit).toBe(0);
    expect(held(program.sandbox.world)).toEqual(WHOLE);
  });
});
