import { credential } from '../../../src/resources/genesys/credential.ts';
import { dataAction } from '../../../src/resources/genesys/data-action.ts';
import { didPool } from '../../../src/resources/genesys/did-pool.ts';
import { flow } from '../../../src/resources/genesys/flow.ts';
import { integration } from '../../../src/resources/genesys/integration.ts';
import { ivr } from '../../../src/resources/genesys/ivr.ts';
import { trigger } from '../../../src/resources/genesys/trigger.ts';
import { contract, makeCredential, ROLE } from '../genesys/subjects.ts';
import type { Rig } from '../rig.ts';
import { changing, making } from './at-work.ts';
import { stretch, type Wait } from './stretch.ts';
import * as wanted from './wanted.ts';

const making1Integration = async (rig: Rig) => ({
  go: making(integration, rig, wanted.wantedIntegration(await makeCredential(rig))),
  left: { integrations: 1, credentials: 1 },
});

async function makingAnIvr(rig: Rig) {
  const flowId = await wanted.makeInbound(rig);
  const pool = making(didPool, rig, wanted.wantedPool());
  const made = making(ivr, rig, wanted.wantedIvr(flowId));
  return { go: () => pool().then(made), left: { ivrs: 1, 'did-pools': 1 } };
}

stretch('an integration that becomes active', {
  slow: ['integration.active'],
  within: 60_000,
  note: /^the integration to become active, usually a few seconds$/,
  prepare: making1Integration,
});

stretch('an integration that the action service comes to know', {
  slow: ['integration.known'],
  within: 60_000,
  note: /^the new integration to become known to data actions, usually a few seconds$/,
  prepare: async (rig) => ({ go: making(dataAction, rig, await wanted.wantedAction(rig)), left: { actions: 1 } }),
});

stretch('a pool that lends its numbers', {
  slow: ['did-pool.assignable'],
  within: 60_000,
  note: /^the new DID pool to lend its numbers, usually a few seconds$/,
  prepare: makingAnIvr,
});

stretch('a workflow that the trigger service comes to know', {
  slow: ['flow.targetable'],
  within: 60_000,
  note: /^the new workflow to become known to triggers, usually a few seconds$/,
  prepare: async (rig) => ({ go: making(trigger, rig, await wanted.wantedTrigger(rig)), left: { triggers: 1 } }),
});

for (const slow of [['flow-job.done'], ['flow-job.started', 'flow-job.done']] as const)
  stretch(`a flow that is published: ${slow.join(' and ')}`, {
    slow,
    within: 960_000,
    note: /^Architect to publish the flow, usually a minute or less$/,
    prepare: async (rig) => ({ go: making(flow, rig, wanted.wantedWorkflow(rig)), left: { flows: 1 } }),
  });

/** Jobs fail as Architect has them fail when it is throttled. */
function throttle(rig: Rig, ms: number): void {
  const { sandbox } = rig;
  sandbox.setProfile({ latency: {}, windows: { 'flow-job.done': { ms: 1_000 } } });
  const end = rig.now() + ms;
  const spoil = async (): Promise<void> => {
    for (const job of sandbox.world.list<{ id: string; outcome?: object; endedAt?: number }>('flow-jobs'))
      if (job.outcome && job.endedAt === undefined)
        sandbox.world.put('flow-jobs', job.id, { ...job, outcome: { messages: [DISGUISE] } });
    // Often enough to meet each job before it ends.
    await rig.pass(Math.min(ms / 4, 900));
    if (rig.now() <= end) await spoil();
  };
  void spoil();
}
const DISGUISE = "could not find the flow with id '5a4d0b0c'";

stretch('publishing that is throttled, which is called a flow that is not found', {
  slow: throttle,
  within: 150_000,
  note: /^Genesys Cloud, which throttles Architect, usually for a minute or two$/,
  isToldAgain: true,
  prepare: async (rig) => ({ go: making(flow, rig, wanted.wantedWorkflow(rig)), left: { flows: 1 } }),
});

const SHOWN = (it: string) => new RegExp(`^Genesys Cloud to show the ${it}, usually a second or two$`);
const shown: Readonly<Record<string, Pick<Wait, 'note' | 'prepare'>>> = {
  integration: { note: SHOWN('integration'), prepare: making1Integration },
  IVR: {
    note: SHOWN('IVR'),
    prepare: async (rig) => {
      await making(didPool, rig, wanted.wantedPool())();
      const one = wanted.wantedIvr(await wanted.makeInbound(rig));
      return { go: making(ivr, rig, one), left: { ivrs: 1, 'did-pools': 1 } };
    },
  },
  flow: {
    note: SHOWN('flow'),
    prepare: async (rig) => ({ go: making(flow, rig, wanted.wantedWorkflow(rig)), left: { flows: 1 } }),
  },
};
for (const [it, wait] of Object.entries(shown))
  stretch(`a new ${it} that is shown`, { slow: ['genesys.shown'], within: 60_000, ...wait });

const STALE = /^another change of the same object to end, usually a second or two$/;
const stale = (operation: string, code: string, message: string, status = 409): Wait['slow'] => ({
  match: { service: 'genesys', operation },
  ...{ status, code, message },
});
const MISMATCH = 'The version 1 does not match the current version 2.';
const OTHER_CONTRACT = { contract: { ...contract, output: { ...contract.output, properties: {} } } };

const ofDraft = (operation: string): Pick<Wait, 'slow' | 'prepare' | 'late'> => ({
  slow: stale(operation, 'request.conflict', MISMATCH),
  late: { code: 'request.conflict' },
  prepare: async (rig) => ({
    go: await changing(dataAction, rig, await wanted.wantedAction(rig), OTHER_CONTRACT),
    left: { actions: 1, 'action-drafts': 0 },
  }),
});

const versions: Readonly<Record<string, Pick<Wait, 'slow' | 'prepare' | 'late'>>> = {
  'the configuration of an integration': {
    slow: stale(
      'putIntegrationConfigCurrent',
      'version.conflict',
      'Integration configuration update failed due to version conflict.',
    ),
    late: { code: 'version.conflict' },
    prepare: making1Integration,
  },
  'a data action': {
    slow: stale('patchIntegrationsAction', 'bad.request', MISMATCH, 400),
    late: { status: 400 },
    prepare: async (rig) => ({
      go: await changing(dataAction, rig, await wanted.wantedAction(rig), { timeoutSeconds: 20 }),
      left: { actions: 1 },
    }),
  },
  'a draft that is changed': ofDraft('patchIntegrationsActionDraft'),
  'a draft that is published': ofDraft('postIntegrationsActionDraftPublish'),
  'an IVR': {
    slow: stale('putArchitectIvr', 'general.conflict', '2 or more modifications were made at once.'),
    late: { code: 'general.conflict' },
    prepare: async (rig) => {
      await making(didPool, rig, wanted.wantedPool('+13175550109'))();
      const one = wanted.wantedIvr(await wanted.makeInbound(rig));
      return { go: await changing(ivr, rig, one, { dnis: [wanted.NUMBER, '+13175550101'] }), left: { ivrs: 1 } };
    },
  },
  'a trigger': {
    slow: stale('putProcessautomationTrigger', 'request.conflict', MISMATCH),
    late: { code: 'request.conflict' },
    prepare: async (rig) => ({
      go: await changing(trigger, rig, await wanted.wantedTrigger(rig), { delaySeconds: 60 }),
      left: { triggers: 1 },
    }),
  },
  'a pool that is claimed for another range': {
    slow: stale('putTelephonyProvidersEdgesDidpool', 'general.conflict', MISMATCH),
    late: { code: 'general.conflict' },
    prepare: async (rig) => {
      await making(didPool, rig, wanted.wantedPool('+13175550109'))();
      return { go: making(didPool, rig, wanted.wantedPool('+13175550105')), left: { 'did-pools': 1 } };
    },
  },
};
for (const [it, wait] of Object.entries(versions))
  stretch(`another version of ${it}`, {
    within: 30_000,
    note: STALE,
    explanation: 'genesys.version-conflict',
    ...wait,
  });

stretch('the limit of the sign-in', {
  slow: {
    match: { service: 'oauth', operation: 'postOauthToken' },
    status: 400,
    code: 'invalid_request',
    message: 'rate limit exceeded;too many logins',
  },
  within: 60_000,
  note: /^Genesys Cloud, which did not take POST \/oauth\/token \(HTTP 400\): trying again in 12 s$/,
  isToldAgain: true,
  isSignedOut: true,
  prepare: async (rig) => ({
    go: making(credential, rig, { ...wanted.wantedCredential, inputs: { roleArn: ROLE } }),
    left: { credentials: 1 },
  }),
});
