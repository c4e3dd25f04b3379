import { genesys } from '../../../src/sandbox/genesys/index.ts';
import type { SandboxOptions } from '../../../src/sandbox/open.ts';
import type { Profile } from '../../../src/sandbox/profile.ts';
import { openTestSandbox } from '../../support/sandbox.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';
import { type Answer, callerAt } from './caller.ts';

export const EDGES = '/telephony/providers/edges';
export const TOPIC = 'v2.detail.events.conversation.{id}.customer.end';

const functions = { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() };

/** A served sandbox with flows, numbers, IVRs and triggers, in virtual time. `windows` are in its profile. */
export async function openArchitect(windows: Profile['windows'] = {}, observe?: SandboxOptions['observe']) {
  const virtual = createVirtualClock(Date.UTC(2026, 6, 1));
  const profile = { latency: {}, windows };
  const sandbox = await openTestSandbox({ virtual, profile, protocols: [genesys], functions, observe });
  const { origin, world } = sandbox;
  const { signIn, call } = await callerAt(origin);
  const upload = (job: Answer['body'], bytes: string | Uint8Array) =>
    fetch(job.presignedUrl, { method: 'PUT', headers: job.headers, body: Buffer.from(bytes) });
  const begin = async (yaml: string, token?: string): Promise<string> => {
    const { body: job } = await call('POST /flows/jobs', { body: {}, ...(token !== undefined && { token }) });
    await upload(job, yaml);
    return job.id;
  };
  const publish = async (yaml: string, token?: string): Promise<Answer['body']> =>
    (await call(`GET /flows/jobs/${await begin(yaml, token)}?expand=messages`)).body;
  return {
    ...sandbox,
    call,
    upload,
    begin,
    publish,
    signIn,
    /** Lets time pass. */
    pass: (ms: number) => virtual.sleep(ms),
    /** Publishes at once and gives the flow's id. */
    flowId: async (yaml: string): Promise<string> => (await publish(yaml)).flow.id,
    pool: (startPhoneNumber: string, endPhoneNumber = startPhoneNumber) =>
      call(`POST ${EDGES}/didpools`, { body: { name: 'Numbers', startPhoneNumber, endPhoneNumber } }),
    /** A data action, put there by hand. */
    addAction: (id: string, { name = 'pay', category = 'Lambda', secure = false } = {}) =>
      world.put('actions', id, {
        id,
        name,
        category,
        secure,
        contract,
        config,
        integrationId: 'i',
        version: 1,
        createdAt: 0,
      }),
    /** An OAuth client that may do just this. */
    addClient: (id: string, permissions: readonly string[]) =>
      world.put('oauth-clients', id, { id, name: id, secret: 's', permissions, createdAt: 0 }),
  };
}

export type Architect = Awaited<ReturnType<typeof openArchitect>>;

const contract = {
  input: { inputSchema: { type: 'object', properties: { cardNumber: { type: 'string' } } } },
  output: {
    successSchema: {
      type: 'object',
      properties: {
        paymentId: { type: 'string' },
        bank: { type: 'object', properties: { name: { type: 'string' } } },
        codes: { type: 'array', items: { type: 'string' } },
        rows: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
      },
    },
  },
};

const config = { request: { requestUrlTemplate: 'arn', requestType: 'POST' } };
