import { describe, expect, test } from 'vitest';
import { actionBody, configBody, credentialBody, makeIntegration, type Opened, openForTest } from './data-actions.ts';

const TYPE = 'aws-lambda-data-actions';
const create = async ({ call }: Opened, name = 'Pay'): Promise<string> =>
  (await call('POST /integrations', { body: { name, integrationType: { id: TYPE } } })).body.id;

test('an integration is made disabled, in its first version and without a credential', async () => {
  const opened = await openForTest();
  const id = await create(opened);
  expect((await opened.call(`GET /integrations/${id}`)).body).toMatchObject({
    name: 'Pay',
    intendedState: 'DISABLED',
    reportedState: { code: 'INACTIVE' },
  });
  expect((await opened.call(`GET /integrations/${id}/config/current`)).body).toMatchObject({
    name: 'Pay',
    version: 1,
    properties: {},
    advanced: {},
    notes: 'node_dynamodb_empty_string',
    credentials: {},
  });
});

test('an integration that is given no name is called after its type', async () => {
  const { call } = await openForTest();
  const { body } = await call('POST /integrations', { body: { integrationType: { id: TYPE } } });
  expect(body.name).toBe('AWS Lambda Data Actions');
});

test.each([
  ['with an empty name', { name: '', integrationType: { id: TYPE } }],
  ['of a type that is not there', { name: 'Pay', integrationType: { id: 'aws-lambda' } }],
  ['with a state', { name: 'Pay', integrationType: { id: TYPE }, intendedState: 'ENABLED' }],
])('an integration %s is refused', async (_, body) => {
  const { call } = await openForTest();
  expect(await call('POST /integrations', { body })).toMatchObject({ status: 400, body: { code: 'bad.request' } });
});

describe('its configuration', () => {
  test('names it, and begins a new version', async () => {
    const opened = await openForTest();
    const { call } = opened;
    const id = await create(opened);
    const credential = (await call('POST /integrations/credentials', { body: credentialBody() })).body.id;
    const body = { ...configBody(1, credential), name: 'Payments' };
    const { body: config } = await call(`PUT /integrations/${id}/config/current`, { body });
    expect(config).toMatchObject({ version: 2, notes: 'for payments' });
    expect(config.credentials.AmazonWebServicesARN).toMatchObject({ id: credential, name: 'Pay' });
    expect((await call(`GET /integrations/${id}`)).body.name).toBe('Payments');
    expect((await call(`PUT /integrations/${id}/config/current`, { body: config })).body.version).toBe(3);
  });

  test.each(['name', 'version', 'properties', 'advanced', 'notes', 'credentials'])('needs its %s', async (member) => {
    const opened = await openForTest();
    const id = await create(opened);
    const body = Object.fromEntries(Object.entries(configBody(1)).filter(([name]) => name !== member));
    const answer = await opened.call(`PUT /integrations/${id}/config/current`, { body });
    expect(answer).toMatchObject({ status: 400, body: { details: [{ fieldName: member }] } });
  });

  test('is refused with a version that is not the live one', async () => {
    const opened = await openForTest();
    const id = await create(opened);
    const answer = await opened.call(`PUT /integrations/${id}/config/current`, { body: configBody(2) });
    expect(answer).toMatchObject({ status: 409, body: { code: 'version.conflict' } });
  });

  test.each([
    ['under the name of its type', { amazonWebServicesARN: { id: 'c' } }],
    ['that is not there', { AmazonWebServicesARN: { id: 'none' } }],
  ])('is refused with a credential %s', async (_, credentials) => {
    const opened = await openForTest();
    const id = await create(opened);
    const body = { ...configBody(1), credentials };
    const answer = await opened.call(`PUT /integrations/${id}/config/current`, { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad.request' } });
  });
});

describe('its state', () => {
  const stateOf = async ({ call }: Opened, id: string): Promise<string> =>
    (await call(`GET /integrations/${id}`)).body.reportedState.code;

  test('becomes active some time after it was enabled, and enabling it again does not set it back', async () => {
    const opened = await openForTest({ 'integration.active': { ms: 1000 } });
    const { id } = await makeIntegration(opened.call);
    expect(await stateOf(opened, id)).toBe('ACTIVATING');
    await opened.pass(999);
    await opened.call(`PATCH /integrations/${id}`, { body: { intendedState: 'ENABLED' } });
    await opened.pass(1);
    expect(await stateOf(opened, id)).toBe('ACTIVE');
    await opened.call(`PATCH /integrations/${id}`, { body: { intendedState: 'DISABLED' } });
    expect(await stateOf(opened, id)).toBe('INACTIVE');
  });

  test('is an error without a credential, and when the credential is gone', async () => {
    const opened = await openForTest();
    const bare = await create(opened);
    await opened.call(`PATCH /integrations/${bare}`, { body: { intendedState: 'ENABLED' } });
    const { id, credentialId } = await makeIntegration(opened.call);
    await opened.call(`DELETE /integrations/credentials/${credentialId}`);
    expect([await stateOf(opened, bare), await stateOf(opened, id)]).toEqual(['ERROR', 'ERROR']);
  });

  test.each([['DELETED'], ['enabled'], [true]])('cannot be meant to be %s', async (intendedState) => {
    const opened = await openForTest();
    const id = await create(opened);
    expect((await opened.call(`PATCH /integrations/${id}`, { body: { intendedState } })).status).toBe(400);
  });
});

test('integrations are listed late, and found by type, id, credential and state, but not by name', async () => {
  const opened = await openForTest({ 'genesys.listed': { ms: 1000 } });
  const bare = await create(opened);
  const { id, credentialId } = await makeIntegration(opened.call);
  const find = async (filter = ''): Promise<readonly string[]> =>
    (await opened.call(`GET /integrations?${filter}`)).body.entities.map((one: { id: string }) => one.id);
  expect(await find()).toEqual([]);
  await opened.pass(1000);
  expect(await find()).toEqual([bare, id]);
  expect(await find(`integrationType=${TYPE}`)).toEqual([bare, id]);
  expect(await find('integrationType=webhook')).toEqual([]);
  expect(await find(`ids=${id},none`)).toEqual([id]);
  expect(await find(`credentialId=${credentialId}`)).toEqual([id]);
  expect(await find('reportedState=INACTIVE')).toEqual([bare]);
  expect((await opened.call('GET /integrations?reportedState=inactive')).status).toBe(400);
});

test('what is deleted is shown once more and gone, with its actions and their drafts', async () => {
  const { call, world } = await openForTest();
  const { id } = await makeIntegration(call);
  const other = await makeIntegration(call);
  const add = async (of: string): Promise<string> =>
    (await call('POST /integrations/actions', { body: actionBody(of) })).body.id;
  const [action, stays] = [await add(id), await add(other.id)];
  await call(`POST /integrations/actions/${action}/draft`);
  expect(await call(`DELETE /integrations/${id}`)).toMatchObject({ status: 200, body: { id, name: 'Pay' } });
  expect((await call(`GET /integrations/${id}`)).status).toBe(404);
  expect((await call(`GET /integrations/${id}/config/current`)).status).toBe(404);
  expect((await call(`GET /integrations/actions/${action}`)).status).toBe(404);
  expect((await call(`GET /integrations/actions/${stays}`)).status).toBe(200);
  expect(world.list('action-drafts')).toEqual([]);
});

test('the type says what its credential is called', async () => {
  const { call } = await openForTest();
  expect((await call(`GET /integrations/types/${TYPE}`)).body.credentials).toMatchObject({
    AmazonWebServicesARN: { required: true, credentialTypes: ['amazonWebServicesARN'] },
  });
  expect((await call('GET /integrations/types/aws')).status).toBe(404);
});
