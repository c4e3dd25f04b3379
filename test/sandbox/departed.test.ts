import { expect, test } from 'vitest';
import { depart, departed } from '../../src/sandbox/departed.ts';
import { createWindows } from '../../src/sandbox/profile.ts';
import { createWorld } from '../../src/sandbox/world.ts';

const item = { name: 'x' };
const worldOf = () => createWorld([{ collection: 'buckets', id: 'x', item }]);
const at = (now: number, windows = {}) => ({ now, passed: createWindows({ latency: {}, windows })(now) });

test('what is deleted is known for as long as the window lasts', () => {
  const world = worldOf();
  const slow = { 'bucket.released': { ms: 1_000 } };
  const isKnown = (now: number) => departed(world, 'buckets', 'x', 'bucket.released', at(now, slow));
  depart(world, 'buckets', 'x', 'bucket.released', at(0, slow));
  expect(world.get('buckets', 'x')).toBeUndefined();
  expect(isKnown(999)).toEqual(item);
  expect(isKnown(1_000)).toBeUndefined();
});

test('without a window nothing is left of it', () => {
  const world = worldOf();
  depart(world, 'buckets', 'x', 'bucket.released', at(0));
  expect(world.snapshot()).toEqual([]);
});
