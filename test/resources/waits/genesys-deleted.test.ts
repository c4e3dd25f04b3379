import { credential } from '../../../src/resources/genesys/credential.ts';
import { dataAction } from '../../../src/resources/genesys/data-action.ts';
import { didPool } from '../../../src/resources/genesys/did-pool.ts';
import { flow } from '../../../src/resources/genesys/flow.ts';
import { integration } from '../../../src/resources/genesys/integration.ts';
import { ivr } from '../../../src/resources/genesys/ivr.ts';
import { trigger } from '../../../src/resources/genesys/trigger.ts';
import { makeCredential } from '../genesys/subjects.ts';
import type { Rig } from '../rig.ts';
import { deleting } from './at-work.ts';
import { stretch, type Wait } from './stretch.ts';
import * as wanted from './wanted.ts';

const LET_GO = (it: string) => new RegExp(`^Genesys Cloud to let go of ${it}, usually a few seconds$`);

/** What an IVR holds, and what deletes both. */
async function withIvr(rig: Rig) {
  const removePool = await deleting(didPool, rig, wanted.wantedPool());
  const flowId = await wanted.makeInbound(rig);
  const removeIvr = await deleting(ivr, rig, wanted.wantedIvr(flowId));
  const removeFlow = () => flow.delete(rig.context('inbound-flow'), { id: flowId });
  return { removeIvr, removePool, removeFlow };
}

stretch('a pool whose IVR was just deleted', {
  slow: ['ivr.released'],
  within: 30_000,
  note: LET_GO('the numbers of the DID pool'),
  late: { status: 409, code: 'general.conflict' },
  explanation: 'genesys.numbers-assigned',
  prepare: async (rig) => {
    const { removeIvr, removePool } = await withIvr(rig);
    return { go: () => removeIvr().then(removePool), left: { ivrs: 0, 'did-pools': 0 } };
  },
});

stretch('a flow whose IVR was just deleted', {
  slow: ['ivr.released'],
  within: 30_000,
  note: LET_GO('the flow'),
  late: { status: 409, code: 'architect.flow.cannot.delete.used.in.ivr.configs' },
  explanation: 'genesys.flow-in-use',
  prepare: async (rig) => {
    const { removeIvr, removeFlow } = await withIvr(rig);
    return { go: () => removeIvr().then(removeFlow), left: { ivrs: 0, flows: 0 } };
  },
});

const inUse = (operation: string, code = 'request.conflict'): Wait['slow'] => ({
  match: { service: 'genesys', operation },
  ...{ status: 409, code, message: 'Conflict' },
});

const removers = {
  IVR: async (rig: Rig) => ({ go: (await withIvr(rig)).removeIvr, left: { ivrs: 0 } }),
  trigger: async (rig: Rig) => ({
    go: await deleting(trigger, rig, await wanted.wantedTrigger(rig)),
    left: { triggers: 0 },
  }),
  'data action': async (rig: Rig) => ({
    go: await deleting(dataAction, rig, await wanted.wantedAction(rig)),
    left: { actions: 0 },
  }),
  integration: async (rig: Rig) => ({
    go: await deleting(integration, rig, wanted.wantedIntegration(await makeCredential(rig))),
    left: { integrations: 0 },
  }),
  credential: async (rig: Rig) => ({
    go: await deleting(credential, rig, wanted.wantedCredential),
    left: { credentials: 0 },
  }),
};

const used: readonly (readonly [keyof typeof removers, string, Pick<Wait, 'slow' | 'explanation'>])[] = [
  ['IVR', 'the IVR', { slow: inUse('deleteArchitectIvr', 'general.conflict'), explanation: 'genesys.ivr-held' }],
  ['trigger', 'the trigger', { slow: inUse('deleteProcessautomationTrigger'), explanation: 'genesys.in-use' }],
  ['data action', 'the data action', { slow: inUse('deleteIntegrationsAction'), explanation: 'genesys.in-use' }],
  ['integration', 'the integration', { slow: inUse('deleteIntegration'), explanation: 'genesys.in-use' }],
  ['credential', 'the credential', { slow: inUse('deleteIntegrationsCredential'), explanation: 'genesys.in-use' }],
];
for (const [kind, it, wait] of used)
  stretch(`${it} while something still uses it`, {
    within: 30_000,
    note: LET_GO(it),
    late: { status: 409 },
    prepare: removers[kind],
    ...wait,
  });

for (const kind of ['data action', 'integration', 'credential'] as const)
  stretch(`the ${kind}, which is shown for a while after it was deleted`, {
    slow: ['genesys.gone'],
    within: 30_000,
    note: new RegExp(`^Genesys Cloud to finish deleting the ${kind}, usually a few seconds$`),
    late: { name: 'TimeoutError' },
    prepare: removers[kind],
  });
