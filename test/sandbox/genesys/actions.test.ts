import { describe, expect, test } from 'vitest';
import { actionBody, contract, makeIntegration, type Opened, openForTest } from './data-actions.ts';

const URI = '/integrations/actions';

test('an action is published as it is made', async () => {
  const { call, addAction } = await openForTest();
  const id = await addAction();
  const { body } = await call(`GET ${URI}/${id}`);
  expect(body).toMatchObject({ id, name: 'pay', category: 'Payments', version: 1, secure: false });
  expect((await call(`GET ${URI}/${id}/draft`)).status).toBe(404);
});

test('its contract and configuration are shown when they are asked for, its templates under their own addresses', async () => {
  const { call, addAction } = await openForTest();
  const id = await addAction();
  expect(Object.keys((await call(`GET ${URI}/${id}`)).body)).not.toContain('config');
  const { body } = await call(`GET ${URI}/${id}?expand=contract&includeConfig=true`);
  expect(body.contract).toEqual(contract);
  const { requestTemplate, requestTemplateUri } = body.config.request;
  expect([requestTemplate, requestTemplateUri]).toEqual([
    undefined,
    `/api/v2${URI}/${id}/templates/requesttemplate.vm`,
  ]);
  const read = async (file: string) => (await call(`GET ${URI}/${id}/templates/${file}`)).body;
  expect(await read('requesttemplate.vm')).toBe(`\${input.rawRequest}`);
  expect(await read('successtemplate.vm')).toBe(`\${rawResult}`);
  expect((await call(`GET ${URI}/${id}/templates/errortemplate.vm`)).status).toBe(404);
});

const { config: _, ...withoutConfig } = actionBody('');
const { contract: __, ...withoutContract } = actionBody('');
const { config } = actionBody('');
test.each([
  ['without a configuration', withoutConfig],
  ['without a contract', withoutContract],
  ['with a time-out of none', actionBody('', { config: { ...config, timeoutSeconds: 0 } })],
  ['with a time-out of over a minute', actionBody('', { config: { ...config, timeoutSeconds: 61 } })],
  ['with a name that is too long', actionBody('', { name: 'n'.repeat(257) })],
  ['with a member that is not known', actionBody('', { description: 'pays' })],
  [
    "with another action's address of a template",
    actionBody('', { config: { ...config, request: { ...config.request, requestTemplateUri: '/x' } } }),
  ],
])('an action %s is refused', async (_name, body) => {
  const { call, world } = await openForTest();
  const { id: integrationId } = await makeIntegration(call);
  const answer = await call(`POST ${URI}`, { body: { ...body, integrationId } });
  expect(answer).toMatchObject({ status: 400, body: { code: 'bad.request' } });
  expect(world.list('actions')).toEqual([]);
});

const input = (inputSchema: object) => ({ ...contract, input: { inputSchema } });
test.each([
  ['has no type', input({ properties: {} })],
  ['is of a list', input({ type: 'array', items: { type: 'string' } })],
  ['names a type that is not known', input({ type: 'object', properties: { a: { type: 'text' } } })],
  ['requires what is no name', input({ type: 'object', required: 'a' })],
])('a contract whose input %s is refused', async (_name, invalid) => {
  const { call } = await openForTest();
  const { id } = await makeIntegration(call);
  const answer = await call(`POST ${URI}`, { body: actionBody(id, { contract: invalid }) });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid.schema' } });
});

test('an integration is known here some time after it was made', async () => {
  const { call, pass } = await openForTest({ 'integration.known': { ms: 2000 } });
  const { id } = await makeIntegration(call);
  const create = () => call(`POST ${URI}`, { body: actionBody(id) });
  expect(await create()).toMatchObject({ status: 400, body: { code: 'bad.request' } });
  await pass(2000);
  expect((await create()).status).toBe(200);
  expect((await call(`POST ${URI}`, { body: actionBody('none') })).status).toBe(400);
});

describe('a change', () => {
  test('keeps the id and what it does not name, and begins a new version', async () => {
    const { call, addAction } = await openForTest();
    const id = await addAction();
    const changed = { ...config, timeoutSeconds: 20 };
    const { body } = await call(`PATCH ${URI}/${id}`, { body: { version: 1, config: changed } });
    expect(body).toMatchObject({ id, name: 'pay', version: 2, config: { timeoutSeconds: 20 } });
  });

  test.each([
    ['contract', { contract }],
    ['secrecy', { secure: true }],
    ['integration', { integrationId: 'other' }],
  ])('of the %s is refused', async (_name, change) => {
    const { call, addAction, world } = await openForTest();
    const id = await addAction();
    const before = world.get('actions', id);
    expect((await call(`PATCH ${URI}/${id}`, { body: { version: 1, ...change } })).status).toBe(400);
    expect(world.get('actions', id)).toBe(before);
  });

  test('without a version, or with an old one, is refused', async () => {
    const { call, addAction } = await openForTest();
    const id = await addAction();
    expect((await call(`PATCH ${URI}/${id}`, { body: { name: 'b' } })).status).toBe(400);
    await call(`PATCH ${URI}/${id}`, { body: { version: 1, name: 'b' } });
    const answer = await call(`PATCH ${URI}/${id}`, { body: { version: 1, name: 'c' } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'request.conflict' } });
    expect(answer.body.message).toContain('does not match the current version');
  });
});

describe('a list', () => {
  const idsOf = async ({ call }: Opened, filter = '', wrong = false): Promise<readonly string[]> =>
    (await call(`GET ${URI}?${filter}`, { wrong })).body.entities
      .map(({ id }: { id: string }) => id)
      .filter((id: string) => !id.startsWith('static'));

  test('finds a part of a name, a whole category, ids and secrecy, and knows nothing of integrations', async () => {
    const opened = await openForTest();
    const [pay, payBack] = [await opened.addAction(), await opened.addAction({ name: 'Pay back', secure: true })];
    const save = await opened.addAction({ name: 'save', category: 'Payments of others' });
    expect(await idsOf(opened)).toEqual([pay, payBack, save]);
    expect(await idsOf(opened, 'name=PAY')).toEqual([pay, payBack]);
    expect(await idsOf(opened, 'category=payments')).toEqual([pay, payBack]);
    expect(await idsOf(opened, `ids=${save},none`)).toEqual([save]);
    expect(await idsOf(opened, 'secure=true')).toEqual([payBack]);
    expect(await idsOf(opened, 'integrationId=none', true)).toEqual([pay, payBack, save]);
    expect(await idsOf(opened, 'sortBy=name&sortOrder=DESC')).toEqual([save, payBack, pay]);
  });

  test('is late', async () => {
    const opened = await openForTest({ 'genesys.listed': { ms: 1000 } });
    const id = await opened.addAction();
    expect(await idsOf(opened)).toEqual([]);
    expect((await opened.call(`GET ${URI}/${id}`)).status).toBe(200);
    await opened.pass(1000);
    expect(await idsOf(opened)).toEqual([id]);
  });

  test('has no contract, and the configuration where it is asked for', async () => {
    const { call, addAction } = await openForTest();
    await addAction();
    const [bare] = (await call(`GET ${URI}?name=pay`)).body.entities;
    const [full] = (await call(`GET ${URI}?name=pay&includeConfig=true`)).body.entities;
    expect([bare.config, bare.contract, full.contract]).toEqual([undefined, undefined, undefined]);
    expect(full.config.timeoutSeconds).toBe(15);
  });

  test('has actions that nobody made, too', async () => {
    const { call } = await openForTest();
    const [first] = (await call(`GET ${URI}`)).body.entities;
    expect(first.id).toMatch(/^static/);
    expect((await call(`DELETE ${URI}/${first.id}`)).status).toBe(404);
    expect((await call(`GET ${URI}?secure=true`)).body.entities).toEqual([]);
    expect((await call(`GET ${URI}?ids=none`)).body.entities).toEqual([]);
  });
});

test('what is deleted is gone, with its draft', async () => {
  const { call, addAction, world } = await openForTest();
  const id = await addAction();
  await call(`POST ${URI}/${id}/draft`);
  expect(await call(`DELETE ${URI}/${id}`)).toEqual({ status: 204, body: undefined });
  for (const operation of [`GET ${URI}/${id}`, `DELETE ${URI}/${id}`, `GET ${URI}/${id}/draft`])
    expect(await call(operation)).toMatchObject({ status: 404, body: { code: 'not.found' } });
  expect(world.list('action-drafts')).toEqual([]);
});
