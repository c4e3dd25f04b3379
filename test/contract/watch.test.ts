import { expect, test } from 'vitest';
import { callerAt } from '../sandbox/genesys/caller.ts';
import { openTestSandbox } from '../support/sandbox.ts';
import { takeFaults } from './watch.ts';

const get = async (origin: string, path: string, byHand?: string) => {
  const headers = byHand ? { 'x-by-hand': byHand } : {};
  await (await fetch(`${origin}/api/v2${path}`, { headers })).arrayBuffer();
};

test('what a sandbox of any test is sent wrongly is found, once, unless the test words it', async () => {
  const { origin, close } = await openTestSandbox();
  await get(origin, '/flows?pageSize=ten', 'yes');
  await get(origin, '/nowhere', 'yes');
  expect(takeFaults()).toEqual([]);
  for (const path of ['/flows?pageSize=ten', '/flows?pageSize=ten', '/nowhere']) await get(origin, path);
  expect(takeFaults()).toEqual(['getFlows 401: the parameter pageSize is ten', 'there is no GET /api/v2/nowhere']);
  expect(takeFaults()).toEqual([]);
  await close();
});

test('what a sandbox of any test answers wrongly is found, whoever asks', async () => {
  const { origin, world, close } = await openTestSandbox();
  world.put('divisions', 'd', { id: 'd', name: 'Sales', homeDivision: false, createdAt: 0 });
  const { call } = await callerAt(origin);
  expect((await call('GET /authorization/divisions')).status).toBe(200);
  expect(takeFaults()).toEqual([expect.stringMatching(/^getAuthorizationDivisions 200: .*'description'/)]);
  await close();
});
