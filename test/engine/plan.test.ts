import { describe, expect, test } from 'vitest';
import { hasChanges, makePlan, type Plan } from '../../src/engine/plan.ts';
import { UNKNOWN } from '../../src/engine/target.ts';
import { fakeSolution, install, uninstall, type Variant } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

async function installed(): Promise<FakeWorld> {
  const world = fakeWorld(1);
  await install(world);
  world.log.length = 0;
  return world;
}
const planFor = (world: FakeWorld, to: Variant = {}) => makePlan(fakeSolution(world, to), world.run());
const actions = ({ steps }: Plan) => Object.fromEntries(steps.map(({ id, action }) => [id, action]));
const stepOf = ({ steps }: Plan, id: string) => steps.find((step) => step.id === id);
const removalOf = ({ removals }: Plan, id: string) => removals.find((removal) => removal.id === id);

describe('a plan', () => {
  test('changes nothing, and writes nothing down', async () => {
    const world = await installed();
    const before = world.state();
    await planFor(world, { prefix: 'x', size: 9, range: '2', without: ['extra'] });
    expect(world.log.filter((call) => !call.startsWith('get'))).toEqual([]);
    expect(world.state()).toBe(before);
  });

  test('of a first install makes everything, and uses what is there already', async () => {
    const plan = await planFor(fakeWorld(1));
    expect(new Set(plan.steps.filter(({ id }) => id !== 'shared').map(({ action }) => action))).toEqual(
      new Set(['create']),
    );
    expect(stepOf(plan, 'shared')).toMatchObject({ action: 'use' });
    expect(hasChanges(plan)).toBe(true);
  });

  test('has no changes where all is as it should be', async () => {
    const plan = await planFor(await installed());
    expect(new Set(Object.values(actions(plan)))).toEqual(new Set(['keep']));
    expect(hasChanges(plan)).toBe(false);
  });

  test('looks at each thing once where nothing stands on something new', async () => {
    const world = await installed();
    await planFor(world);
    expect(world.log).toHaveLength(12);
  });

  test('names what differs, and what is to be known about it', async () => {
    const world = await installed();
    world.edit('role', { size: 5 });
    world.edit('integration', { size: 0, owner: undefined });
    const plan = await planFor(world);
    expect(stepOf(plan, 'role')).toMatchObject({ action: 'update', drift: ['size'], why: undefined });
    expect(stepOf(plan, 'integration')).toMatchObject({ action: 'update', why: 'half made' });
  });

  test('foresees that what stands on something new must change, without knowing how', async () => {
    const world = await installed();
    world.remove('integration');
    const plan = await planFor(world);
    expect(actions(plan)).toMatchObject({ integration: 'create', action: 'update', flow: 'keep' });
    expect(stepOf(plan, 'action')?.drift).toEqual(['refs']);
    expect(JSON.stringify(plan)).not.toContain(UNKNOWN);
  });

  test('says what is replaced, and what goes with it because it stands on that', async () => {
    const plan = await planFor(await installed(), { range: '2' });
    expect(actions(plan)).toMatchObject({
      ...{ pool: 'replace', action: 'replace', flow: 'replace', trigger: 'replace', ivr: 'replace' },
      ...{ integration: 'keep', logs: 'keep', extra: 'keep' },
    });
    expect(stepOf(plan, 'pool')).toMatchObject({ drift: ['fixed'], why: undefined });
    expect(stepOf(plan, 'flow')?.drift).toEqual(['refs']);
    expect(stepOf(plan, 'trigger')).toMatchObject({ why: 'it stands on something that must be replaced' });
  });

  test('says what will be moved from which name, and that the old one goes', async () => {
    const plan = await planFor(await installed(), { prefix: 'x' });
    expect(stepOf(plan, 'role')).toMatchObject({ action: 'move', name: 'xrole', from: 'role' });
    expect(removalOf(plan, 'role')).toMatchObject({ action: 'delete', name: 'role' });
    expect(actions(plan)).toMatchObject({ flow: 'update', extra: 'update', trigger: 'keep' });
  });

  test('finds what an interrupted move put aside, where the old name is wanted again', async () => {
    const world = await installed();
    world.arm(60, 'kill-before');
    await install(world, { prefix: 'x' }).catch(() => undefined);
    world.disarm();
    expect(world.state().retired.map(({ id }) => id)).toContain('role');
    const plan = await planFor(world);
    expect(stepOf(plan, 'role')).toMatchObject({ action: 'keep', name: 'role' });
    expect(removalOf(plan, 'role')).toMatchObject({ action: 'delete', name: 'xrole' });
  });

  test('replaces what was put aside too, and what stands on that', async () => {
    const world = await installed();
    world.arm(60, 'kill-before');
    await install(world, { prefix: 'x' }).catch(() => undefined);
    world.disarm();
    const plan = await planFor(world, { range: '2' });
    expect(actions(plan)).toMatchObject({ action: 'replace', flow: 'replace', ivr: 'replace' });
  });
});

describe('a plan names whose it is that is in the way', () => {
  test.each([
    ['theirs/logs', 'it belongs to theirs/logs'],
    [undefined, 'it carries no mark of this installation'],
  ])('%s', async (owner, text) => {
    const world = fakeWorld(1);
    world.put({ kind: 'plain', name: 'logs', owner });
    const step = stepOf(await planFor(world), 'logs');
    expect(step?.action).toBe('conflict');
    expect(step?.why).toContain(text);
  });
});

describe('what nobody wants any more', () => {
  test('is deleted, last things listed last', async () => {
    const { removals, steps } = await makePlan([], (await installed()).run());
    expect(steps).toEqual([]);
    expect(removals.filter(({ id }) => id !== 'shared').every(({ action }) => action === 'delete')).toBe(true);
    expect(removals.at(-1)?.id).toBe('ivr');
  });

  test('is kept where it holds something, unless that may go too', async () => {
    const world = await installed();
    world.edit('bucket', { isFull: true });
    const kept = { action: 'keep', why: 'it holds 1 object' };
    expect(removalOf(await makePlan([], world.run()), 'bucket')).toMatchObject(kept);
    const deleted = { action: 'delete', why: 'it holds 1 object' };
    expect(removalOf(await makePlan([], world.run({ data: 'delete' })), 'bucket')).toMatchObject(deleted);
  });

  test('is left alone once it was kept, until all goes or its contents may', async () => {
    const world = await installed();
    world.edit('bucket', { isFull: true });
    await install(world, { prefix: 'x' });
    const later = await planFor(world, { prefix: 'x' });
    expect(removalOf(later, 'bucket')).toMatchObject({ action: 'keep', why: 'it was kept by an earlier run' });
    expect(hasChanges(later)).toBe(false);
    const { removals } = await makePlan([], world.run());
    expect(removals.find(({ name }) => name === 'bucket')).toMatchObject({ action: 'keep', why: 'it holds 1 object' });
    const freely = await makePlan(fakeSolution(world, { prefix: 'x' }), world.run({ data: 'delete' }));
    expect(removalOf(freely, 'bucket')).toMatchObject({ action: 'delete' });
  });

  test('is forgotten where it was only used, is gone already, or is not ours any more', async () => {
    const world = await installed();
    world.remove('extra');
    world.edit('logs', { owner: 'theirs/logs' });
    const plan = await makePlan([], world.run());
    expect(removalOf(plan, 'shared')).toMatchObject({ action: 'forget', why: 'it was used, and is not ours' });
    expect(removalOf(plan, 'extra')).toMatchObject({ action: 'forget', why: 'it is gone already' });
    expect(removalOf(plan, 'logs')).toMatchObject({ action: 'forget', why: 'it is not ours' });
  });

  test('is forgotten where it goes on under another name', async () => {
    const world = await installed();
    // As vendors do that do not tell capitals apart: the same thing is found by both names.
    const role = world.state().steps['role'];
    if (!role) throw new Error('There is no role.');
    world.setState({ ...world.state(), steps: { ...world.state().steps, role: { ...role, key: { name: 'Role' } } } });
    expect(removalOf(await planFor(world), 'role')).toMatchObject({
      action: 'forget',
      name: 'Role',
      why: 'it goes on under another name',
    });
  });

  test('is nothing after an uninstall', async () => {
    const world = await installed();
    await uninstall(world);
    expect(await makePlan([], world.run())).toEqual({ steps: [], removals: [] });
  });

  test('of a kind that nobody knows stops it', async () => {
    const world = await installed();
    const { retired, ...state } = world.state();
    const later = { id: 'later', kind: 'later', key: { name: 'l' }, needs: [], after: [] } as const;
    world.setState({ ...state, retired: [...retired, { ...later, status: 'ready', origin: 'created' }] });
    await expect(makePlan([], world.run())).rejects.toThrow('Unknown kind of resource in the state: later.');
  });
});
