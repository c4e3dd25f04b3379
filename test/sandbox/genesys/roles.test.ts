import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEED } from '../../../src/sandbox/seed.ts';
import { type Opened, openGenesys } from './data-actions.ts';

const HOME = SEED.homeDivisionId;
const policy = { domain: 'architect', entityName: 'flow', actionSet: ['view'] };

let sandbox: Opened;
beforeEach(async () => {
  sandbox = await openGenesys({ 'grant.known': { ms: 5_000 }, 'role.gone': { ms: 2_000 } });
});
afterEach(() => sandbox.close());

const makeRole = async (permissionPolicies: readonly object[] = [policy]): Promise<string> =>
  (await sandbox.call('POST /authorization/roles', { body: { name: 'Installer', permissionPolicies } })).body.id;
const grantPath = (roleId: string, subjectId: string = SEED.clientId) =>
  `/authorization/subjects/${subjectId}/divisions/${HOME}/roles/${roleId}`;
const grant = (roleId: string, subjectId?: string) =>
  sandbox.call(`POST ${grantPath(roleId, subjectId)}?subjectType=PC_OAUTH_CLIENT`);
const clientBody = (roleId: string, changes: object = {}) => ({
  name: 'Installer',
  authorizedGrantType: 'CLIENT-CREDENTIALS',
  roleDivisions: [{ roleId, divisionId: HOME }],
  ...changes,
});
const makeClient = (roleId: string, changes?: object) =>
  sandbox.call('POST /oauth/clients', { body: clientBody(roleId, changes) });
/** A role that our own client holds, and has held for long enough. */
async function heldRole(): Promise<string> {
  const roleId = await makeRole();
  await grant(roleId);
  await sandbox.pass(5_000);
  return roleId;
}

describe('a role', () => {
  test('takes what no permission is called, without a word', async () => {
    const made = { domain: 'made', entityName: 'up', actionSet: ['thing'] };
    const { body } = await sandbox.call(`GET /authorization/roles/${await makeRole([made])}`);
    expect(body.permissionPolicies).toMatchObject([made]);
  });

  test('has its stars spelled out', async () => {
    const { body } = await sandbox.call(
      `GET /authorization/roles/${await makeRole([{ domain: 'architect', entityName: 'job', actionSet: ['*'] }])}`,
    );
    expect(body.permissionPolicies).toMatchObject([{ actionSet: ['create', 'view'] }]);
  });

  test('is replaced by a PUT, and changed in part by a PATCH', async () => {
    const id = await makeRole();
    const path = `/authorization/roles/${id}`;
    const patched = await sandbox.call(`PATCH ${path}`, { body: { description: 'for eo-setup' } });
    expect(patched.body).toMatchObject({
      name: 'Installer',
      description: 'for eo-setup',
      permissionPolicies: [policy],
    });
    const put = await sandbox.call(`PUT ${path}`, { body: { name: 'Other' } });
    expect(put.body).toMatchObject({ name: 'Other', description: '', permissionPolicies: [] });
    expect((await sandbox.call(`PUT ${path}`, { body: {} })).status).toBe(400);
  });

  test('is seen for a while after it is deleted, but not granted, changed or deleted again', async () => {
    const id = await makeRole();
    const path = `/authorization/roles/${id}`;
    expect((await sandbox.call(`DELETE ${path}`)).status).toBe(204);
    expect((await sandbox.call(`GET ${path}`)).status).toBe(200);
    expect((await grant(id)).status).toBe(404);
    expect((await sandbox.call(`PATCH ${path}`, { body: { name: 'x' } })).status).toBe(404);
    expect((await sandbox.call(`DELETE ${path}`)).status).toBe(404);
    await sandbox.pass(2_000);
    expect((await sandbox.call(`GET ${path}`)).status).toBe(404);
    expect((await sandbox.call('GET /authorization/roles?name=installer')).body.total).toBe(0);
  });

  test('with a condition is refused, as it would not be looked at', async () => {
    const body = { name: 'x', permissionPolicies: [{ ...policy, resourceConditionNode: { conjunction: 'AND' } }] };
    expect((await sandbox.call('POST /authorization/roles', { body })).status).toBe(400);
  });

  test('that a client of the sandbox has of its own is left alone', async () => {
    expect(await sandbox.call(`DELETE /authorization/roles/${SEED.clientId}`)).toMatchObject({
      status: 400,
      body: { code: 'bad.request' },
    });
  });
});

describe('a grant', () => {
  test('counts once the authorization service has heard of it, and no longer than it lasts', async () => {
    sandbox.world.put('oauth-clients', 'c', { id: 'c', name: 'C', secret: 's', createdAt: 0 });
    const token = await sandbox.signIn('c', 's');
    const see = async () => (await sandbox.call('GET /flows', { token })).status;
    const roleId = await makeRole();
    expect(await see()).toBe(403);
    expect((await grant(roleId, 'c')).status).toBe(204);
    expect(await see()).toBe(403);
    await sandbox.pass(5_000);
    expect(await see()).toBe(200);
    expect((await sandbox.call(`DELETE ${grantPath(roleId, 'c')}`)).status).toBe(204);
    expect(await see()).toBe(403);
  });

  test('is shown to who may see it, and twice is once', async () => {
    const roleId = await makeRole();
    await grant(roleId);
    await grant(roleId);
    const { body } = await sandbox.call(`GET /authorization/subjects/${SEED.clientId}`);
    const ofRole = body.grants.filter(({ role }: { role: { id: string } }) => role.id === roleId);
    expect(ofRole).toMatchObject([
      { division: { id: HOME }, role: { name: 'Installer', policies: [{ actions: ['view'] }] } },
    ]);
  });

  test('is of a client only where that is said: by default a user is meant', async () => {
    expect((await sandbox.call(`POST ${grantPath(await makeRole())}`)).status).toBe(404);
  });

  test('that is not there cannot be taken back', async () => {
    expect((await sandbox.call(`DELETE ${grantPath(await makeRole())}`)).status).toBe(404);
  });
});

describe('an OAuth client', () => {
  test('has the secret that it is given when it is made, which is never shown again', async () => {
    const { body } = await makeClient(await heldRole());
    expect(await sandbox.signIn(body.id, body.secret)).toBeTruthy();
    expect((await sandbox.call(`GET /oauth/clients/${body.id}`)).body.secret).toBeUndefined();
    const { entities } = (await sandbox.call('GET /oauth/clients')).body;
    expect(entities.map(({ id }: { id: string }) => id)).toEqual([SEED.clientId, body.id]);
    expect(JSON.stringify(entities)).not.toContain(body.secret);
  });

  test.each([
    ['without a grant type', { authorizedGrantType: undefined }, 'grant.type.required'],
    ['of another grant type', { authorizedGrantType: 'CODE' }, 'bad.grant.type'],
    ['in a state that there is not', { state: 'asleep' }, 'bad.client.state'],
    ['without a role', { roleDivisions: [] }, 'missing.client.roles'],
    ['with a role that there is not', { roleDivisions: [{ roleId: 'x', divisionId: HOME }] }, 'bad.client.role'],
    ['with tokens that hardly last', { accessTokenValiditySeconds: 10 }, 'bad.request'],
  ])('%s is refused', async (_, changes, code) => {
    expect(await makeClient(await heldRole(), changes)).toMatchObject({ status: 400, body: { code } });
  });

  test('is given no role that its maker does not hold, or has only just got', async () => {
    const roleId = await makeRole();
    const refused = {
      status: 400,
      body: { code: 'bad.client.role', message: expect.stringMatching(/^The user does not have access/) },
    };
    expect(await makeClient(roleId)).toMatchObject(refused);
    await grant(roleId);
    expect(await makeClient(roleId)).toMatchObject(refused);
    await sandbox.pass(5_000);
    expect((await makeClient(roleId)).status).toBe(200);
  });

  test('is changed, and given another secret, only by who holds its roles', async () => {
    const roleId = await heldRole();
    const { id, secret } = (await makeClient(roleId)).body;
    const other = (await sandbox.call(`POST /oauth/clients/${id}/secret`)).body.secret;
    expect(other).not.toBe(secret);
    expect(await sandbox.signIn(id, secret)).toBeUndefined();
    expect(await sandbox.signIn(id, other)).toBeTruthy();
    await sandbox.call(`DELETE ${grantPath(roleId)}`);
    const refused = { status: 400, body: { code: 'bad.client.role' } };
    expect(await sandbox.call(`POST /oauth/clients/${id}/secret`)).toMatchObject(refused);
    expect(await sandbox.call(`PUT /oauth/clients/${id}`, { body: clientBody(roleId) })).toMatchObject(refused);
  });

  test('is deleted only once it is inactive, and cannot sign in from then on', async () => {
    const roleId = await heldRole();
    const { id, secret } = (await makeClient(roleId)).body;
    expect(await sandbox.call(`DELETE /oauth/clients/${id}`)).toMatchObject({
      status: 400,
      body: { code: 'cannot.delete.client' },
    });
    await sandbox.call(`PUT /oauth/clients/${id}`, { body: clientBody(roleId, { state: 'inactive' }) });
    expect(await sandbox.signIn(id, secret)).toBeUndefined();
    expect((await sandbox.call(`DELETE /oauth/clients/${id}`)).status).toBe(204);
    expect(await sandbox.call(`GET /oauth/clients/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'client.not.found' },
    });
  });

  test('has the roles of its last change and no others', async () => {
    const [first, second] = [await heldRole(), await heldRole()];
    const { id } = (await makeClient(first)).body;
    const { body } = await sandbox.call(`PUT /oauth/clients/${id}`, { body: clientBody(second) });
    expect(body.roleDivisions).toEqual([{ roleId: second, divisionId: HOME }]);
  });
});
