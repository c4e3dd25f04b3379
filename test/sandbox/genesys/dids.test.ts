import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Architect, EDGES, openArchitect } from './architect.ts';

const [first, second, third] = ['+13175550100', '+13175550101', '+13175550102'];

let sandbox: Architect;
let poolId = '';
let ivrId = '';
beforeEach(async () => {
  sandbox = await openArchitect({ 'did-pool.assignable': { ms: 2000 }, 'ivr.released': { ms: 3000 } });
  poolId = (await sandbox.pool(first, third)).body.id;
  await sandbox.pass(2000);
  ivrId = (await sandbox.call('POST /architect/ivrs', { body: { name: 'I', dnis: [second] } })).body.id;
});
afterEach(() => sandbox.close());

const numbers = async (query: string) =>
  (await sandbox.call(`GET ${EDGES}/didpools/dids?${query}`)).body.entities.map(
    ({ number }: { number: string }) => number,
  );

describe('the numbers of DID pools', () => {
  test('are all, or those that are free, in order', async () => {
    expect(await numbers('type=ASSIGNED_AND_UNASSIGNED')).toEqual([first, second, third]);
    expect(await numbers('type=UNASSIGNED')).toEqual([first, third]);
    expect(await numbers('type=UNASSIGNED&sortOrder=descending')).toEqual([third, first]);
  });

  test('are found by a part of them, by pool, and in pages', async () => {
    const all = 'type=ASSIGNED_AND_UNASSIGNED';
    expect(await numbers(`${all}&numberMatch=${encodeURIComponent(third)}`)).toEqual([third]);
    expect(await numbers(`${all}&numberMatch=5550101`)).toEqual([second]);
    expect(await numbers(`${all}&id=none`)).toEqual([]);
    expect(await numbers(`${all}&id=${poolId}&pageSize=2&pageNumber=2`)).toEqual([third]);
  });

  test('say who has them', async () => {
    const { body } = await sandbox.call(`GET ${EDGES}/didpools/dids?type=ASSIGNED_AND_UNASSIGNED`);
    const [free, taken] = body.entities;
    expect(free).toEqual({
      name: first,
      number: first,
      assigned: false,
      didPool: { id: poolId, selfUri: `/api/v2${EDGES}/didpools/${poolId}` },
    });
    expect(taken).toMatchObject({ assigned: true, owner: { id: ivrId, name: 'I' }, ownerType: 'IVR_CONFIG' });
  });

  test('are not free as soon as their IVR is deleted', async () => {
    await sandbox.call(`DELETE /architect/ivrs/${ivrId}`);
    expect(await numbers('type=UNASSIGNED')).toEqual([first, third]);
    await sandbox.pass(3000);
    expect(await numbers('type=UNASSIGNED')).toEqual([first, second, third]);
  });

  test('appear when their pool lends them', async () => {
    await sandbox.pool('+13175550200');
    expect(await numbers('type=UNASSIGNED&numberMatch=0200')).toEqual([]);
    await sandbox.pass(2000);
    expect(await numbers('type=UNASSIGNED&numberMatch=0200')).toEqual(['+13175550200']);
  });

  test('need to be asked for by a type that there is', async () => {
    expect((await sandbox.call(`GET ${EDGES}/didpools/dids`)).status).toBe(400);
    expect((await sandbox.call(`GET ${EDGES}/didpools/dids?type=ASSIGNED`)).status).toBe(400);
    expect((await sandbox.call(`GET ${EDGES}/didpools/dids?type=SOME`)).status).toBe(400);
  });
});

describe('the assigned numbers', () => {
  const dids = async (query = '') => (await sandbox.call(`GET ${EDGES}/dids?${query}`)).body.entities;

  test('are objects, with a pool and an owner', async () => {
    const [did, ...others] = await dids();
    expect(others).toEqual([]);
    expect(did).toMatchObject({
      name: second,
      phoneNumber: second,
      didPool: { id: poolId },
      owner: { id: ivrId },
      ownerType: 'IVR_CONFIG',
    });
    expect(await dids(`id=${did.id}`)).toEqual([did]);
  });

  test('are found by number, owner and pool', async () => {
    expect(await dids(`phoneNumber=${encodeURIComponent(second)}`)).toHaveLength(1);
    expect(await dids(`phoneNumber=${encodeURIComponent(first)}`)).toEqual([]);
    expect(await dids(`owner.id=${ivrId}&didPool.id=${poolId}`)).toHaveLength(1);
    expect(await dids('owner.id=none')).toEqual([]);
    expect(await dids('didPool.id=none')).toEqual([]);
    expect(await dids('id=none')).toEqual([]);
  });
});
