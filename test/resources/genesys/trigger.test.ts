import { afterEach, expect, test } from 'vitest';
import { trigger } from '../../../src/resources/genesys/trigger.ts';
import { TOPIC } from '../../../src/solution.ts';
import { laws } from '../laws.ts';
import { openRig, type Rig } from '../rig.ts';
import { makeFlow, workflowYaml } from './subjects.ts';

const key = { name: 'dev-Call Disconnected Trigger' };
const STEP = 'trigger';
const voice = { jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' };
const inputsWith = (workflowId: string) => ({
  workflowId,
  topicName: TOPIC,
  matchCriteria: [voice],
  delaySeconds: 0,
  enabled: true as const,
});
const makeWorkflow = (rig: Rig) => makeFlow(rig, 'workflow', 'workflow', workflowYaml('dev-Workflow', 'x'));

laws(trigger, async (rig) => {
  const inputs = inputsWith(await makeWorkflow(rig));
  return {
    step: STEP,
    key,
    inputs,
    change: {
      inputs: {
        ...inputs,
        matchCriteria: [voice, { jsonPath: 'dnis', operator: 'Contains', value: '13175550100' }],
        delaySeconds: 60,
      },
      drift: ['matchCriteria', 'delaySeconds'],
    },
    makeForeign: () => trigger.reconcile(rig.context(STEP, 'ffffffffffff'), key, inputs, undefined, async () => {}),
  };
});

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});

test.each([100, 1_000, 10_000])('a workflow that the trigger service knows after %i ms is waited for', async (ms) => {
  const rig = await openRig({ 'flow.targetable': { ms } });
  rigs.push(rig);
  const inputs = inputsWith(await makeWorkflow(rig));
  await trigger.reconcile(rig.context(STEP), key, inputs, undefined, async () => {});
  expect(rig.notes).toContain('the workflow to become known');
});
