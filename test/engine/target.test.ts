import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Resource, step } from '../../src/engine/contract.ts';
import type { Settled } from '../../src/engine/record.ts';
import { edgesOf, settledTargets, targetOf, UNKNOWN, unknownOutputs } from '../../src/engine/target.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({ of: z.array(z.string()), deep: z.object({ id: z.string() }) }),
  outputs: z.object({ id: z.string() }),
};
const thing: Resource<typeof shape> = {
  ...shape,
  kind: 'thing',
  label: 'thing',
  read: async () => undefined,
  reconcile: async () => ({ outputs: { id: '' } }),
  delete: async () => 'gone',
};
const resources = { thing };

const below = step('below', thing, { key: { name: 'b' }, inputs: () => ({ of: [], deep: { id: '' } }) });
const above = step('above', thing, {
  key: { name: 'a' },
  needs: { base: below },
  after: [below],
  inputs: ({ base }) => ({ of: ['fixed', base.id], deep: { id: base.id } }),
});

describe('a step as the engine sees it', () => {
  const target = targetOf(above);

  test('has ids for edges', () => {
    expect(target).toMatchObject({ id: 'above', key: { name: 'a' }, needs: ['below'], after: ['below'] });
    expect(Object.fromEntries(edgesOf([target]))).toEqual({ above: ['below', 'below'] });
  });

  test('gets its inputs from the outputs of what it needs, by the names that it gave them', () => {
    const outputs = (id: string) => ({ id: `the id of ${id}` });
    expect(target.inputs(outputs)).toEqual({ of: ['fixed', 'the id of below'], deep: { id: 'the id of below' } });
  });

  test('has inputs that say so where only the run will tell', () => {
    expect(target.inputs(() => unknownOutputs)).toEqual({ of: ['fixed', UNKNOWN], deep: { id: UNKNOWN } });
  });
});

describe('what a rollback goes back to', () => {
  const settled = (more: Partial<Settled>): Settled => ({
    kind: 'thing',
    key: { name: 'n' },
    needs: [],
    after: [],
    ...more,
  });
  const steps = {
    below: settled({ inputs: { of: [] }, outputs: { id: 'old', name: 'same' } }),
    above: settled({
      needs: ['below'],
      inputs: { of: ['fixed', 'old'], deep: { id: 'old', name: 'same', count: 3, nothing: null, flag: true } },
    }),
  };
  const above = () => settledTargets(steps, resources).find(({ id }) => id === 'above');

  test('is what was wanted then', () => {
    expect(above()).toMatchObject({ key: { name: 'n' }, needs: ['below'], after: [], resource: thing });
    expect(above()?.inputs(() => ({ id: 'old', name: 'same' }))).toEqual(steps.above.inputs);
  });

  test('stands on the new identifiers of what had to be made anew, wherever they are', () => {
    expect(above()?.inputs(() => ({ id: 'new', name: 'same' }))).toEqual({
      of: ['fixed', 'new'],
      deep: { id: 'new', name: 'same', count: 3, nothing: null, flag: true },
    });
  });

  test('stands on something unknown while that is not made yet', () => {
    expect(above()?.inputs(() => unknownOutputs)).toEqual({
      of: ['fixed', UNKNOWN],
      deep: { id: UNKNOWN, name: UNKNOWN, count: 3, nothing: null, flag: true },
    });
  });

  test('cannot be a kind that nobody knows', () => {
    expect(() => settledTargets({ x: settled({ kind: 'later' }) }, resources)).toThrow('Unknown kind of resource');
  });
});
