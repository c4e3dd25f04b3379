import { expect, test } from 'vitest';
import { held, WHOLE } from '../support/installed.ts';
import { openProgram } from '../support/program.ts';

/** Every create of Genesys Cloud, and what refuses the next thing after it. */
test.each([
  { ms: 30_000, refused: 'postFlowsJobs', runs: 2 },
  { ms: 90_000, refused: 'none', runs: 6 },
])(
  'what a run made that failed is not made again, though it is not shown for $ms ms',
  async ({ ms, refused, runs }) => {
    const windows = { 'genesys.shown': { ms }, 'genesys.listed': { ms } };
    const program = await openProgram({ windows });
    program.sandbox.faults.set([
      { match: { operation: refused }, when: 'before', then: 'refuse', status: 403, times: 2 },
    ]);
    const exits: number[] = [];
    while (exits.at(-1) !== 0 && exits.length < runs) exits.push((await program.inSandbox('install')).exit);
    expect(exits.at(-1)).toBe(0);
    expect(exits.length).toBeGreaterThan(1);
    expect(held(program.sandbox.world)).toEqual(WHOLE);
    await program.close();
  },
);
