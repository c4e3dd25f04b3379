import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { State } from '../../src/engine/record.ts';
import { openProgram, type Program } from '../support/program.ts';

const stateOf = ({ stateFile }: Program): State => JSON.parse(readFileSync(stateFile, 'utf8'));
const amend = (program: Program, change: (state: State) => State) =>
  writeFileSync(program.stateFile, JSON.stringify(change(stateOf(program))));

/** What the state says where a run was killed at the very end. */
const cut: readonly (readonly [name: string, change: (state: State) => State])[] = [
  ['an install was killed just before its last save', (state) => ({ ...state, settled: { steps: {} } })],
  [
    'an uninstall was killed just after its first',
    (state) => ({
      ...state,
      steps: {},
      retired: Object.entries(state.steps).map(([id, entry]) => ({ ...entry, id })),
      settled: { steps: {} },
    }),
  ],
];

test.each(cut)('where %s, an install has nothing to change, and says so in the state', async (_, change) => {
  const program = await openProgram();
  await program.inSandbox('install');
  const whole = stateOf(program);
  amend(program, change);
  program.writes();
  const { exit, out } = await program.inSandbox('install');
  expect(exit).toBe(0);
  expect(out).toContain('No changes.');
  expect(program.writes()).toEqual([]);
  const state = stateOf(program);
  expect(Object.keys(state.steps).sort()).toEqual(Object.keys(whole.steps).sort());
  expect(Object.keys(state.settled?.steps ?? {})).toHaveLength(Object.keys(whole.steps).length);
  expect(state.retired).toEqual([]);
  await program.close();
});

test('an install that has nothing to change or to say leaves the state as it is', async () => {
  const program = await openProgram();
  await program.inSandbox('install');
  const before = readFileSync(program.stateFile, 'utf8');
  await program.inSandbox('install');
  expect(readFileSync(program.stateFile, 'utf8')).toBe(before);
  await program.close();
});
