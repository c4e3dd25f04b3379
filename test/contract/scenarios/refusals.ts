import { genesysOperations } from '../../../src/sandbox/genesys/index.ts';
import type { Opened } from '../../sandbox/genesys/data-actions.ts';
import type { Contract } from '../contract.ts';

const rows = genesysOperations.filter(({ service }) => service === 'genesys');

/** Everything asked for by nobody, by somebody who may nothing, where nothing is, and with a body that makes no sense. */
export async function provokeRefusals({ call, world, signIn }: Opened, contract: Contract): Promise<void> {
  world.put('oauth-clients', 'c', { id: 'c', name: 'C', secret: 's', permissions: [], createdAt: 0 });
  const powerless = await signIn('c', 's');
  for (const { route, permission, operation } of rows) {
    // What answers to HEAD has no body, and so no code.
    if (route.startsWith('HEAD')) continue;
    const path = route.replace('/api/v2', '').replace(/\{\w+\}/g, 'none');
    const sent = path.startsWith('GET') ? {} : { body: { colour: 'red' } };
    await call(path, { ...sent, token: 'none' });
    if (permission.length > 0) await call(path, { ...sent, token: powerless });
    if (!SUCCEEDS.has(operation)) await call(path, sent);
    const isPaged = contract.operations.get(operation)?.parameters.some(({ name }) => name === 'pageSize');
    if (path.startsWith('GET') && isPaged) await call(`${path}?pageSize=0`);
  }
}

/** They would take the body for what it is not, and succeed. */
const SUCCEEDS = new Set(['postFlowsJobs', 'deleteTokensMe']);
