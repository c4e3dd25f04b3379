import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { didPool } from '../../../src/resources/genesys/did-pool.ts';
import { rangeText } from '../../../src/resources/genesys/numbers.ts';
import { laws } from '../laws.ts';
import { openRig, type Rig } from '../rig.ts';

const STEP = 'did-pool';
const POOLS = '/api/v2/telephony/providers/edges/didpools';
const keyOf = (first: string, last = first) => ({ name: rangeText({ first, last }), first, last });
const key = keyOf('+13175550100', '+13175550109');
const inputs = { poolName: 'dev-Numbers', provider: 'PURE_CLOUD_VOICE' as const, covered: 'every number' as const };

const makePool = (rig: Rig, startPhoneNumber: string, endPhoneNumber = startPhoneNumber) =>
  rig.context(STEP).genesys.call({
    operation: `POST ${POOLS}`,
    body: { name: 'Sales', startPhoneNumber, endPhoneNumber, description: 'theirs', provider: 'PURE_CLOUD_VOICE' },
    schema: z.object({ id: z.string() }),
  });
const poolsOf = async (rig: Rig) => {
  const schema = z.looseObject({ id: z.string(), startPhoneNumber: z.string(), endPhoneNumber: z.string() });
  const pools = await rig.context(STEP).genesys.page({ operation: `GET ${POOLS}`, schema });
  return pools.map(({ startPhoneNumber, endPhoneNumber }) => `${startPhoneNumber} ${endPhoneNumber}`).sort();
};

laws(didPool, async (rig) => ({
  step: STEP,
  key,
  inputs,
  makeForeign: () => makePool(rig, key.first, key.last),
}));

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});
async function begin(windows: Parameters<typeof openRig>[0] = {}) {
  const rig = await openRig(windows);
  rigs.push(rig);
  return { rig, context: rig.context(STEP) };
}

describe('numbers in pools of somebody else', () => {
  test('are used as they are, and never changed or deleted', async () => {
    const { rig, context } = await begin();
    const { id } = await makePool(rig, key.first, key.last);
    const observed = await didPool.read(context, { key }, inputs);
    expect(observed).toMatchObject({ outputs: { pools: [id] }, mark: 'none', refusal: undefined });
    expect(await didPool.read(context, { key }, undefined)).toBeUndefined();
  });

  test('are refused where only a part of the range is in them, naming pool and range', async () => {
    const { rig, context } = await begin();
    await makePool(rig, '+13175550105', '+13175550120');
    expect((await didPool.read(context, { key }, inputs))?.refusal).toBe(
      'Only a part of +13175550100 to +13175550109 is in a DID pool of somebody else\'s: "Sales" (+13175550105 to +13175550120). Use numbers that are all in such pools, or all in none.',
    );
  });
});

test('a range that grows keeps the pool it has, and gets another for what is new', async () => {
  const { rig, context } = await begin();
  const first = await didPool.reconcile(context, key, inputs, undefined, async () => {});
  const wider = keyOf('+13175550100', '+13175550119');
  const observed = await didPool.read(context, { key: wider }, inputs);
  expect(observed).toMatchObject({ outputs: first.outputs, mark: 'ours', drift: ['covered'] });
  await didPool.reconcile(context, wider, inputs, observed, async () => {});
  expect(await poolsOf(rig)).toEqual(['+13175550100 +13175550109', '+13175550110 +13175550119']);
  expect(await didPool.read(context, { key: wider }, inputs)).toMatchObject({ mark: 'ours', drift: [] });
});

test.each([100, 1_000, 10_000, 60_000])('a pool that is not in the list for %i ms is known by its id', async (ms) => {
  const { rig, context } = await begin({ 'genesys.listed': { ms } });
  const { outputs } = await didPool.reconcile(context, key, inputs, undefined, async () => {});
  const observed = await didPool.read(context, { key, outputs }, inputs);
  expect(observed).toMatchObject({ outputs, mark: 'ours', drift: [] });
  rig.writes();
  await didPool.reconcile(context, key, inputs, observed, async () => {});
  expect(rig.writes()).toEqual([]);
});
