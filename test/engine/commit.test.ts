import { describe, expect, test } from 'vitest';
import { commit, isSettled } from '../../src/engine/commit.ts';
import { emptyState, type State } from '../../src/engine/record.ts';
import { fakeSolution, install, uninstall } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

async function installed(): Promise<FakeWorld> {
  const world = fakeWorld(1);
  await install(world);
  return world;
}
const asSaved = (state: State): State => JSON.parse(JSON.stringify(state));

describe('a commit', () => {
  test('settles what is wanted, with the settings of the run, and retires what is not', async () => {
    const world = await installed();
    const run = { settings: { size: 1 }, startedAt: 'now' };
    const targets = fakeSolution(world, { without: ['extra'] });
    const { steps, retired, settled } = commit({ ...world.state(), run }, targets);
    expect(Object.keys(steps)).not.toContain('extra');
    expect(retired).toMatchObject([{ id: 'extra', status: 'ready', key: { name: 'extra' } }]);
    expect(settled?.settings).toEqual({ size: 1 });
    expect(settled?.steps['role']).toEqual({
      kind: 'plain',
      key: { name: 'role' },
      needs: [],
      after: [],
      inputs: { size: 1, fixed: '', refs: [] },
      outputs: steps['role']?.outputs,
    });
  });

  test('keeps what was retired before', async () => {
    const world = await installed();
    const { retired } = commit(commit(world.state(), fakeSolution(world, { without: ['extra'] })), []);
    expect(retired).toHaveLength(12);
  });
});

describe('the record says that all is done', () => {
  test('after a run that finished, as a file gives it back', async () => {
    const world = await installed();
    expect(isSettled(asSaved(world.state()), fakeSolution(world))).toBe(true);
  });

  test('of nothing, where nothing is wanted', async () => {
    const world = await installed();
    expect(isSettled(emptyState, [])).toBe(true);
    await uninstall(world);
    expect(isSettled(world.state(), [])).toBe(true);
  });

  const undone: readonly (readonly [string, (state: State) => State])[] = [
    ['the run was killed before its commit', (state) => ({ ...state, settled: { steps: {} } })],
    ['it was rebuilt from the world', (state) => ({ ...state, settled: null })],
    ['an uninstall was killed after its commit', (state) => commit(state, [])],
    [
      'a step is not ready',
      (state) => ({ ...state, steps: { ...state.steps, ivr: { ...must(state, 'ivr'), status: 'reconciling' } } }),
    ],
    [
      'a step has another name',
      (state) => ({ ...state, steps: { ...state.steps, ivr: { ...must(state, 'ivr'), key: { name: 'x' } } } }),
    ],
    [
      'other inputs were wanted then',
      (state) => ({ ...state, steps: { ...state.steps, ivr: { ...must(state, 'ivr'), inputs: { size: 2 } } } }),
    ],
  ];
  test.each(undone)('not where %s', async (_, spoil) => {
    const world = await installed();
    expect(isSettled(spoil(world.state()), fakeSolution(world))).toBe(false);
  });

  test('not where a step is recorded that nobody wants', async () => {
    const world = await installed();
    expect(isSettled(world.state(), fakeSolution(world, { without: ['extra'] }))).toBe(false);
  });
});

function must({ steps }: State, id: string) {
  const { [id]: entry } = steps;
  if (!entry) throw new Error(`There is no ${id}.`);
  return entry;
}
