import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { didPool } from '../../../src/resources/genesys/did-pool.ts';
import { ivr } from '../../../src/resources/genesys/ivr.ts';
import { rangeText } from '../../../src/resources/genesys/numbers.ts';
import { numbersBetween } from '../../../src/settings/phone-number.ts';
import { laws } from '../laws.ts';
import { openRig, type Rig } from '../rig.ts';
import { inboundYaml, makeFlow } from './subjects.ts';

const key = { name: 'dev-Event Orchestration IVR' };
const STEP = 'ivr';
const IVRS = '/api/v2/architect/ivrs';
const FIRST = '+13175550100';

async function makeNumbers(rig: Rig, last: string): Promise<void> {
  const range = { first: FIRST, last };
  const inputs = { poolName: 'dev', provider: 'PURE_CLOUD_VOICE' as const, covered: 'every number' as const };
  await didPool.reconcile(
    rig.context('did-pool'),
    { name: rangeText(range), ...range },
    inputs,
    undefined,
    async () => {},
  );
}
const makeInbound = (rig: Rig, name = 'dev-Main') =>
  makeFlow(rig, 'inbound-flow', 'inboundcall', inboundYaml(name, 'x'));
const ivrSchema = z.looseObject({
  id: z.string(),
  version: z.number(),
  dnis: z.array(z.string()),
  description: z.string(),
});
const onlyIvr = async (rig: Rig) => {
  const all = await rig.context(STEP).genesys.page({ operation: `GET ${IVRS}`, schema: ivrSchema });
  return ivrSchema.parse(all[0]);
};

laws(ivr, async (rig) => {
  await makeNumbers(rig, '+13175550109');
  const flowId = await makeInbound(rig);
  const other = await makeInbound(rig, 'dev-Other');
  const inputs = { dnis: numbersBetween(FIRST, '+13175550104'), flowId };
  return {
    step: STEP,
    key,
    inputs,
    change: { inputs: { dnis: numbersBetween(FIRST, '+13175550106'), flowId: other }, drift: ['dnis', 'flowId'] },
    makeForeign: () => ivr.reconcile(rig.context(STEP, 'ffffffffffff'), key, inputs, undefined, async () => {}),
    addition: {
      add: async () => {
        const { genesys } = rig.context(STEP);
        const live = await onlyIvr(rig);
        const body = { ...live, dnis: [...live.dnis, '+13175550109'] };
        await genesys.call({ operation: `PUT ${IVRS}/{ivrId}`, path: { ivrId: live.id }, body, schema: z.unknown() });
      },
      isThere: async () => (await onlyIvr(rig)).dnis.includes('+13175550109'),
    },
  };
});

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});
async function begin(windows: Parameters<typeof openRig>[0] = {}) {
  const rig = await openRig(windows);
  rigs.push(rig);
  return { rig, context: rig.context(STEP) };
}

test('a long range goes up fifty numbers at a time', async () => {
  const { rig, context } = await begin();
  await makeNumbers(rig, '+13175550229');
  const inputs = { dnis: numbersBetween(FIRST, '+13175550229'), flowId: await makeInbound(rig) };
  rig.writes();
  await ivr.reconcile(context, key, inputs, undefined, async () => {});
  expect(rig.writes()).toEqual(['postArchitectIvrs', 'putArchitectIvr', 'putArchitectIvr']);
  expect((await onlyIvr(rig)).dnis).toEqual(inputs.dnis);
});

test('a number of another IVR is refused, naming number, pool and owner', async () => {
  const { rig, context } = await begin();
  await makeNumbers(rig, FIRST);
  const inputs = { dnis: [FIRST], flowId: await makeInbound(rig) };
  await ivr.reconcile(rig.context(STEP, 'ffffffffffff'), { name: 'Sales' }, inputs, undefined, async () => {});
  expect((await ivr.read(context, { key }, inputs))?.refusal).toMatch(
    /^\+13175550100 \(DID pool [^)]+\) is assigned to the IVR "Sales"\. Choose other numbers/,
  );
});

test('calls on the line get their time to end once the IVR is gone, and that is told', async () => {
  const { rig, context } = await begin();
  await makeNumbers(rig, FIRST);
  const inputs = { dnis: [FIRST], flowId: await makeInbound(rig) };
  const { outputs } = await ivr.reconcile(context, key, inputs, undefined, async () => {});
  const start = rig.now();
  await ivr.delete({ ...context, drain: 60_000 }, outputs);
  expect(rig.now() - start).toBeGreaterThanOrEqual(60_000);
  expect(rig.notes).toContain('calls that are still on the line (60 s, --drain)');
});
