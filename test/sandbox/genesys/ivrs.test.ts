import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Architect, openArchitect } from './architect.ts';
import { inboundYaml, workflowYaml } from './flow-yaml.ts';

const URI = '/architect/ivrs';
const numbers = ['+13175550100', '+13175550101'];

let sandbox: Architect;
let flowId = '';
beforeEach(async () => {
  sandbox = await openArchitect({
    'genesys.listed': { ms: 2000 },
    'did-pool.assignable': { ms: 2000 },
    'ivr.released': { ms: 3000 },
  });
  flowId = await sandbox.flowId(inboundYaml());
  await sandbox.pool('+13175550100', '+13175550199');
  await sandbox.pass(2000);
});
afterEach(() => sandbox.close());

const create = (body: object) => sandbox.call(`POST ${URI}`, { body: { name: 'Route', ...body } });
const full = () => create({ description: 'ours', dnis: numbers, openHoursFlow: { id: flowId } });
const noPool = {
  status: 400,
  body: { code: 'general.bad.request', message: "Field 'didPoolId' is required and cannot be empty." },
};

describe('an IVR', () => {
  test('is made as asked for', async () => {
    const { status, body } = await full();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Route',
      description: 'ours',
      dnis: numbers,
      openHoursFlow: { id: flowId, name: 'Main' },
      version: 1,
      state: 'active',
      division: { name: 'Home' },
      selfUri: `/api/v2${URI}/${body.id}`,
    });
    expect((await sandbox.call(`GET ${URI}/${body.id}`)).body).toEqual(body);
  });

  test('takes numbers only from a pool that lends them by now', async () => {
    expect(await create({ dnis: ['+13175550200'] })).toMatchObject(noPool);
    expect(await create({ dnis: ['rubbish'] })).toMatchObject(noPool);
    await sandbox.pool('+13175550200');
    expect(await create({ dnis: ['+13175550200'] })).toMatchObject(noPool);
    await sandbox.pass(2000);
    expect((await create({ dnis: ['+13175550200'] })).status).toBe(200);
  });

  test("takes no number twice, and none of another's, until that is quite gone", async () => {
    const { body: ivr } = await full();
    expect(await create({ dnis: ['+13175550105', '+13175550105'] })).toMatchObject({
      status: 400,
      body: { code: 'general.bad.request', message: expect.stringContaining('more than once') },
    });
    const taken = { status: 400, body: { details: [{ fieldName: 'dnis', entityId: ivr.id, entityName: 'Route' }] } };
    expect(await create({ dnis: [numbers[1]] })).toMatchObject(taken);
    await sandbox.call(`DELETE ${URI}/${ivr.id}`);
    expect(await create({ dnis: [numbers[1]] })).toMatchObject(taken);
    await sandbox.pass(3000);
    expect((await create({ dnis: [numbers[1]] })).status).toBe(200);
  });

  test('leads to published inbound call flows only', async () => {
    const work = await sandbox.flowId(workflowYaml());
    const { body: empty } = await sandbox.call('POST /flows', { body: { name: 'Empty', type: 'INBOUNDCALL' } });
    const gone = await sandbox.flowId(inboundYaml('Gone'));
    await sandbox.call(`DELETE /flows/${gone}`);
    for (const id of ['none', work, empty.id, gone])
      for (const member of ['openHoursFlow', 'closedHoursFlow', 'holidayHoursFlow'])
        expect(await create({ [member]: { id } })).toMatchObject({
          status: 400,
          body: { code: 'general.bad.request', details: [{ fieldName: member }] },
        });
  });

  test('with a schedule needs a flow for open and for closed hours', async () => {
    const hours = { scheduleGroup: { id: 's' }, openHoursFlow: { id: flowId } };
    expect((await create({ scheduleGroup: { id: 's' } })).status).toBe(400);
    expect((await create(hours)).body.message).toBe("Field 'closedHoursFlow' is required and cannot be empty.");
    expect((await create({ ...hours, closedHoursFlow: { id: flowId } })).body).toMatchObject({
      scheduleGroup: { id: 's' },
    });
  });

  test.each([
    { name: '' },
    { name: undefined },
    { colour: 'red' },
    { dnis: '+13175550100' },
    { division: { id: 'x' } },
  ])('with %j is refused', async (change) => expect((await create(change)).status).toBe(400));

  test('is changed by sending it back with its version', async () => {
    const { body: ivr } = await full();
    const put = (change: object) => sandbox.call(`PUT ${URI}/${ivr.id}`, { body: { ...ivr, ...change } });
    const { body: changed } = await put({ dnis: [...numbers, '+13175550102'], description: 'more' });
    expect(changed).toMatchObject({ version: 2, description: 'more', openHoursFlow: { id: flowId } });
    expect(changed.dnis).toHaveLength(3);
    expect(await put({ description: 'stale' })).toMatchObject({ status: 409, body: { code: 'general.conflict' } });
    expect(await put({ version: undefined })).toMatchObject({ status: 400, body: { code: 'general.bad.request' } });
    expect(await put({ version: 2, dnis: ['+13175550200'] })).toMatchObject(noPool);
    expect((await put({ version: 2, dnis: undefined, openHoursFlow: undefined })).body).toMatchObject({ dnis: [] });
  });

  test('takes more than fifty numbers', async () => {
    const dnis = Array.from({ length: 60 }, (_, n) => `+131755501${String(n + 10)}`);
    expect((await create({ dnis })).body.dnis).toHaveLength(60);
  });

  test('is listed a little later, and found by name, number and schedule', async () => {
    const { body: ivr } = await full();
    const list = async (query = '') => (await sandbox.call(`GET ${URI}${query}`)).body.entities;
    expect(await list()).toEqual([]);
    await sandbox.pass(2000);
    expect(await list()).toEqual([ivr]);
    expect(await list('?name=route')).toHaveLength(1);
    expect(await list('?name=r*')).toHaveLength(1);
    expect(await list('?name=out')).toEqual([]);
    expect(await list(`?dnis=${encodeURIComponent(numbers[0] ?? '')}`)).toHaveLength(1);
    expect(await list('?dnis=0')).toEqual([]);
    expect(await list('?scheduleGroup=s')).toEqual([]);
    expect(await list('?sortOrder=DESC&pageSize=1')).toHaveLength(1);
  });

  test('that was deleted is seen as such by its id only', async () => {
    const { body: ivr } = await full();
    await sandbox.pass(2000);
    expect(await sandbox.call(`DELETE ${URI}/${ivr.id}`)).toEqual({ status: 200, body: undefined });
    expect((await sandbox.call(`GET ${URI}/${ivr.id}`)).body).toMatchObject({ state: 'deleted' });
    expect((await sandbox.call(`GET ${URI}`)).body.entities).toEqual([]);
    expect(await sandbox.call(`DELETE ${URI}/${ivr.id}`)).toMatchObject({
      status: 404,
      body: { code: 'general.resource.not.found' },
    });
    expect(await sandbox.call(`PUT ${URI}/${ivr.id}`, { body: ivr })).toMatchObject({
      status: 404,
      body: { code: 'not.found' },
    });
  });

  test('that is not there is missed', async () => {
    const missing = { status: 404, body: { code: 'general.resource.not.found' } };
    expect(await sandbox.call(`GET ${URI}/none`)).toMatchObject(missing);
    expect(await sandbox.call(`DELETE ${URI}/none`)).toMatchObject(missing);
  });

  test('asks for permissions of routing', async () => {
    sandbox.addClient('architect', ['architect:*:*']);
    const token = await sandbox.signIn('architect', 's');
    expect(await sandbox.call(`POST ${URI}`, { token, body: { name: 'Route' } })).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('routing:callRoute:add') },
    });
  });
});
