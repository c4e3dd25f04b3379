import { trigger } from '../../../src/resources/genesys/trigger.ts';
import { TOPIC } from '../../../src/solution.ts';
import { laws } from '../laws.ts';
import type { Rig } from '../rig.ts';
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
