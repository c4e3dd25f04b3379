import { describe, expect, test } from 'vitest';
import { converge } from '../../src/engine/apply.ts';
import type { Deps } from '../../src/engine/deps.ts';
import type { State } from '../../src/engine/record.ts';
import { settledTargets } from '../../src/engine/target.ts';
import { type FakeWorld, type Fault, fakeSolution, fakeWorld, type Variant } from '../support/fake-world.ts';

const changes: readonly (readonly [name: string, from: Variant | undefined, to: Variant])[] = [
  ['a first install', undefined, {}],
  ['a change', {}, { size: 9 }],
  ['a move', {}, { prefix: 'x' }],
  ['a replacement', {}, { range: '2' }],
  ['a dropped step', {}, { without: ['extra'] }],
  ['everything at once', {}, { prefix: 'x', size: 9, range: '2', without: ['extra'] }],
];
const faults: readonly Fault[] = ['fail', 'lost', 'kill-before', 'kill-after'];
const interleavings = [1, 2, 3];

const install = (world: FakeWorld, to: Variant) => converge(fakeSolution(world, to), world.run());
const uninstall = (world: FakeWorld) => converge([], world.run());
function rollback(world: FakeWorld) {
  const deps: Deps = world.run();
  return converge(settledTargets(deps.ledger.state.settled?.steps ?? {}, deps.resources), deps);
}

const brief = ({ steps, retired }: State) => [
  Object.entries(steps)
    .map(([id, { kind, key, status, needs, after }]) => ({ id, kind, key, status, needs, after }))
    .sort((a, b) => a.id.localeCompare(b.id)),
  retired.length,
];
const settledBrief = ({ settled }: State) =>
  JSON.stringify(
    Object.entries(settled?.steps ?? {})
      .map(([id, { key, inputs }]) => [id, key, Reflect.get(inputs ?? {}, 'size'), Reflect.get(inputs ?? {}, 'fixed')])
      .sort(),
  );

interface Disturbed {
  readonly world: FakeWorld;
  readonly where: string;
  /** The same change, undisturbed. */
  readonly whole: FakeWorld;
  readonly before: readonly string[];
}

/** Runs the change once for every call and save it makes, that one going wrong, and has each outcome checked. */
async function atEveryCall(from: Variant | undefined, to: Variant, check: (disturbed: Disturbed) => Promise<void>) {
  let met = 0;
  for (const seed of interleavings) {
    const start = fakeWorld(seed);
    if (from) await install(start, from);
    const whole = start.copy(seed);
    await install(whole, to);
    for (const fault of faults) {
      for (let n = 0; ; n += 1) {
        const world = start.copy(seed + 17);
        world.arm(n, fault);
        const error = await install(world, to).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        const wasReached = world.calls() > n;
        world.disarm();
        if (!wasReached) break;
        met += 1;
        const where = `${fault} at call ${n} (${world.log[n]}), interleaving ${seed}: ${error}`;
        await check({ world, where, whole, before: start.look() });
        expect(world.violations, where).toEqual([]);
      }
    }
  }
  expect(met).toBeGreaterThan(100);
}

describe.each(changes)('when %s is disturbed at any call', (_, from, to) => {
  test('running it again ends where an undisturbed run ends, with nothing made twice', () =>
    atEveryCall(from, to, async ({ world, where, whole }) => {
      await install(world, to);
      expect(world.look(), where).toEqual(whole.look());
      expect(brief(world.state()), where).toEqual(brief(whole.state()));
    }));

  test('uninstall leaves nothing', () =>
    atEveryCall(from, to, async ({ world, where }) => {
      await uninstall(world);
      expect(world.look(), where).toEqual([]);
      expect(world.state(), where).toMatchObject({ steps: {}, retired: [] });
    }));

  test('a rollback goes back to the last finished run, or to this one after its commit', () =>
    atEveryCall(from, to, async ({ world, where, whole, before }) => {
      const isCommitted = settledBrief(world.state()) === settledBrief(whole.state());
      await rollback(world);
      expect(world.look(), where).toEqual(isCommitted ? whole.look() : before);
    }));

  test('a rollback that is itself killed is finished by another', () =>
    atEveryCall(from, to, async ({ world, where, whole, before }) => {
      const isCommitted = settledBrief(world.state()) === settledBrief(whole.state());
      world.arm(5, 'kill-after');
      await rollback(world).catch(() => undefined);
      world.disarm();
      await rollback(world);
      expect(world.look(), where).toEqual(isCommitted ? whole.look() : before);
    }));
});

describe('when an uninstall is disturbed at any call', () => {
  test.each(faults)('%s: another finishes it', async (fault) => {
    for (let n = 0; ; n += 1) {
      const world = fakeWorld(1);
      await install(world, {});
      world.arm(n, fault);
      await uninstall(world).catch(() => undefined);
      const wasReached = world.calls() > n;
      world.disarm();
      if (!wasReached) break;
      await uninstall(world);
      expect(world.look(), `${fault} at ${n}`).toEqual([]);
      expect(world.state(), `${fault} at ${n}`).toMatchObject({ steps: {}, retired: [] });
      expect(world.violations).toEqual([]);
    }
  });

  test.each(faults)('%s: an install builds everything up again', async (fault) => {
    const whole = fakeWorld(1);
    await install(whole, {});
    for (let n = 0; ; n += 1) {
      const world = fakeWorld(1);
      await install(world, {});
      world.arm(n, fault);
      await uninstall(world).catch(() => undefined);
      const wasReached = world.calls() > n;
      world.disarm();
      if (!wasReached) break;
      await install(world, {});
      expect(world.look(), `${fault} at ${n}`).toEqual(whole.look());
      expect(world.violations).toEqual([]);
    }
  });
});
