import { expect, test } from 'vitest';
import { openProgram } from '../support/program.ts';

test('in a pipe one hears what is waited for after five seconds, and every 30 seconds that it goes on', async () => {
  const program = await openProgram({ windows: { 'role.assumable': { ms: 75_000 } } });
  try {
    const { exit, err } = await program.inSandbox('install');
    expect(exit, err).toBe(0);
    const told = err.split('\n').filter((line) => /^(?:waiting|still) /.test(line) && line.includes('Lambda function'));
    expect(told.filter((line) => line.startsWith('waiting')).length).toBeGreaterThan(0);
    const beats = told.flatMap(
      (line) => /^still {4}(?:(\d+) min )?(\d+) s: waiting for .+ while creating/.exec(line) ?? [],
    );
    expect(beats.length, err).toBeGreaterThan(0);
    // Nothing steers a terminal, and no line is written over.
    expect(err).toMatch(/^[\n -~…]*$/);
  } finally {
    await program.close();
  }
});
