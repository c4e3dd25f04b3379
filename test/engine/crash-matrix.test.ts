import { describe, expect, test } from 'vitest';
import type { State } from '../../src/engine/record.ts';
import { install, rollBack, uninstall, type Variant } from '../support/fake-solution.ts';
import { type Contents, type FakeWorld, type Fault, fakeWorld } from '../support/fake-world.ts';

const changes: readonly (readonly [name: string, from: Variant | undefined, to: Variant])[] = [
  ['a first install', undefined, {}],
  ['a change', {}, { size: 9 }],
  ['a move', {}, { prefix: 'x' }],
  ['a replacement', {}, { range: '2' }],
  ['a dropped step', {}, { without: ['extra'] }],
  ['everything at once', {}, { prefix: 'x', size: 9, range: '2', without: ['extra'] }],
];
/** What is wanted after all: the old names, and other things that cannot be changed in place. */
const otherwise: Variant = { size: 2, range: '3' };
const faults: readonly Fault[] = ['fail', 'lost', 'kill-before', 'kill-after'];
/** With EO_SETUP_TEST_STRIDE=1, which asks for everything, one more. */
const interleavings = process.env['EO_SETUP_TEST_STRIDE'] === '1' ? [1, 2, 3] : [1, 2];

const brief = ({ steps, retired }: State) => [
  Object.entries(steps)
    .map(([id, { kind, key, status, origin, needs, after }]) => ({ id, kind, key, status, origin, needs, after }))
    .sort((a, b) => a.id.localeCompare(b.id)),
  retired.map(({ id, key, status }) => [id, key.name, status]),
];
const settledBrief = ({ settled }: State) =>
  JSON.stringify(
    Object.entries(settled?.steps ?? {})
      .map(([id, { key, inputs }]) => [id, key, Reflect.get(inputs ?? {}, 'size'), Reflect.get(inputs ?? {}, 'fixed')])
      .sort(),
  );
/** How a world ended; a bucket that is full outlives everything. */
const endOf = (world: FakeWorld) => ({ things: world.look(), record: brief(world.state()) });
const nothing = (isFull: boolean) => ({
  things: isFull ? ['plain bucket 1  [] ours/bucket'] : [],
  record: [[], isFull ? [['bucket', 'bucket', 'kept']] : []],
});
type End = ReturnType<typeof endOf>;

/** One run that went wrong, and how others end. */
interface Disturbed {
  readonly contents: Contents;
  readonly where: string;
  readonly seed: number;
  /** How it was before. */
  readonly before: End;
  /** How the same change ends undisturbed. */
  readonly whole: End;
  readonly other: End;
  readonly isCommitted: boolean;
}

async function ended(start: Contents, seed: number, to: Variant) {
  const world = fakeWorld(seed, start);
  await install(world, to);
  expect(world.violations).toEqual([]);
  return { end: endOf(world), settled: settledBrief(world.state()) };
}

/** Does it with the n-th call or save going wrong; undefined where there is no n-th. */
async function disturb(world: FakeWorld, n: number, fault: Fault, work: (world: FakeWorld) => Promise<void>) {
  world.arm(n, fault);
  const error = await work(world).then(
    () => 'no error',
    (thrown: unknown) => `${thrown}`,
  );
  const wasReached = world.calls() > n;
  world.disarm();
  return wasReached ? `${fault} at call ${n} (${world.log.at(n - world.calls())}): ${error}` : undefined;
}

/** The change, once for every call and save that it makes, that one going wrong. */
async function disturbedEverywhere(from: Variant | undefined, to: Variant): Promise<readonly Disturbed[]> {
  const all: Disturbed[] = [];
  for (const seed of interleavings) {
    const first = fakeWorld(seed);
    if (from) await install(first, from);
    first.edit('bucket', { isFull: true });
    const start = first.contents();
    const { end: whole, settled } = await ended(start, seed, to);
    const { end: other } = await ended(start, seed, otherwise);
    for (const fault of faults)
      for (let n = 0; ; n += 1) {
        const world = fakeWorld(seed + 17, start);
        const where = await disturb(world, n, fault, (it) => install(it, to));
        if (!where) break;
        expect(world.violations, where).toEqual([]);
        const isCommitted = settledBrief(world.state()) === settled;
        all.push({ contents: world.contents(), where, seed, before: endOf(first), whole, other, isCommitted });
      }
  }
  expect(all.length).toBeGreaterThan(200);
  return all;
}

function isFine(world: FakeWorld, end: End, where: string) {
  expect(endOf(world), where).toEqual(end);
  expect(world.violations, where).toEqual([]);
  expect(world.isUntouched(), where).toBe(true);
}

type Way = readonly [
  name: string,
  go: (world: FakeWorld) => Promise<void>,
  end: (of: Disturbed) => End,
  /** The interleavings that it is tried from. */
  seeds: readonly number[],
];

describe.each(changes)('when %s is disturbed at any call', (_, from, to) => {
  let made: Promise<readonly Disturbed[]> | undefined;
  const outcomes = () => {
    made ??= disturbedEverywhere(from, to);
    return made;
  };
  const again: Way['1'] = (world) => install(world, to);
  const change: Way['1'] = (world) => install(world, otherwise);
  const back: Way['2'] = ({ isCommitted, whole, before }) => (isCommitted ? whole : before);
  const ways: readonly Way[] = [
    ['running it again ends where an undisturbed run ends', again, ({ whole }) => whole, interleavings],
    ['another change ends where it would have ended without', change, ({ other }) => other, [1]],
    ['a rollback goes back to the last finished run, or to this one after its commit', rollBack, back, interleavings],
    ['uninstall leaves nothing but what is kept', uninstall, () => nothing(from !== undefined), interleavings],
  ];

  test.each(ways)('%s', async (_name, go, end, seeds) => {
    for (const disturbed of (await outcomes()).filter(({ seed }) => seeds.includes(seed))) {
      const world = fakeWorld(disturbed.seed + 31, disturbed.contents);
      await go(world);
      isFine(world, end(disturbed), disturbed.where);
    }
  });

  test.each(ways)('and that at any call again: %s', async (_name, go, end) => {
    const all = await outcomes();
    for (let part = 1; part <= 3; part += 1) {
      const disturbed = all[Math.floor((all.length * part) / 3) - 20 * part];
      if (!disturbed) throw new Error('There are too few.');
      for (let n = 0; ; n += 1) {
        const world = fakeWorld(disturbed.seed + 31, disturbed.contents);
        const where = await disturb(world, n, faults[(n + part) % 4] ?? 'fail', go);
        if (!where) break;
        await go(world);
        isFine(world, end(disturbed), `${disturbed.where}; ${where}`);
      }
    }
  });
});

describe('when an uninstall is disturbed at any call', () => {
  async function atEveryCall(fault: Fault, go: (world: FakeWorld) => Promise<void>) {
    const first = fakeWorld(1);
    await install(first);
    first.edit('bucket', { isFull: true });
    const whole = endOf(first);
    for (let n = 0; ; n += 1) {
      const world = fakeWorld(18, first.contents());
      const where = await disturb(world, n, fault, uninstall);
      if (!where) return expect(n).toBeGreaterThan(45);
      await go(world);
      isFine(world, go === uninstall ? nothing(true) : whole, where);
    }
  }

  test.each(faults)('%s: another finishes it', (fault) => atEveryCall(fault, uninstall));

  test.each(faults)('%s: an install builds everything up again', (fault) => atEveryCall(fault, (it) => install(it)));
});
