import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Architect, EDGES, openArchitect } from './architect.ts';

const URI = `${EDGES}/didpools`;
const body = {
  name: 'Numbers',
  startPhoneNumber: '+13175550100',
  endPhoneNumber: '+13175550109',
  comments: 'ours',
  provider: 'PURE_CLOUD_VOICE',
};

let sandbox: Architect;
beforeEach(async () => {
  sandbox = await openArchitect({ 'genesys.listed': { ms: 2000 }, 'ivr.released': { ms: 3000 } });
});
afterEach(() => sandbox.close());
const create = (change: object = {}) => sandbox.call(`POST ${URI}`, { body: { ...body, ...change } });

describe('a DID pool', () => {
  test('is made as asked for', async () => {
    const { body: pool } = await create();
    expect(pool).toMatchObject({ ...body, version: 1, state: 'active', selfUri: `/api/v2${URI}/${pool.id}` });
    expect((await sandbox.call(`GET ${URI}/${pool.id}`)).body).toEqual(pool);
  });

  test('has a name and a provider where none is given', async () => {
    const { name: _, provider: __, ...least } = body;
    expect((await sandbox.call(`POST ${URI}`, { body: least })).body).toMatchObject({
      name: '+13175550100 - +13175550109',
      provider: 'PURE_CLOUD',
    });
  });

  test.each([
    [{ startPhoneNumber: '13175550100' }, 'general.bad.request'],
    [{ startPhoneNumber: '+1 317 555 0100' }, 'general.bad.request'],
    [{ endPhoneNumber: '+13175550099' }, 'general.bad.request'],
    [{ endPhoneNumber: '+131755501000' }, 'general.bad.request'],
    [{ endPhoneNumber: '+13195550100' }, 'general.bad.request'],
    [{ division: { id: 'none' } }, 'general.bad.request'],
    [{ endPhoneNumber: undefined }, 'bad.request'],
    [{ provider: 'ACME' }, 'bad.request'],
    [{ colour: 'red' }, 'bad.request'],
  ])('with %j is refused', async (change, code) => {
    expect(await create(change)).toMatchObject({ status: 400, body: { code } });
  });

  test.each([
    ['+13175550100', '+13175550100'],
    ['+13175550109', '+13175550120'],
    ['+13175550090', '+13175550200'],
  ])('does not overlap with another: %s to %s', async (startPhoneNumber, endPhoneNumber) => {
    await create();
    const overlapping = await create({ startPhoneNumber, endPhoneNumber });
    expect(overlapping).toMatchObject({ status: 409, body: { code: 'general.conflict' } });
    expect((await create({ startPhoneNumber: '+13175550110', endPhoneNumber: '+13175550119' })).status).toBe(200);
  });

  test('is listed a little later, sorted, and by id', async () => {
    const { body: second } = await create({ startPhoneNumber: '+13175550105', name: 'A' });
    const { body: first } = await create({ endPhoneNumber: '+13175550104', name: 'B' });
    const list = async (query = '') =>
      (await sandbox.call(`GET ${URI}${query}`)).body.entities.map(({ id }: { id: string }) => id);
    expect(await list()).toEqual([]);
    await sandbox.pass(2000);
    expect(await list()).toEqual([first.id, second.id]);
    expect(await list('?sortBy=name')).toEqual([second.id, first.id]);
    expect(await list(`?id=${second.id}`)).toEqual([second.id]);
    expect(await list('?pageSize=1&pageNumber=2')).toEqual([second.id]);
  });

  test('is changed by sending it back, and its version where it matters', async () => {
    const { body: pool } = await create();
    const put = (change: object) => sandbox.call(`PUT ${URI}/${pool.id}`, { body: { ...pool, ...change } });
    expect((await put({ comments: 'theirs' })).body).toMatchObject({ comments: 'theirs', version: 2 });
    expect(await put({ comments: 'stale' })).toMatchObject({ status: 409, body: { code: 'general.conflict' } });
    expect((await put({ version: 2, endPhoneNumber: '+13175550108' })).status).toBe(200);
    expect((await put({ version: undefined, comments: 'whatever it is' })).body).toMatchObject({ version: 4 });
  });

  test('keeps its numbers, and cannot be deleted, while one is on an IVR or was until just now', async () => {
    const { call, pass } = sandbox;
    const { body: pool } = await create();
    const { body: ivr } = await call('POST /architect/ivrs', { body: { name: 'I', dnis: ['+13175550105'] } });
    const conflict = { status: 409, body: { code: 'general.conflict' } };
    expect(await call(`DELETE ${URI}/${pool.id}`)).toMatchObject(conflict);
    const shorter = { ...pool, endPhoneNumber: '+13175550104' };
    expect(await call(`PUT ${URI}/${pool.id}`, { body: shorter })).toMatchObject(conflict);
    await call(`DELETE /architect/ivrs/${ivr.id}`);
    expect(await call(`DELETE ${URI}/${pool.id}`)).toMatchObject(conflict);
    await pass(3000);
    expect(await call(`DELETE ${URI}/${pool.id}`)).toEqual({ status: 200, body: undefined });
  });

  test('that was deleted is seen as such by its id only, and its numbers are free', async () => {
    const { call, pass } = sandbox;
    const { body: pool } = await create();
    await call(`DELETE ${URI}/${pool.id}`);
    await pass(2000);
    expect((await call(`GET ${URI}/${pool.id}`)).body).toMatchObject({ state: 'deleted' });
    expect((await call(`GET ${URI}`)).body.total).toBe(0);
    expect((await call(`DELETE ${URI}/${pool.id}`)).status).toBe(404);
    expect((await create()).status).toBe(200);
  });

  test('that is not there is missed in the words of the vendor', async () => {
    const missing = { status: 404, body: { code: 'general.resource.not.found', message: 'Edge group was not found' } };
    expect(await sandbox.call(`GET ${URI}/none`)).toMatchObject(missing);
    expect(await sandbox.call(`PUT ${URI}/none`, { body: { ...body, version: 1 } })).toMatchObject(missing);
    expect(await sandbox.call(`DELETE ${URI}/none`)).toMatchObject(missing);
  });
});
