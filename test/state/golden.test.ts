import { describe, expect, test } from 'vitest';
import type { Shape } from '../../src/engine/contract.ts';
import type { HalfMaterials } from '../../src/half.ts';
import { names } from '../../src/names.ts';
import { resources } from '../../src/resources/index.ts';
import { parseSettings } from '../../src/settings/complete.ts';
import { solution } from '../../src/solution.ts';
import { golden, goldenState } from './golden.ts';

const document = { Statement: [] };
const half: HalfMaterials = {
  zip: '',
  environment: {},
  executionPolicy: document,
  invokePolicy: document,
  contract: { input: {}, output: {} },
};
const materials = {
  ...{ pay: half, save: half, lambdaTrust: document, genesysTrust: document, bucketPolicy: document },
  flows: { secure: '', inbound: '', workflow: '' },
};

test('the file of version 1 holds all 21 steps of the solution, with their kinds, keys and edges', () => {
  const file = golden();
  const settings = parseSettings(file.run.settings);
  const who = { awsAccount: file.target.awsAccount, awsPartition: 'aws' };
  const steps = solution({ settings, names: names(settings, who), materials, isLive: false });
  const recorded = Object.entries<Record<string, unknown>>(file.steps).map(([id, { kind, key, needs, after }]) => ({
    id,
    kind,
    key,
    needs,
    after,
  }));
  expect(recorded).toHaveLength(21);
  expect(recorded).toEqual(
    steps.map(({ id, resource, key, needs, after }) => ({
      ...{ id, kind: resource.kind, key },
      needs: Object.values(needs).map((need) => need.id),
      after: after.map((other) => other.id),
    })),
  );
  expect(Object.keys(file.settled.steps)).toEqual(Object.keys(file.steps));
});

describe('every registered kind parses its own entries, and loses nothing of them', () => {
  const file = golden();
  const all = [file.steps, file.settled.steps].flatMap((steps) => Object.values<Record<string, unknown>>(steps));
  const entries = [...all, ...file.retired];
  test.each(Object.values<Shape & { kind: string }>(resources))('$kind', ({ kind, key, inputs, outputs, receipt }) => {
    const own = entries.filter((entry) => entry['kind'] === kind);
    expect(own.length).toBeGreaterThan(0);
    expect(own.some((entry) => 'receipt' in entry)).toBe(receipt !== undefined);
    for (const entry of own) {
      expect(key.parse(entry['key'])).toEqual(entry['key']);
      expect(inputs.parse(entry['inputs'])).toEqual(entry['inputs']);
      expect(outputs.parse(entry['outputs'])).toEqual(entry['outputs']);
      expect(receipt?.optional().parse(entry['receipt'])).toEqual(entry['receipt']);
    }
  });
});

test('the program sees all that is in the file', () => {
  const { state, ...owner } = goldenState();
  const { format: _, version: __, ...file } = golden();
  expect({ ...owner, ...state }).toEqual(file);
});
