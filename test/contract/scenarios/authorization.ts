import { SEED } from '../../../src/sandbox/seed.ts';
import type { Opened } from '../../sandbox/genesys/data-actions.ts';

/** Everything about who may do what, and the organization. */
export async function useAuthorization({ call, origin, signIn }: Opened): Promise<void> {
  for (const path of [
    '/organizations/me',
    '/tokens/me',
    '/authorization/subjects/me',
    '/authorization/divisions?pageSize=1&name=home',
    '/authorization/divisions/home',
    '/authorization/divisionspermitted/paged/me?permission=architect:flow:view',
    '/authorization/divisionspermitted/paged/me',
    '/authorization/permissions?queryType=domain&query=architect',
    '/authorization/permissions?queryType=permission&query=flow&pageSize=2&pageNumber=1',
    '/authorization/products',
    '/authorization/roles?name=sandbox',
    `/authorization/roles/${SEED.clientId}`,
    `/oauth/clients/${SEED.clientId}`,
  ])
    await call(`GET ${path}`);
  await useRoles(call);
  const headers = { authorization: `Bearer ${await signIn()}` };
  await fetch(`${origin}/api/v2/tokens/me`, { method: 'HEAD', headers });
  await call('DELETE /tokens/me', { token: await signIn() });
}

const HOME = SEED.homeDivisionId;

/** A role made, changed, granted and handed on to a client, and all of it taken away again. */
async function useRoles(call: Opened['call']): Promise<void> {
  const permissionPolicies = [{ domain: 'architect', entityName: 'flow', actionSet: ['view', 'add'] }];
  const role = { name: 'Installer', description: 'for a test', permissionPolicies };
  const { id: roleId } = (await call('POST /authorization/roles', { body: role })).body;
  await call('POST /authorization/roles', { body: { description: 'without a name' } });
  await call(`PUT /authorization/roles/${roleId}`, { body: role });
  await call(`PATCH /authorization/roles/${roleId}`, { body: { description: 'other' } });
  await call(`PUT /authorization/roles/${SEED.clientId}`, { body: role });
  const client = {
    name: 'Installer',
    authorizedGrantType: 'CLIENT-CREDENTIALS',
    roleDivisions: [{ roleId, divisionId: HOME }],
  };
  await call('POST /oauth/clients', { body: client });
  const granted = `/authorization/subjects/${SEED.clientId}/divisions/${HOME}/roles/${roleId}`;
  await call(`POST ${granted}`);
  await call(`POST ${granted}?subjectType=PC_OAUTH_CLIENT`);
  await call(`GET /authorization/subjects/${SEED.clientId}`);
  for (const wrong of [
    { authorizedGrantType: '' },
    { authorizedGrantType: 'TOKEN' },
    { state: 'asleep' },
    { roleDivisions: [] },
    { roleDivisions: [{ roleId, divisionId: 'nowhere' }] },
  ])
    await call('POST /oauth/clients', { body: { ...client, ...wrong } });
  const { id } = (await call('POST /oauth/clients', { body: client })).body;
  await call(`POST /oauth/clients/${id}/secret`);
  await call(`DELETE /oauth/clients/${id}`);
  await call(`PUT /oauth/clients/${id}`, { body: { ...client, state: 'inactive' } });
  await call('GET /oauth/clients');
  await call(`DELETE /oauth/clients/${id}`);
  await call(`DELETE ${granted}`);
  await call(`DELETE ${granted}`);
  await call(`DELETE /authorization/roles/${roleId}`);
}
