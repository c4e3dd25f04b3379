import { describe, expect, test } from 'vitest';
import { apply } from '../../src/engine/apply.ts';
import { ChangedError } from '../../src/engine/changed-error.ts';
import { makePlan, type Plan } from '../../src/engine/plan.ts';
import { fakeSolution, install, type Variant } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

const EDIT = 'edited by Jane Doe';
const CLAIMS = { overwrites: { what: EDIT, isTheirs: true }, locked: 'Jane Doe' };

/** An installation in which somebody edited and locked these. */
async function edited(...names: readonly string[]): Promise<FakeWorld> {
  const world = fakeWorld(1);
  await install(world);
  for (const name of names) world.edit(name, { edited: EDIT, lockedBy: 'Jane Doe' });
  world.log.length = 0;
  world.events.length = 0;
  return world;
}
const planFor = (world: FakeWorld, to: Variant = {}) => makePlan(fakeSolution(world, to), world.run());
const applyTo = (world: FakeWorld, plan: Plan, to: Variant = {}) => apply(fakeSolution(world, to), plan, world.run());
const stepOf = ({ steps }: Plan, id: string) => steps.find((step) => step.id === id);
const writesTo = ({ log }: FakeWorld, name: string) =>
  log.filter((call) => call.endsWith(` ${name}`) && !call.startsWith('get '));
const copies = ({ events }: FakeWorld) => events.filter(({ type }) => type === 'copy');

describe('a plan says what others have to do', () => {
  test('with what is to be changed', async () => {
    const plan = await planFor(await edited('role'), { size: 2 });
    expect(stepOf(plan, 'role')).toMatchObject({ action: 'update', ...CLAIMS });
    expect(stepOf(plan, 'integration')).not.toHaveProperty('overwrites');
  });

  test('with what is to be replaced or deleted', async () => {
    const replaced = await planFor(await edited('action', 'flow'), { range: '2' });
    expect(stepOf(replaced, 'action')).toMatchObject({ action: 'replace', ...CLAIMS });
    expect(stepOf(replaced, 'flow')).toMatchObject({ action: 'replace', ...CLAIMS });
    const { removals } = await planFor(await edited('extra'), { without: ['extra'] });
    expect(removals).toMatchObject([{ id: 'extra', action: 'delete', ...CLAIMS }]);
  });

  test('and nothing of what stays as it is', async () => {
    const step = stepOf(await planFor(await edited('role')), 'role');
    expect(step?.action).toBe('keep');
    expect(step).not.toHaveProperty('overwrites');
    expect(step).not.toHaveProperty('locked');
  });
});

describe('a copy is kept and the lock is taken away', () => {
  test('before it is changed', async () => {
    const world = await edited('role');
    await applyTo(world, await planFor(world, { size: 2 }), { size: 2 });
    expect(writesTo(world, 'role')).toEqual(['take over role', 'update role']);
    expect(copies(world)).toEqual([{ type: 'copy', id: 'role', kind: 'plain', name: 'role', file: 'copy of role' }]);
    expect(world.violations).toEqual([]);
  });

  test.each<[string, string, Variant]>([
    ['because nobody wants it any more', 'extra', { without: ['extra'] }],
    ['to be replaced', 'action', { range: '2' }],
    ['because it stands on what is replaced', 'flow', { range: '2' }],
    ['as it has another name now', 'role', { prefix: 'x' }],
  ])('before it is deleted %s', async (_, name, to) => {
    const world = await edited(name);
    await applyTo(world, await planFor(world, to), to);
    expect(writesTo(world, name).slice(0, 2)).toEqual([`take over ${name}`, `delete ${name}`]);
    expect(copies(world)).toHaveLength(1);
    expect(world.violations).toEqual([]);
  });

  test('and where that fails it stays as it is, and what was remembered of it too', async () => {
    const world = await edited('flow');
    const plan = await planFor(world, { size: 2 });
    const before = world.state().steps['flow'];
    world.arm('take over flow', 'fail');
    await expect(applyTo(world, plan, { size: 2 })).rejects.toThrow('refused: take over flow');
    expect(writesTo(world, 'flow')).toEqual(['take over flow']);
    expect(world.state().steps['flow']).toEqual(before);
  });
});

describe('what somebody did since the plan is not overwritten, as nobody said yes to it:', () => {
  test.each([
    ['an edit', { edited: EDIT }, EDIT],
    ['a lock', { lockedBy: 'Jane Doe' }, 'locked by Jane Doe'],
  ])('%s', async (_, to, said) => {
    const world = await edited();
    const plan = await planFor(world, { size: 2 });
    world.edit('role', to);
    const error = await applyTo(world, plan, { size: 2 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChangedError);
    expect(error).toMatchObject({ message: expect.stringContaining(said) });
    expect(writesTo(world, 'role')).toEqual([]);
  });

  test('an edit of what was to be deleted', async () => {
    const world = await edited();
    const plan = await planFor(world, { without: ['extra'] });
    world.edit('extra', { edited: EDIT });
    await expect(applyTo(world, plan, { without: ['extra'] })).rejects.toThrow(ChangedError);
    expect(writesTo(world, 'extra')).toEqual([]);
  });
});
