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
  const headers = { authorization: `Bearer ${await signIn()}` };
  await fetch(`${origin}/api/v2/tokens/me`, { method: 'HEAD', headers });
  await call('DELETE /tokens/me', { token: await signIn() });
}
