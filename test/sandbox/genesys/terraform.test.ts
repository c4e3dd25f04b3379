import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Architect, EDGES, openArchitect, TOPIC } from './architect.ts';
import { actionBody, configBody, credentialBody, makeIntegration } from './data-actions.ts';
import { inboundYaml, workflowYaml } from './flow-yaml.ts';

// The calls of Terraform's provider for Genesys Cloud, in its order and with its bodies: what it reads back must be what
// it set, or it would plan a change that nobody made; and what it deleted must be gone for it.
let sandbox: Architect;
beforeEach(async () => {
  sandbox = await openArchitect();
});
afterEach(() => sandbox.close());

const ok = async (operation: string, body?: unknown, wrong = false) => {
  const answer = await sandbox.call(operation, { ...(body !== undefined && { body }), wrong });
  expect(answer.status, `${operation}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};

async function expectGone(path: string) {
  const { status, body } = await sandbox.call(`GET ${path}`);
  expect(status === 404 || (status === 200 && body.state === 'deleted'), `${path} is ${status}`).toBe(true);
}

async function publish(yaml: string): Promise<string> {
  const job = await ok('POST /flows/jobs', null);
  await sandbox.upload(job, yaml);
  const { status, flow } = await ok(`GET /flows/jobs/${job.id}?expand=messages`);
  expect(status).toBe('Success');
  return flow.id;
}

test('the provider itself learns the country of the organization', async () => {
  expect(await ok('GET /organizations/me')).toMatchObject({ defaultCountryCode: expect.stringMatching(/^[A-Z]{2}$/) });
});

test('a credential', async () => {
  const { id } = await ok('POST /integrations/credentials', credentialBody());
  const path = `/integrations/credentials/${id}`;
  expect(await ok(`GET ${path}`)).toMatchObject({ name: 'Pay', type: { name: 'amazonWebServicesARN' } });
  await ok(`PUT ${path}`, { ...credentialBody(), name: 'Other' });
  expect(await ok(`GET ${path}`)).toMatchObject({ name: 'Other', type: { name: 'amazonWebServicesARN' } });
  await ok(`DELETE ${path}`);
  await expectGone(path);
});

test('an integration, which is configured and enabled only after it is made', async () => {
  const { id: credentialId } = await ok('POST /integrations/credentials', credentialBody());
  const { id } = await ok('POST /integrations', { integrationType: { id: 'aws-lambda-data-actions' } });
  const [path, config] = [`/integrations/${id}`, `/integrations/${id}/config/current`];
  const fresh = await ok(`GET ${config}`);
  for (const member of ['name', 'notes', 'properties', 'advanced', 'credentials']) expect(fresh[member]).toBeDefined();
  await ok(`PUT ${config}`, configBody(fresh.version, credentialId));
  await ok(`PATCH ${path}`, { intendedState: 'ENABLED' });
  expect(await ok(`GET ${path}?pageSize=100&pageNumber=1`)).toMatchObject({ name: 'Pay', intendedState: 'ENABLED' });
  const { version } = await ok(`GET ${config}`);
  await ok(`PUT ${config}`, { ...configBody(version, credentialId), notes: '' });
  const changed = await ok(`GET ${config}`);
  const { version: _, credentials, ...set } = configBody(version, credentialId);
  expect(changed).toMatchObject({ ...set, notes: 'node_dynamodb_empty_string' });
  expect(changed.credentials.AmazonWebServicesARN.id).toBe(credentials.AmazonWebServicesARN?.id);
  // Its lists are read until a page is empty.
  expect((await ok('GET /integrations?pageSize=100&pageNumber=2')).entities).toEqual([]);
  await ok(`DELETE ${path}`);
  await expectGone(path);
});

test('a data action, whose templates are read by their names', async () => {
  const { id: integrationId } = await makeIntegration(sandbox.call);
  const { timeoutSeconds: _, ...config } = actionBody(integrationId).config;
  const body = actionBody(integrationId, { config, secure: false });
  const { id } = await ok('POST /integrations/actions', body);
  const path = `/integrations/actions/${id}`;
  const read = async () => {
    const action = await ok(`GET ${path}?expand=contract&includeConfig=true`);
    const [requestTemplate, successTemplate] = [
      await ok(`GET ${path}/templates/requesttemplate.vm`),
      await ok(`GET ${path}/templates/successtemplate.vm`),
    ];
    const { request, response } = action.config;
    expect(action.config).not.toHaveProperty('timeoutSeconds');
    return {
      ...action,
      config: { request: { ...request, requestTemplate }, response: { ...response, successTemplate } },
    };
  };
  const made = await read();
  expect(made).toMatchObject(body);
  const request = { ...config.request, requestTemplate: '{"card": "$input.cardNumber"}' };
  const change = { name: 'pay 2', category: body.category, config: { ...config, request } };
  await ok(`PATCH ${path}`, { ...change, version: made.version });
  expect(await read()).toMatchObject({ ...body, ...change });
  await ok(`DELETE ${path}`);
  await expectGone(path);
});

test('a flow, which is published again under its id', async () => {
  const id = await publish(workflowYaml());
  expect(await ok(`GET /flows/${id}?deleted=false`)).toMatchObject({ name: 'Work', type: 'WORKFLOW' });
  await ok(`POST /flows/actions/unlock?flow=${id}`);
  expect(await publish(`${workflowYaml()}  description: changed\n`)).toBe(id);
  const found = await ok('GET /flows?pageSize=100&pageNumber=1&includeSchemas=true&name=Work&type=workflow');
  expect(found).toMatchObject({ entities: [{ id }], pageCount: 1 });
  await ok(`DELETE /flows/${id}`);
});

test('a pool of numbers, whose name and version are not sent', async () => {
  const range = { startPhoneNumber: '+13175550150', endPhoneNumber: '+13175550159', provider: 'PURE_CLOUD' };
  const body = { ...range, description: '', comments: '' };
  const { id } = await ok(`POST ${EDGES}/didpools`, body);
  const path = `${EDGES}/didpools/${id}`;
  expect(await ok(`GET ${path}`)).toMatchObject(body);
  await ok(`PUT ${path}`, { ...body, description: 'ours', comments: 'for calls' });
  expect(await ok(`GET ${path}`)).toMatchObject({ ...range, description: 'ours', comments: 'for calls' });
  expect(await ok(`GET ${EDGES}/didpools?pageSize=100&pageNumber=1`)).toMatchObject({ pageCount: 1 });
  await ok(`DELETE ${path}`);
  await expectGone(path);
});

test('an IVR, whose numbers are sent in parts, each with all that was read', async () => {
  const flowId = await publish(inboundYaml());
  await sandbox.pool('+13175550150', '+13175550159');
  const body = { name: 'I', openHoursFlow: { id: flowId }, dnis: ['+13175550150', '+13175550151'] };
  const { id } = await ok('POST /architect/ivrs', body);
  const path = `/architect/ivrs/${id}`;
  const { version, division, ...made } = await ok(`GET ${path}`);
  expect(made).toMatchObject({ ...body, openHoursFlow: { id: flowId } });
  expect(made).not.toHaveProperty('closedHoursFlow');
  const less = { ...body, description: 'ours', dnis: ['+13175550150'] };
  await ok(`PUT ${path}`, { ...less, version, division: { id: division.id } });
  const read = await ok(`GET ${path}`);
  await ok(`PUT ${path}`, { ...read, dnis: [...read.dnis, '+13175550152'] });
  expect(await ok(`GET ${path}`)).toMatchObject({ description: 'ours', dnis: ['+13175550150', '+13175550152'] });
  expect(await sandbox.call(`DELETE /flows/${flowId}`)).toMatchObject({ status: 409 });
  await ok(`DELETE ${path}`);
  await expectGone(path);
});

test('a trigger, whose path is in mixed case and whose criteria have both values', async () => {
  const TRIGGERS = '/processAutomation/triggers';
  const workflowTargetSettings = { dataFormat: 'TopLevelPrimitives' };
  const target = { type: 'Workflow', id: await publish(workflowYaml()), workflowTargetSettings };
  const criteria = [
    { jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' },
    { jsonPath: 'direction', operator: 'In', values: ['INBOUND'] },
  ];
  const matchCriteria = criteria.map((one) => ({ value: null, values: null, ...one }));
  const body = { name: 'T', topicName: TOPIC, enabled: true, description: '', target, matchCriteria };
  const { id } = await ok(`POST ${TRIGGERS}`, { ...body, eventTTLSeconds: 60 }, true);
  const made = await ok(`GET ${TRIGGERS}/${id}`);
  expect(made).toMatchObject({ ...body, matchCriteria: criteria, eventTTLSeconds: 60 });
  await ok(`PUT ${TRIGGERS}/${id}`, { ...body, name: 'U', delayBySeconds: 60, version: made.version }, true);
  const changed = await ok(`GET ${TRIGGERS}/${id}`);
  expect(changed).toMatchObject({ ...body, name: 'U', matchCriteria: criteria, delayBySeconds: 60 });
  expect(changed).not.toHaveProperty('eventTTLSeconds');
  await ok(`DELETE ${TRIGGERS}/${id}`);
  expect((await sandbox.call(`DELETE ${TRIGGERS}/${id}`)).status).toBe(404);
});
