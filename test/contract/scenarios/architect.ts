import { type Architect, EDGES, TOPIC } from '../../sandbox/genesys/architect.ts';
import { secureYaml, transferYaml, workflowYaml } from '../../sandbox/genesys/flow-yaml.ts';

const TRIGGERS = '/processautomation/triggers';
const DEPENDENCIES = '/architect/dependencytracking/consumingresources';

/** Flows, numbers, IVRs and triggers: made, read, changed, refused while they are in use, deleted. */
export async function useArchitect(opened: Architect): Promise<void> {
  const { call, addAction } = opened;
  addAction('a');
  const secure = await opened.flowId(secureYaml());
  const inbound = await opened.flowId(transferYaml());
  const workflow = await opened.flowId(workflowYaml());
  await useFlows(opened, workflow, inbound);
  await useArchitectByHand(opened, workflow);
  const pool = await usePool(opened);
  const ivr = await useIvr(opened, inbound);
  const trigger = await useTrigger(opened, workflow);
  for (const path of [
    `/flows/${inbound}`,
    `/flows/${secure}`,
    `${EDGES}/didpools/${pool}`,
    `/architect/ivrs/${ivr}`,
    `${EDGES}/didpools/${pool}`,
    `${TRIGGERS}/${trigger}`,
    `/flows/${inbound}`,
    `/flows/${inbound}`,
  ])
    await call(`DELETE ${path}`);
  await call(`GET /flows/${inbound}`);
}

/** What users do in Architect, as the API shows it afterwards. */
async function useArchitectByHand({ call, origin }: Architect, flow: string): Promise<void> {
  for (const what of ['publish', 'check-in', 'save']) {
    const body = JSON.stringify({ user: 'Ann', what });
    await fetch(`${origin}/_sandbox/flows/${flow}/edits`, { method: 'POST', body });
    await call(`GET /flows/${flow}`);
  }
  for (const action of ['unlock', 'publish']) await call(`POST /flows/actions/${action}?flow=${flow}`);
  await call('GET /flows?type=workflow');
}

async function useFlows({ call, publish, world }: Architect, workflow: string, inbound: string): Promise<void> {
  await publish(workflowYaml());
  await publish('nonsense');
  await call('GET /flows/jobs/none');
  world.put('flows', workflow, { ...world.get('flows', workflow), lockedBy: 'Ann' });
  await call(`GET /flows/${workflow}`);
  await call(`DELETE /flows/${workflow}`);
  for (const action of ['publish', 'checkin', 'unlock', 'publish', 'checkin'])
    await call(`POST /flows/actions/${action}?flow=${workflow}`);
  await call('POST /flows', { body: { name: 'Empty', type: 'WORKFLOW' } });
  await call('GET /flows?name=W*&type=workflow&pageSize=1');
  await call(`GET ${DEPENDENCIES}?id=a&objectType=DATAACTION`);
  await call(`GET ${DEPENDENCIES}?id=none&objectType=WORKFLOW`);
  const flows = [{ flow: { id: inbound }, exportType: 'Yaml' }];
  const { body: job } = await call('POST /flows/export/jobs', { body: { flows } });
  await call(`GET /flows/export/jobs/${job.id}?expand=messages`);
}

async function usePool({ call, ...opened }: Architect): Promise<string> {
  const { body: pool } = await opened.pool('+13175550100', '+13175550109');
  await opened.pool('+13175550109');
  await call(`GET ${EDGES}/didpools?pageSize=1`);
  await call(`GET ${EDGES}/didpools/${pool.id}`);
  await call(`PUT ${EDGES}/didpools/${pool.id}`, { body: pool });
  await call(`PUT ${EDGES}/didpools/${pool.id}`, { body: pool });
  await call(`GET ${EDGES}/didpools/dids?type=ASSIGNED_AND_UNASSIGNED&numberMatch=5550`);
  return pool.id;
}

async function useIvr({ call }: Architect, inbound: string): Promise<string> {
  const body = { name: 'I', dnis: ['+13175550100'], openHoursFlow: { id: inbound } };
  const { body: ivr } = await call('POST /architect/ivrs', { body });
  await call('POST /architect/ivrs', { body });
  await call('POST /architect/ivrs', { body: { name: 'I', dnis: ['+13175550199'] } });
  await call('POST /architect/ivrs', { body: { name: 'I', openHoursFlow: { id: 'none' } } });
  await call('GET /architect/ivrs?name=I');
  await call(`GET /architect/ivrs/${ivr.id}`);
  await call(`PUT /architect/ivrs/${ivr.id}`, { body: ivr });
  await call(`PUT /architect/ivrs/${ivr.id}`, { body: ivr });
  await call(`GET ${EDGES}/dids?pageSize=1`);
  return ivr.id;
}

async function useTrigger({ call }: Architect, workflow: string): Promise<string> {
  const body = {
    name: 'T',
    topicName: TOPIC,
    enabled: true,
    target: { type: 'Workflow', id: workflow, workflowTargetSettings: { dataFormat: 'TopLevelPrimitives' } },
    matchCriteria: [
      { jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' },
      { jsonPath: 'direction', operator: 'In', values: ['INBOUND'] },
    ],
    eventTTLSeconds: 60,
  };
  const { id } = (await call(`POST ${TRIGGERS}`, { body })).body;
  await call(`GET ${TRIGGERS}?pageSize=1&enabled=true`);
  await call(`GET ${TRIGGERS}/${id}`);
  await call(`PUT ${TRIGGERS}/${id}`, { body: { ...body, version: 1 } });
  await call(`PUT ${TRIGGERS}/${id}`, { body: { ...body, version: 1 } });
  await call(`GET ${TRIGGERS}/topics?pageSize=2`);
  const event = JSON.stringify({ mediaType: 'VOICE', eventTime: 'now' });
  await call(`POST ${TRIGGERS}/${id}/test`, { body: event });
  await call(`POST ${TRIGGERS}/topics/${encodeURIComponent(TOPIC)}/test`, { body: event });
  return id;
}
