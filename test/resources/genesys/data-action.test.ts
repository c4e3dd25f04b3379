import { afterEach, expect, test } from 'vitest';
import { dataAction } from '../../../src/resources/genesys/data-action.ts';
import { laws } from '../laws.ts';
import { openRig, type Rig } from '../rig.ts';
import { contract, FUNCTION, makeIntegration } from './subjects.ts';

const key = { name: 'dev-pay-data-action', category: 'dev-pay-Lambda' };
const STEP = 'pay-action';
const inputsWith = (integrationId: string) => ({
  integrationId,
  functionArn: FUNCTION,
  contract,
  timeoutSeconds: 15,
  secure: false,
});
const otherContract = {
  ...contract,
  output: { ...contract.output, properties: { paymentId: { type: 'string' }, bank: { type: 'string' } } },
};

laws(dataAction, async (rig) => {
  const inputs = inputsWith(await makeIntegration(rig));
  return {
    step: STEP,
    key,
    inputs,
    change: {
      inputs: { ...inputs, functionArn: `${FUNCTION}2`, timeoutSeconds: 20, contract: otherContract },
      drift: ['functionArn', 'timeoutSeconds', 'contract'],
    },
    makeForeign: async () => {
      const foreign = inputsWith(await makeIntegration(rig, 'ffffffffffff'));
      await dataAction.reconcile(rig.context(STEP), key, foreign, undefined, async () => {});
    },
  };
});

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});

test('a change of anything but the contract needs no draft', async () => {
  const rig = await openRig();
  rigs.push(rig);
  const inputs = inputsWith(await makeIntegration(rig));
  const { outputs } = await dataAction.reconcile(rig.context(STEP), key, inputs, undefined, async () => {});
  const wanted = { ...inputs, timeoutSeconds: 30 };
  const observed = await dataAction.read(rig.context(STEP), { key, outputs }, wanted);
  rig.writes();
  await dataAction.reconcile(rig.context(STEP), key, wanted, observed, async () => {});
  expect(rig.writes()).toEqual(['patchIntegrationsAction']);
});
