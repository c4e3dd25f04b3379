import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { Secret } from '../../src/clients/redact.ts';
import { type Answer, json, startServer } from './local-server.ts';
import { createWaiting, type TestWaiting } from './waiting.ts';

export const CLIENT_ID = '7de3af06-c0b3-4f9b-af45-72f4a1403797';
export const CLIENT_SECRET = 'hunter2+hunter2/hunter2';
/** The token of the n-th login. */
export const token = (n: number) => `access-token-${n}-0123456789`;

export const flow = z.object({ id: z.string() });
const operation = 'GET /api/v2/flows/{flowId}';
export const getFlow = { operation, path: { flowId: 'f-1' }, schema: flow } as const;
export const postFlow = { operation: 'POST /api/v2/flows', body: { name: 'x' }, schema: flow } as const;
export const ok = json(200, { id: 'f-1' });
export const refuses = (status: number): Answer => json(status, { message: 'no', code: 'x', status });

interface Options {
  /** By default one token after the other. */
  readonly login?: Answer | undefined;
  readonly waiting?: TestWaiting;
}

/** A client, and an organization that answers its calls so. */
export async function organization(api: Answer, { login, waiting = createWaiting() }: Options = {}) {
  let given = 0;
  const giveToken: Answer = (response, seen) => {
    given += 1;
    json(200, { access_token: token(given), token_type: 'bearer', expires_in: 86_399 })(response, seen);
  };
  const server = await startServer((response, seen) =>
    (seen.url === '/oauth/token' ? (login ?? giveToken) : api)(response, seen),
  );
  onTestFinished(server.close);
  const genesys = connectGenesys({
    domain: 'mypurecloud.com',
    clientId: CLIENT_ID,
    clientSecret: new Secret(CLIENT_SECRET),
    gateway: { host: '127.0.0.1', port: server.port, protocol: 'http' },
    ...waiting,
  });
  const logins = () => server.seen.filter(({ url }) => url === '/oauth/token');
  const calls = () => server.seen.filter(({ url }) => url !== '/oauth/token');
  return { genesys, waiting, logins, calls };
}
