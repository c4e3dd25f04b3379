import { describe, expect, test } from 'vitest';
import { apply } from '../../src/engine/apply.ts';
import { ChangedError } from '../../src/engine/changed-error.ts';
import { makePlan } from '../../src/engine/plan.ts';
import { install, rollBack, uninstall } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

async function installed(): Promise<FakeWorld> {
  const world = fakeWorld(1);
  await install(world);
  return world;
}
const thingOf = (world: FakeWorld, name: string) =>
  [...world.contents().things.values()].filter((thing) => thing.name === name);
const FULL = 'plain bucket 1  [] ours/bucket';

describe('what is not ours', () => {
  test('by its mark is not deleted, whatever the record says', async () => {
    const world = await installed();
    world.edit('logs', { owner: 'theirs/logs' });
    await uninstall(world);
    expect(world.look()).toEqual(['plain logs 1  [] theirs/logs']);
  });

  test('by its identifier is not deleted, where nothing carries a mark', async () => {
    const world = await installed();
    world.edit('integration', { refs: [] });
    world.remove('credential');
    world.put({ kind: 'unmarked', name: 'credential', id: 'another' });
    await uninstall(world);
    expect(thingOf(world, 'credential')).toMatchObject([{ id: 'another' }]);
  });
});

describe('what holds something', () => {
  async function full(): Promise<FakeWorld> {
    const world = await installed();
    world.edit('bucket', { isFull: true });
    return world;
  }

  test('is kept by an uninstall, and by another', async () => {
    const world = await full();
    await uninstall(world);
    await uninstall(world);
    expect(world.look()).toEqual([FULL]);
    expect(world.state()).toMatchObject({ steps: {}, retired: [{ id: 'bucket', status: 'kept' }] });
  });

  test('goes with its contents where that is asked for, kept before or not', async () => {
    const world = await full();
    await uninstall(world);
    await uninstall(world, { data: 'delete' });
    expect(world.look()).toEqual([]);
    expect(world.state().retired).toEqual([]);
  });

  test('goes by itself once it is empty', async () => {
    const world = await full();
    await uninstall(world);
    world.edit('bucket', { isFull: false });
    await uninstall(world);
    expect(world.look()).toEqual([]);
  });

  test('is taken up again by an install that wants it', async () => {
    const world = await full();
    await uninstall(world);
    await install(world);
    expect(world.state().steps['bucket']).toMatchObject({ status: 'ready', origin: 'created' });
    expect(world.state().retired).toEqual([]);
    expect(world.violations).toEqual([]);
  });

  test('is left alone by installs that do not, and comes back with its name', async () => {
    const world = await full();
    await install(world, { prefix: 'x' });
    world.log.length = 0;
    await install(world, { prefix: 'x', size: 3 });
    expect(world.log).not.toContain('get bucket');
    await install(world);
    expect(world.state().retired).toEqual([]);
    expect(world.look()).toContain(FULL);
    expect(world.look().join()).not.toContain('xbucket');
  });

  test('comes back with a rollback that undoes its being left', async () => {
    const world = await full();
    const before = world.look();
    world.arm('create xaction', 'fail');
    await install(world, { prefix: 'x' }).catch(() => undefined);
    world.disarm();
    expect(world.state().retired).toContainEqual(expect.objectContaining({ id: 'bucket', status: 'ready' }));
    await rollBack(world);
    expect(world.look()).toEqual(before);
  });

  test('stops a replacement that would lose it', async () => {
    const world = await full();
    world.edit('bucket', { fixed: 'other' });
    await expect(install(world)).rejects.toThrow('bucket must be replaced, but is kept: 1 object.');
    expect(world.look().join()).toContain('plain bucket 1 other');
  });
});

describe('a confirmed plan', () => {
  test('is never exceeded: what it said was gone is not deleted', async () => {
    const world = await installed();
    const [extra] = thingOf(world, 'extra');
    world.remove('extra');
    const plan = await makePlan([], world.run());
    if (extra) world.put(extra);
    const run = apply([], plan, world.run());
    await expect(run).rejects.toThrow(ChangedError);
    await expect(run).rejects.toThrow('extra was to be forgotten, and would now have to be deleted.');
    expect(thingOf(world, 'extra')).toHaveLength(1);
    await uninstall(world);
    expect(world.look()).toEqual([]);
  });

  test('keeps what it said it would keep, even if that has become empty', async () => {
    const world = await installed();
    world.edit('bucket', { isFull: true });
    const plan = await makePlan([], world.run());
    world.edit('bucket', { isFull: false });
    await apply([], plan, world.run());
    expect(world.look()).toEqual([FULL]);
    expect(world.state().retired).toMatchObject([{ id: 'bucket', status: 'kept' }]);
  });

  test('keeps what it said it would delete, if that holds something by now', async () => {
    const world = await installed();
    const plan = await makePlan([], world.run());
    world.edit('bucket', { isFull: true });
    await apply([], plan, world.run());
    expect(world.look()).toEqual([FULL]);
  });
});

test('what goes on under another name is not deleted under its old one', async () => {
  const world = await installed();
  const { role } = world.state().steps;
  if (!role) throw new Error('There is no role.');
  // As with vendors that do not tell capitals apart: the same thing answers to both names.
  world.setState({ ...world.state(), steps: { ...world.state().steps, role: { ...role, key: { name: 'Role' } } } });
  await install(world);
  expect(thingOf(world, 'role')).toHaveLength(1);
  expect(world.state().retired).toEqual([]);
  expect(world.state().steps['role']).toMatchObject({ key: { name: 'role' }, outputs: role.outputs });
});

test('what was put aside goes too, where it stands on what is replaced', async () => {
  const world = await installed();
  world.arm('create xaction', 'kill-after');
  await install(world, { prefix: 'x' }).catch(() => undefined);
  world.disarm();
  expect(world.state().retired.map(({ key }) => key.name)).toEqual(expect.arrayContaining(['integration', 'action']));
  world.edit('integration', { fixed: 'other' });
  await install(world);
  expect(world.look().join()).toContain('twocall integration 1  [credential]');
  expect(world.look().join()).not.toContain('xaction');
  expect(world.violations).toEqual([]);
});

test('a kind that nobody knows is never passed over', async () => {
  const world = await installed();
  const plan = await makePlan([], world.run());
  const { retired, ...state } = world.state();
  const later = { id: 'later', kind: 'later', key: { name: 'l' }, needs: [], after: [] } as const;
  world.setState({ ...state, retired: [...retired, { ...later, status: 'ready', origin: 'created' }] });
  await expect(apply([], plan, world.run())).rejects.toThrow('Unknown kind of resource in the state: later.');
  expect(world.state().retired.map(({ id }) => id)).toContain('later');
});
