import { describe, expect, test } from 'vitest';
import { genesysOperations } from '../../../src/sandbox/genesys/index.ts';
import { PERMISSIONS, policiesOf } from '../../../src/sandbox/genesys/permissions.ts';
import { SEED } from '../../../src/sandbox/seed.ts';
import { SALES } from '../../support/sales.ts';
import { openForTest } from './data-actions.ts';

/** A sandbox and the token of a client that may do just this. */
async function open(...permissions: readonly string[]) {
  const opened = await openForTest();
  opened.world.put('oauth-clients', 'c', { id: 'c', name: 'C', secret: 's', permissions, createdAt: 0 });
  return { ...opened, token: await opened.signIn('c', 's') };
}

describe('permissions by what they are about', () => {
  const flows = { domain: 'architect', entityName: 'flow' };
  test.each([
    [['architect:flow:view', 'architect:flow:add'], [{ ...flows, actions: ['add', 'view'] }]],
    [['architect:flow:publish:d1,d2'], [{ ...flows, actions: ['publish'] }]],
    [['made:up:thing'], [{ domain: 'made', entityName: 'up', actions: ['thing'] }]],
    [['*:*:launch'], [{ ...flows, actions: ['launch'] }]],
    [['Telephony:*:*'], [{ domain: 'telephony', entityName: 'plugin', actions: ['all'] }]],
    [['nothing:*:*'], []],
  ])('%j', (held, policies) => {
    expect(policiesOf(held)).toEqual(policies);
  });

  test('a star alone is all of them, spelled out', () => {
    const entities = Object.values(PERMISSIONS).flatMap((domain) => Object.keys(domain));
    expect(policiesOf(['*'])).toHaveLength(entities.length);
    expect(JSON.stringify(policiesOf(['*']))).not.toContain('*');
  });

  test('every permission that an operation wants is known', () => {
    const known = policiesOf(['*']).flatMap(({ domain, entityName, actions }) =>
      actions.map((action) => `${domain}:${entityName}:${action}`),
    );
    const wanted = genesysOperations.flatMap(({ permission }) => permission);
    expect(wanted.filter((permission) => !known.includes(permission))).toEqual([]);
  });
});

test('a client sees its own grants', async () => {
  const { call, token } = await open('architect:flow:view');
  const { body } = await call('GET /authorization/subjects/me', { token });
  expect(body.grants).toMatchObject([
    {
      subjectId: 'c',
      division: { id: SEED.homeDivisionId, name: 'Home' },
      role: { policies: [{ domain: 'architect', entityName: 'flow', actions: ['view'] }] },
    },
  ]);
});

test('the same is to be read the long way: the token, the client, its role', async () => {
  const { call, token } = await open('oauth:client:view', 'authorization:role:view');
  const { id } = (await call('GET /tokens/me', { token })).body.OAuthClient;
  const { body: client } = await call(`GET /oauth/clients/${id}`, { token });
  expect(client.secret).toBeUndefined();
  const { body: role } = await call(`GET /authorization/roles/${client.roleDivisions[0].roleId}`, { token });
  expect(role.permissionPolicies).toMatchObject([
    { domain: 'oauth', entityName: 'client', actionSet: ['view'] },
    { domain: 'authorization', entityName: 'role', actionSet: ['view'] },
  ]);
  expect((await call('GET /authorization/roles?name=role%20of%20c', { token })).body.entities).toEqual([role]);
  expect(await call('GET /oauth/clients/none')).toMatchObject({ status: 404, body: { code: 'client.not.found' } });
  expect((await call('GET /authorization/roles/none')).status).toBe(404);
});

test('divisions, and in which of them something is permitted', async () => {
  const { call, token, world } = await open('architect:flow:view');
  world.put('divisions', SALES.id, SALES);
  const namesOf = ({ body }: Awaited<ReturnType<typeof call>>) =>
    body.entities.map((one: { name: string }) => one.name);
  expect((await call('GET /authorization/divisions/home')).body).toMatchObject({ id: SEED.homeDivisionId });
  expect(namesOf(await call('GET /authorization/divisions'))).toEqual(['Home', 'Sales']);
  expect(namesOf(await call('GET /authorization/divisions?name=sal'))).toEqual(['Sales']);
  expect(namesOf(await call('GET /authorization/divisions?id=d'))).toEqual(['Sales']);
  const permitted = (permission: string) =>
    call(`GET /authorization/divisionspermitted/paged/me?permission=${permission}`, { token });
  expect(namesOf(await permitted('architect:flow:view'))).toEqual(['Home', 'Sales']);
  expect((await permitted('architect:flow:add')).body).toMatchObject({ entities: [], allDivsPermitted: false });
  expect(await permitted('')).toMatchObject({ status: 400, body: { code: 'missing.permission.param' } });
});

test('what permissions there are is found by domain and by permission', async () => {
  const { call } = await open();
  const find = async (query: string) => (await call(`GET /authorization/permissions?${query}`)).body.entities;
  const mapOf = (map: Record<string, readonly { action: string }[]>) =>
    Object.fromEntries(Object.entries(map).map(([entity, all]) => [entity, all.map(({ action }) => action)]));
  expect(mapOf((await find('queryType=domain&query=processautomation'))[0].permissionMap)).toEqual(
    PERMISSIONS['processautomation'],
  );
  expect(mapOf((await find('queryType=permission&query=flow:launch'))[0].permissionMap)).toEqual({ flow: ['launch'] });
  expect(await find('queryType=domain&query=process')).toEqual([]);
  expect((await find('')).length).toBe(Object.keys(PERMISSIONS).length);
  expect((await call('GET /authorization/permissions?queryType=entity')).status).toBe(400);
});
