import { describe, expect, test } from 'vitest';
import { apply, converge } from '../../src/engine/apply.ts';
import { ChangedError } from '../../src/engine/changed-error.ts';
import type { AnyResource } from '../../src/engine/contract.ts';
import { makePlan } from '../../src/engine/plan.ts';
import type { Entry } from '../../src/engine/record.ts';
import type { Target } from '../../src/engine/target.ts';
import { fakeSolution, install, OBJECTS, rollBack, uninstall } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

async function installed(): Promise<FakeWorld> {
  const world = fakeWorld(1);
  await install(world);
  world.log.length = 0;
  return world;
}
const writes = (world: FakeWorld) => world.log.filter((call) => !/^(get|save)/.test(call));

/** Changes what is recorded of one step, by hand. */
function amend(world: FakeWorld, id: string, to: Partial<Entry>) {
  const { steps, ...state } = world.state();
  const { [id]: entry } = steps;
  if (!entry) throw new Error(`There is no ${id}.`);
  world.setState({ ...state, steps: { ...steps, [id]: { ...entry, ...to } } });
}

describe('a confirmed plan', () => {
  test('may turn out to be more than is needed', async () => {
    const world = fakeWorld(1);
    const plan = await makePlan(fakeSolution(world), world.run());
    await install(world);
    world.log.length = 0;
    await apply(fakeSolution(world), plan, world.run());
    expect(writes(world)).toEqual([]);
  });

  test('is never exceeded: what would have to be more stops the run', async () => {
    const world = await installed();
    const plan = await makePlan(fakeSolution(world), world.run());
    world.remove('trigger');
    const run = apply(fakeSolution(world), plan, world.run());
    await expect(run).rejects.toThrow(ChangedError);
    await expect(run).rejects.toThrow(
      'Something changed since the plan: trigger was to be "keep", and would now have to be "create".',
    );
    expect(writes(world)).toEqual([]);
  });

  test('is not carried out over something that came in its way since', async () => {
    const world = fakeWorld(1);
    const plan = await makePlan(fakeSolution(world), world.run());
    world.put({ kind: 'plain', name: 'trigger', owner: 'theirs/trigger' });
    const run = apply(fakeSolution(world), plan, world.run());
    await expect(run).rejects.toThrow(ChangedError);
    await expect(run).rejects.toThrow('it belongs to theirs/trigger');
    expect(writes(world)).not.toContain('create trigger');
  });
});

describe('a call without an answer', () => {
  test.each(['create role', 'create integration', 'update integration', 'create credential', 'create flow'])(
    '%s: is looked at within the run, and nothing is made twice',
    async (call) => {
      const world = fakeWorld(1);
      world.arm(call, 'lost');
      await install(world);
      expect(world.log).toContain(call);
      expect(world.look()).toHaveLength(OBJECTS);
      expect(world.violations).toEqual([]);
      expect(world.events).toContainEqual(
        expect.objectContaining({ state: 'waiting', message: 'a call without an answer: looking at what it did' }),
      );
    },
  );

  const silent = (attempts: string[]): AnyResource => ({
    ...fakeWorld(1).resources['plain'],
    read: async () => undefined,
    reconcile: async () => {
      attempts.push('create');
      throw new Error('no answer');
    },
  });
  const only = (resource: AnyResource): readonly Target[] => [
    { id: 'it', resource, key: { name: 'it' }, needs: [], after: [], inputs: () => ({}) },
  ];

  test('is tried three times, and then left as open as it is', async () => {
    const world = fakeWorld(1);
    const attempts: string[] = [];
    const run = converge(only(silent(attempts)), world.run({ isAmbiguous: () => true }));
    await expect(run).rejects.toThrow('no answer');
    expect(attempts).toHaveLength(3);
    expect(world.state().steps['it']).toMatchObject({ status: 'reconciling', absent: true, since: world.now() });
  });

  test('is not tried again once the run is stopped', async () => {
    const world = fakeWorld(1);
    const attempts: string[] = [];
    const stop = new AbortController();
    const isAmbiguous = () => {
      stop.abort(new Error('Ctrl-C'));
      return true;
    };
    await expect(converge(only(silent(attempts)), world.run({ isAmbiguous, signal: stop.signal }))).rejects.toThrow();
    expect(attempts.length).toBeLessThan(3);
  });
});

describe('a create that came long after its step had begun', () => {
  const slow = (world: FakeWorld): readonly Target[] =>
    fakeSolution(world).map((target) => {
      const { resource } = target;
      const reconcile = (...all: Parameters<typeof resource.reconcile>) => {
        world.wait(60_000);
        return resource.reconcile(...all);
      };
      return target.id === 'credential' ? { ...target, resource: { ...resource, reconcile } } : target;
    });

  test.each(['lost', 'kill-after'] as const)('%s: is not sent again while it may be invisible', async (fault) => {
    const world = fakeWorld(1);
    world.arm('create credential', fault);
    await converge(slow(world), world.run()).catch(() => undefined);
    world.disarm();
    await install(world);
    expect(world.look()).toHaveLength(OBJECTS);
    expect(world.violations).toEqual([]);
  });
});

describe('what was made, and then failed', () => {
  test('may still be hidden by the vendor, so the next run waits for it', async () => {
    const world = fakeWorld(1);
    world.arm('update integration', 'fail');
    await expect(install(world)).rejects.toThrow('refused: update integration');
    expect(world.state().steps['integration']).toMatchObject({ status: 'reconciling', since: expect.any(Number) });
  });
});

describe('a create that was refused', () => {
  test('is not waited for by the next run', async () => {
    const world = fakeWorld(1);
    world.arm('create credential', 'fail');
    await expect(install(world)).rejects.toThrow('refused: create credential');
    world.disarm();
    expect(world.state().steps['credential']).toMatchObject({ status: 'reconciling', absent: true });
    expect(world.state().steps['credential']?.since).toBeUndefined();
    const before = world.now();
    await install(world);
    expect(world.now()).toBe(before);
  });

  test('does not make a run forget the create of an earlier one that may have been carried out', async () => {
    const world = fakeWorld(1);
    world.arm('create credential', 'kill-after');
    await install(world).catch(() => undefined);
    world.disarm();
    const { since } = world.state().steps['credential'] ?? {};
    expect(since).toBeDefined();
    // The next run gets as far as reading it, and is refused there: of the create that says nothing.
    const plan = await makePlan(fakeSolution(world), fakeWorld(1, world.contents()).run());
    world.arm('get credential', 'fail');
    await expect(apply(fakeSolution(world), plan, world.run())).rejects.toThrow('refused: get credential');
    world.disarm();
    expect(world.state().steps['credential']?.since).toBe(since);
    await install(world);
    expect(world.look()).toHaveLength(OBJECTS);
    expect(world.violations).toEqual([]);
  });
});

describe('what is recorded of a step', () => {
  test('is what was wanted, even where the world was so already: a rollback goes by that', async () => {
    const world = await installed();
    world.edit('role', { size: 9 });
    world.edit('integration', { size: 9 });
    await install(world, { size: 9 });
    expect(world.state().settled?.steps['role']?.inputs).toMatchObject({ size: 9 });
    const before = world.look();
    world.arm('update flow', 'fail');
    await install(world, { size: 20 }).catch(() => undefined);
    world.disarm();
    await rollBack(world);
    expect(world.look()).toEqual(before);
  });

  test('becomes whole again where it was rebuilt from the world', async () => {
    const world = await installed();
    const before = world.look();
    for (const id of Object.keys(world.state().steps)) amend(world, id, { inputs: undefined, receipt: undefined });
    world.setState({ ...world.state(), settled: null });
    await install(world);
    expect(Object.values(world.state().settled?.steps ?? {}).every(({ inputs }) => inputs !== undefined)).toBe(true);
    await rollBack(world);
    expect(world.look()).toEqual(before);
  });

  test('is not written again where it is the same', async () => {
    const world = await installed();
    await install(world);
    // The commit.
    expect(world.log.filter((call) => call === 'save')).toHaveLength(1);
  });

  test('counts as not sent from before the call until after it', async () => {
    const world = await installed();
    world.arm('update flow', 'kill-after');
    await install(world, { size: 9 }).catch(() => undefined);
    world.disarm();
    expect(world.state().steps['flow']).toMatchObject({ status: 'reconciling', inputs: { size: 9 } });
    expect(world.state().steps['flow']?.receipt).toBeUndefined();
  });

  test('is that it is ours, once somebody else’s that was used carries our mark', async () => {
    const world = await installed();
    world.put({ kind: 'pool', name: 'own', owner: 'ours/shared' });
    amend(world, 'shared', { key: { name: 'own' }, outputs: { id: 'x-own' } });
    const targets = fakeSolution(world).map((one) => (one.id === 'shared' ? { ...one, key: { name: 'own' } } : one));
    await converge(targets, world.run());
    expect(world.state().steps['shared']).toMatchObject({ origin: 'adopted', status: 'ready' });
    await uninstall(world);
    expect(world.look()).toEqual([]);
  });
});
