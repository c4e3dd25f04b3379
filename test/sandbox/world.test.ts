import { describe, expect, test } from 'vitest';
import { createWorld } from '../../src/sandbox/world.ts';
import { createUuids } from '../support/sandbox.ts';

const names = (world: ReturnType<typeof createWorld>, collection = 'flows') =>
  world.list(collection).map((item) => item['name']);

describe('a world', () => {
  test('lists in order of creation, which a change keeps and a new creation does not', () => {
    const world = createWorld();
    for (const name of ['a', 'b', 'c']) world.put('flows', name, { name });
    world.put('flows', 'a', { name: 'a2' });
    expect(names(world)).toEqual(['a2', 'b', 'c']);
    world.remove('flows', 'a');
    world.put('flows', 'a', { name: 'a3' });
    expect(names(world)).toEqual(['b', 'c', 'a3']);
  });

  test('knows nothing of what was never put', () => {
    const world = createWorld();
    expect(world.get('flows', 'x')).toBeUndefined();
    expect(world.list('flows')).toEqual([]);
    world.remove('flows', 'x');
    expect(world.takeChanges()).toEqual([]);
  });

  test.each(['__proto__', 'constructor', ''])('takes %j for an id like any other', (id) => {
    const world = createWorld();
    world.put(id, id, { id });
    expect(world.get(id, id)).toEqual({ id });
  });

  test('does not let a record be changed in place', () => {
    const world = createWorld();
    const item = world.put('flows', 'a', { name: 'a', uses: [{ id: 'x' }] });
    expect(() => item.uses.push({ id: 'y' })).toThrow(TypeError);
    expect(() => Object.assign(item.uses[0] ?? {}, { id: 'y' })).toThrow(TypeError);
  });

  test('takes its ids from the source it was given', () => {
    const world = createWorld([], createUuids());
    expect([world.uuid(), world.uuid()]).toEqual([
      '00000000-0000-4000-8000-000000000001',
      '00000000-0000-4000-8000-000000000002',
    ]);
    expect(createWorld().uuid()).not.toBe(createWorld().uuid());
  });
});

describe('its changes', () => {
  test('are taken once, in order', () => {
    const world = createWorld();
    world.put('flows', 'a', { name: 'a' });
    world.remove('flows', 'a');
    expect(world.takeChanges()).toEqual([
      { collection: 'flows', id: 'a', item: { name: 'a' } },
      { collection: 'flows', id: 'a' },
    ]);
    expect(world.takeChanges()).toEqual([]);
  });

  test('make the same world again', () => {
    const world = createWorld();
    for (const name of ['a', 'b', 'c']) world.put('flows', name, { name });
    world.remove('flows', 'b');
    world.put('flows', 'b', { name: 'b2' });
    expect(createWorld(world.takeChanges()).snapshot()).toEqual(world.snapshot());
  });

  test('can be taken back as far as the last take, order included', () => {
    const world = createWorld([{ collection: 'flows', id: 'a', item: { name: 'a' } }]);
    world.put('flows', 'b', { name: 'b' });
    world.takeChanges();
    world.remove('flows', 'a');
    world.put('flows', 'c', { name: 'c' });
    world.put('ivrs', 'd', { name: 'd' });
    world.undo();
    expect(names(world)).toEqual(['a', 'b']);
    expect(names(world, 'ivrs')).toEqual([]);
    expect(world.takeChanges()).toEqual([]);
  });

  test('do not include a replacement of everything', () => {
    const world = createWorld([{ collection: 'flows', id: 'a', item: { name: 'a' } }]);
    world.replace([{ collection: 'flows', id: 'z', item: { name: 'z' } }]);
    expect(names(world)).toEqual(['z']);
    expect(world.takeChanges()).toEqual([]);
  });
});
