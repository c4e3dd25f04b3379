import { describe, expect, test } from 'vitest';
import { apply } from '../../src/engine/apply.ts';
import { makePlan } from '../../src/engine/plan.ts';
import type { Target, TargetCheck } from '../../src/engine/target.ts';
import { fakeSolution, type Variant } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

/** The fake solution, with a check before its trigger. */
const checked = (world: FakeWorld, run: TargetCheck['run'], to: Variant = {}): readonly Target[] =>
  fakeSolution(world, to).map((target) =>
    target.id === 'trigger' ? { ...target, checks: [{ holds: 'the flow answers', run }] } : target,
  );

async function go(world: FakeWorld, targets: readonly Target[]) {
  const deps = world.run();
  await apply(targets, await makePlan(targets, deps), deps);
}

const refused = () => Promise.reject(new Error('it does not answer'));

describe('what must hold before a step', () => {
  test('is tried out once all that it stands on is there, and before the step itself', async () => {
    const world = fakeWorld(1);
    const seen: unknown[] = [];
    const targets = checked(world, async (_, outputs) => {
      seen.push(Reflect.get(outputs('flow'), 'id'), world.log.includes('create trigger'));
    });
    await go(world, targets);
    expect(seen).toEqual([expect.any(String), false]);
    expect(world.log).toContain('create trigger');
  });

  test('is told as it is tried out, and how it ended', async () => {
    const world = fakeWorld(1);
    await go(
      world,
      checked(world, () => Promise.resolve()),
    );
    const told = world.events.filter((event) => event.type === 'step' && event.doing === 'verify');
    expect(told).toMatchObject([
      { id: 'trigger', name: 'the flow answers', state: 'started' },
      { id: 'trigger', name: 'the flow answers', state: 'done' },
    ]);
  });

  test('keeps the step and all that stands on it from being made, where it does not hold', async () => {
    const world = fakeWorld(1);
    await expect(go(world, checked(world, refused))).rejects.toThrow('it does not answer');
    expect(world.log).not.toContain('create trigger');
    expect(world.log).not.toContain('create ivr');
    expect(world.events).toContainEqual(
      expect.objectContaining({ doing: 'verify', state: 'failed', message: 'it does not answer' }),
    );
  });

  test('is not tried out where nothing that it is about changes', async () => {
    const world = fakeWorld(1);
    await go(
      world,
      checked(world, () => Promise.resolve()),
    );
    await go(world, checked(world, refused));
  });

  test('is tried out where something below it changes, though the step itself stays as it is', async () => {
    const world = fakeWorld(1);
    await go(
      world,
      checked(world, () => Promise.resolve()),
    );
    await expect(go(world, checked(world, refused, { size: 2 }))).rejects.toThrow('it does not answer');
  });

  test('is tried out again after it did not hold, though nothing is left to change', async () => {
    const world = fakeWorld(1);
    await go(
      world,
      checked(world, () => Promise.resolve()),
    );
    await expect(go(world, checked(world, refused, { size: 2 }))).rejects.toThrow('it does not answer');
    await expect(go(world, checked(world, refused, { size: 2 }))).rejects.toThrow('it does not answer');
    await go(
      world,
      checked(world, () => Promise.resolve(), { size: 2 }),
    );
    await go(world, checked(world, refused, { size: 2 }));
  });

  test('says everything that does not hold', async () => {
    const world = fakeWorld(1);
    const targets = fakeSolution(world).map((target) =>
      target.id === 'trigger'
        ? {
            ...target,
            checks: [
              { holds: 'one', run: refused },
              { holds: 'two', run: () => Promise.reject(new Error('nor this')) },
            ],
          }
        : target,
    );
    const failure = go(world, targets);
    await expect(failure).rejects.toMatchObject({
      errors: [{ message: 'it does not answer' }, { message: 'nor this' }],
    });
  });
});
