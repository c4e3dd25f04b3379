import { describe, expect, test } from 'vitest';
import { apply, converge } from '../../src/engine/apply.ts';
import { ConflictError } from '../../src/engine/conflict-error.ts';
import { makePlan } from '../../src/engine/plan.ts';
import { fakeSolution, install, OBJECTS, uninstall } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

async function installed(): Promise<FakeWorld> {
  const world = fakeWorld(1);
  await install(world);
  world.log.length = 0;
  world.events.length = 0;
  return world;
}
const writes = (world: FakeWorld) => world.log.filter((call) => !/^(get|save)/.test(call));

function expectOrder(calls: readonly string[], pairs: readonly (readonly [string, string])[]) {
  for (const [before, after] of pairs) {
    expect(calls, `${before} before ${after}`).toContain(before);
    expect(calls.indexOf(before), `${before} before ${after}`).toBeLessThan(calls.indexOf(after));
  }
}

describe('a run', () => {
  test('after one that finished changes nothing', async () => {
    const world = await installed();
    const before = world.look();
    await install(world);
    expect(writes(world)).toEqual([]);
    expect(world.look()).toEqual(before);
  });

  test('looks at everything before it writes anything down, and writes down before it creates', async () => {
    const world = fakeWorld(1);
    await install(world);
    const first = world.log.indexOf('save');
    expect(world.log.slice(0, first).filter((call) => call.startsWith('get')).length).toBeGreaterThan(OBJECTS);
    expect(world.log.findIndex((call) => call.startsWith('create'))).toBeGreaterThan(first);
  });

  test('makes things in order, by what they need and by what they come after', async () => {
    const world = fakeWorld(1);
    await install(world);
    expectOrder(world.log, [
      ['create integration', 'create action'],
      ['create logs', 'create action'],
      ['create bucket', 'create action'],
      ['create pool', 'create ivr'],
      ['create trigger', 'create ivr'],
    ]);
  });

  test('takes things away in the reverse order, what callers notice first', async () => {
    const world = await installed();
    await uninstall(world);
    expectOrder(world.log, [
      ['delete ivr', 'delete trigger'],
      ['delete ivr', 'delete pool'],
      ['delete trigger', 'delete flow'],
      ['delete flow', 'delete action'],
      ['delete action', 'delete logs'],
      ['delete action', 'delete bucket'],
      ['delete integration', 'delete credential'],
    ]);
    expect(world.state()).toMatchObject({ steps: {}, retired: [], settled: { steps: {} } });
  });

  test('takes down what is replaced, and all that stands on it, before it makes anything', async () => {
    const world = await installed();
    await install(world, { range: '2' });
    expectOrder(writes(world), [
      ['delete ivr', 'delete trigger'],
      ['delete trigger', 'delete flow'],
      ['delete flow', 'delete action'],
      ['delete action', 'create action'],
      ['delete pool', 'create pool'],
    ]);
    expect(writes(world).findIndex((call) => call.startsWith('create'))).toBe(5);
  });

  test('deletes old things only after the commit', async () => {
    const world = await installed();
    await install(world, { prefix: 'x' });
    const [, commit] = world.events.flatMap((event, at) => (event.type === 'phase' ? [at] : []));
    const deletes = world.events.flatMap((event, at) =>
      event.type === 'step' && event.doing === 'delete' ? [at] : [],
    );
    expect(Math.min(...deletes)).toBeGreaterThan(commit ?? Number.POSITIVE_INFINITY);
  });

  test('that meets a conflict anywhere stops before its first change', async () => {
    const world = fakeWorld(1);
    world.put({ kind: 'plain', name: 'trigger' });
    await expect(install(world)).rejects.toThrow(ConflictError);
    await expect(install(world)).rejects.toThrow('trigger: ');
    expect(world.log.filter((call) => !call.startsWith('get'))).toEqual([]);
  });

  test('uses what is somebody else’s where it may, and never changes or deletes it', async () => {
    const world = await installed();
    expect(world.state().steps['shared']).toMatchObject({
      origin: 'used',
      status: 'ready',
      outputs: { id: 'theirs1' },
    });
    await uninstall(world);
    expect(world.isUntouched()).toBe(true);
  });

  test('adopts what carries our mark and is in no record, and deletes it too', async () => {
    const world = fakeWorld(1);
    world.put({ kind: 'plain', name: 'role', owner: 'ours/role', size: 5 });
    await install(world);
    expect(world.state().steps['role']).toMatchObject({ origin: 'adopted', outputs: { id: 'x-role' } });
    expect(world.look()).toHaveLength(OBJECTS);
    await uninstall(world);
    expect(world.look()).toEqual([]);
  });

  test('replaces what carries our mark, is in no record, and cannot be changed', async () => {
    const world = fakeWorld(1);
    world.put({ kind: 'plain', name: 'action', owner: 'ours/action', fixed: 'other' });
    await install(world);
    expect(writes(world)[0]).toBe('delete action');
    expect(world.look()).toHaveLength(OBJECTS);
    expect(world.violations).toEqual([]);
  });

  test('makes what was used itself, once that is gone', async () => {
    const world = await installed();
    const { steps, ...state } = world.state();
    const { shared } = steps;
    if (!shared) throw new Error('Nothing is shared.');
    world.setState({
      ...state,
      steps: { ...steps, shared: { ...shared, key: { name: 'gone' }, outputs: { id: 'gone' } } },
    });
    const targets = fakeSolution(world).map((one) => (one.id === 'shared' ? { ...one, key: { name: 'gone' } } : one));
    await converge(targets, world.run());
    expect(world.state().steps['shared']).toMatchObject({ origin: 'created' });
    await uninstall(world);
    expect(world.look()).toEqual([]);
  });
});

describe('what a run tells', () => {
  const phases = ({ events }: FakeWorld) => events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
  const statesOf = ({ events }: FakeWorld, id: string) =>
    events.flatMap((event) => (event.type === 'step' && event.id === id ? [`${event.doing} ${event.state}`] : []));

  test('are its phases, and each step as it begins and ends', async () => {
    const world = fakeWorld(1);
    await install(world);
    expect(phases(world)).toEqual(['forward', 'commit']);
    expect(statesOf(world, 'flow')).toEqual(['create started', 'create done']);
    expect(statesOf(world, 'shared')).toEqual(['use started', 'use done']);
  });

  test('is nothing of what stays as it is', async () => {
    const world = await installed();
    await install(world, { size: 9 });
    expect(statesOf(world, 'logs')).toEqual([]);
    expect(statesOf(world, 'role')).toEqual(['update started', 'update done']);
  });

  test('includes the old things that go, first or last', async () => {
    const world = await installed();
    await install(world, { prefix: 'x', range: '2' });
    expect(phases(world)).toEqual(['teardown', 'forward', 'commit', 'retire']);
    expect(statesOf(world, 'pool')).toEqual(['delete started', 'delete done', 'replace started', 'replace done']);
    expect(statesOf(world, 'role')).toEqual(['move started', 'move done', 'delete started', 'delete done']);
  });

  test('includes what is kept, and why', async () => {
    const world = await installed();
    world.edit('bucket', { isFull: true });
    await uninstall(world);
    expect(phases(world)).toEqual(['commit', 'retire']);
    expect(world.events).toContainEqual(
      expect.objectContaining({ id: 'bucket', doing: 'delete', state: 'kept', message: 'it holds 1 object' }),
    );
  });

  test('includes why a step failed', async () => {
    const world = fakeWorld(1);
    world.arm('create role', 'fail');
    await expect(install(world)).rejects.toThrow('refused: create role');
    expect(world.events).toContainEqual(
      expect.objectContaining({ id: 'role', state: 'failed', message: 'refused: create role' }),
    );
  });
});

test('a plan must say something of every step', async () => {
  const world = fakeWorld(1);
  const targets = fakeSolution(world);
  const plan = await makePlan(targets.slice(1), world.run());
  await expect(apply(targets, plan, world.run())).rejects.toThrow('The plan says nothing of bucket.');
  expect(writes(world)).not.toContain('create bucket');
});
