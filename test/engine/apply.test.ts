import { describe, expect, test } from 'vitest';
import { apply, ChangedError, ConflictError, converge } from '../../src/engine/apply.ts';
import { makePlan } from '../../src/engine/plan.ts';
import { settledTargets } from '../../src/engine/target.ts';
import { type FakeWorld, fakeSolution, fakeWorld, type Variant } from '../support/fake-world.ts';

const install = (world: FakeWorld, to: Variant = {}) => converge(fakeSolution(world, to), world.run());
const writes = (world: FakeWorld) => world.log.filter((call) => !/^(get|save)/.test(call));
const foreign = (world: FakeWorld, name: string, kind = 'plain') =>
  world.put({ id: `x-${name}`, kind, name, size: 1, fixed: '', refs: [], owner: undefined, visibleFrom: 0 });

describe('a run', () => {
  test('after one that finished writes nothing', async () => {
    const world = fakeWorld(1);
    await install(world);
    world.log.length = 0;
    await install(world);
    expect(writes(world)).toEqual([]);
  });

  test('saves before each create what it is about to do', async () => {
    const world = fakeWorld(1);
    await install(world);
    for (const [at, call] of world.log.entries())
      if (call.startsWith('create')) expect(world.log.slice(0, at)).toContain('save');
    expect(world.log[0]).toMatch(/^get/);
  });

  test('that meets a conflict anywhere stops before its first change', async () => {
    const world = fakeWorld(1);
    foreign(world, 'trigger');
    await expect(install(world)).rejects.toThrow(ConflictError);
    expect(world.log.filter((call) => !call.startsWith('get'))).toEqual([]);
  });

  test('uses what is somebody else’s where it may, and never deletes it', async () => {
    const world = fakeWorld(1);
    world.put({ id: 'x', kind: 'pool', name: 'pool', size: 1, fixed: '1', refs: [], owner: undefined, visibleFrom: 0 });
    await install(world);
    expect(world.state().steps['pool']).toMatchObject({ origin: 'used', outputs: { id: 'x' } });
    await converge([], world.run());
    expect(world.look()).toEqual(['pool pool 1 1 [] undefined']);
  });

  test('deletes in reverse: what was last is gone before what it stands on', async () => {
    const world = fakeWorld(1);
    await install(world);
    world.log.length = 0;
    await converge([], world.run());
    const deletes = writes(world);
    const at = (name: string) => deletes.indexOf(`delete ${name}`);
    for (const [before, after] of [
      ['ivr', 'trigger'],
      ['ivr', 'pool'],
      ['trigger', 'flow'],
      ['flow', 'action'],
      ['action', 'logs'],
      ['integration', 'credential'],
    ] as const)
      expect(at(before), `${before} before ${after}`).toBeLessThan(at(after));
  });

  test('tells what it does, in order', async () => {
    const world = fakeWorld(1);
    await install(world);
    const phases = world.events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
    expect(phases).toEqual(['forward', 'commit']);
    const ofFlow = world.events.flatMap((event) => (event.type === 'step' && event.id === 'flow' ? [event.state] : []));
    expect(ofFlow).toEqual(['started', 'done']);
  });

  test('that is stopped begins nothing new, leaves its step reconciling, and is finished by another', async () => {
    const world = fakeWorld(1);
    const stop = new AbortController();
    const emit = (event: { type: string }) => {
      if (event.type === 'step') stop.abort(new Error('Ctrl-C'));
    };
    await expect(converge(fakeSolution(world, {}), world.run({ signal: stop.signal, emit }))).rejects.toThrow();
    expect(Object.values(world.state().steps).every(({ status }) => status !== 'deleting')).toBe(true);
    expect(world.state().settled).toEqual({ settings: undefined, steps: {} });
    await install(world);
    expect(world.look()).toHaveLength(10);
    expect(world.violations).toEqual([]);
  });
});

describe('a confirmed plan', () => {
  test('may turn out to be more than is needed', async () => {
    const world = fakeWorld(1);
    const plan = await makePlan(fakeSolution(world, {}), world.run());
    await install(world);
    await apply(fakeSolution(world, {}), plan, world.run());
    expect(world.violations).toEqual([]);
  });

  test('is never exceeded: what would have to be more stops the run', async () => {
    const world = fakeWorld(1);
    await install(world);
    const plan = await makePlan(fakeSolution(world, {}), world.run());
    world.remove('trigger');
    await expect(apply(fakeSolution(world, {}), plan, world.run())).rejects.toThrow(ChangedError);
    expect(world.look().some((line) => line.includes('trigger'))).toBe(false);
  });

  test('says what is replaced, and what goes with it because it stands on that', async () => {
    const world = fakeWorld(1);
    await install(world);
    const { steps } = await makePlan(fakeSolution(world, { range: '2' }), world.run());
    const planned = Object.fromEntries(steps.map(({ id, action, why }) => [id, [action, why]]));
    expect(planned['pool']).toEqual(['replace', undefined]);
    expect(planned['ivr']).toEqual(['replace', 'it stands on something that must be replaced']);
    expect(planned['flow']).toEqual(['keep', undefined]);
  });

  test('says what will be moved from which name, and what nobody wants any more', async () => {
    const world = fakeWorld(1);
    await install(world);
    const { steps, removals } = await makePlan(fakeSolution(world, { prefix: 'x', without: ['extra'] }), world.run());
    expect(steps.find(({ id }) => id === 'role')).toMatchObject({ action: 'move', name: 'xrole', from: 'role' });
    expect(removals.find(({ id }) => id === 'extra')).toMatchObject({ action: 'delete', name: 'extra' });
    expect(writes(world).filter((call) => call.startsWith('delete'))).toEqual([]);
  });

  test('names the owner of what is in the way', async () => {
    const world = fakeWorld(1);
    world.put({
      id: 'x',
      kind: 'plain',
      name: 'logs',
      size: 1,
      fixed: '',
      refs: [],
      owner: 'theirs/logs',
      visibleFrom: 0,
    });
    const { steps } = await makePlan(fakeSolution(world, {}), world.run());
    expect(steps.find(({ id }) => id === 'logs')).toMatchObject({
      action: 'conflict',
      why: 'Another plain has this name, and is not ours: it belongs to theirs/logs.',
    });
  });

  test('forgets what is gone already or is not ours any more', async () => {
    const world = fakeWorld(1);
    await install(world);
    world.remove('extra');
    world.remove('logs');
    world.put({
      id: 'y',
      kind: 'plain',
      name: 'logs',
      size: 1,
      fixed: '',
      refs: [],
      owner: 'theirs/logs',
      visibleFrom: 0,
    });
    const { removals } = await makePlan([], world.run());
    const of = (id: string) => removals.find((one) => one.id === id);
    expect(of('extra')).toMatchObject({ action: 'forget', why: 'it is gone already' });
    expect(of('logs')).toMatchObject({ action: 'forget', why: 'it is not ours' });
    await converge([], world.run());
    expect(world.look()).toEqual(['plain logs 1  [] theirs/logs']);
  });
});

test('a call without an answer is looked at within the run, and nothing is made twice', async () => {
  let met = 0;
  for (let n = 0; n < 200; n += 1) {
    const world = fakeWorld(1);
    world.arm(n, 'lost');
    const failed = await install(world).then(
      () => false,
      () => true,
    );
    const call = world.log[n] ?? '';
    world.disarm();
    if (!/^(create|update)/.test(call)) continue;
    met += 1;
    expect(failed, call).toBe(false);
    expect(world.look(), call).toHaveLength(10);
    expect(world.violations, call).toEqual([]);
  }
  expect(met).toBeGreaterThan(9);
});

test('a rollback to what a finished run left gives things made anew their new identifiers', async () => {
  const world = fakeWorld(1);
  await install(world);
  const before = world.look();
  world.remove('role');
  const deps = world.run();
  await converge(settledTargets(deps.ledger.state.settled?.steps ?? {}, deps.resources), deps);
  expect(world.look()).toEqual(before);
});
