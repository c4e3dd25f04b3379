import { didPoolOperations } from '../../../src/sandbox/genesys/did-pools.ts';
import { didOperations } from '../../../src/sandbox/genesys/dids.ts';
import { flowExportOperations } from '../../../src/sandbox/genesys/flow-export.ts';
import { flowJobOperations } from '../../../src/sandbox/genesys/flow-jobs.ts';
import { flowOperations } from '../../../src/sandbox/genesys/flows.ts';
import { ivrOperations } from '../../../src/sandbox/genesys/ivrs.ts';
import { oauthOperations } from '../../../src/sandbox/genesys/oauth.ts';
import { createGenesys } from '../../../src/sandbox/genesys/protocol.ts';
import { triggerTopicOperations } from '../../../src/sandbox/genesys/trigger-topics.ts';
import { triggerOperations } from '../../../src/sandbox/genesys/triggers.ts';
import type { SandboxOptions } from '../../../src/sandbox/open.ts';
import type { Profile } from '../../../src/sandbox/profile.ts';
import { SEED } from '../../../src/sandbox/seed.ts';
import { openTestSandbox } from '../../support/sandbox.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

export const EDGES = '/telephony/providers/edges';
export const TOPIC = 'v2.detail.events.conversation.{id}.customer.end';

/** An answer of the Platform API, its body as it came. */
interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks into, it expects
  readonly body: any;
}

interface Sent {
  readonly body?: unknown;
  readonly token?: string;
}

/** The rows of this half of the sandbox. */
export const architectOperations = [
  ...flowOperations,
  ...flowJobOperations,
  ...flowExportOperations,
  ...didPoolOperations,
  ...didOperations,
  ...ivrOperations,
  ...triggerOperations,
  ...triggerTopicOperations,
];
const functions = { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() };

/** A served sandbox with flows, numbers, IVRs and triggers, in virtual time. `windows` are in its profile. */
export async function openArchitect(windows: Profile['windows'] = {}, observe?: SandboxOptions['observe']) {
  const virtual = createVirtualClock(Date.UTC(2026, 6, 1));
  const protocols = [createGenesys([...oauthOperations, ...architectOperations])] as const;
  const sandbox = await openTestSandbox({ virtual, profile: { latency: {}, windows }, protocols, functions, observe });
  const { origin, world } = sandbox;

  const signIn = async (id: string = SEED.clientId, secret: string = SEED.clientSecret): Promise<string> => {
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const answer = await fetch(`${origin}/oauth/token`, { method: 'POST', headers: { authorization }, body });
    return (await json(answer)).body.access_token;
  };
  const own = await signIn();
  const call = async (operation: string, { body, token = own }: Sent = {}): Promise<Answer> => {
    const [method = '', path = ''] = operation.split(' ');
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return json(await fetch(`${origin}/api/v2${path}`, sent));
  };
  const upload = (job: Answer['body'], bytes: string | Uint8Array) =>
    fetch(job.presignedUrl, { method: 'PUT', headers: job.headers, body: Buffer.from(bytes) });
  const begin = async (yaml: string, token = own): Promise<string> => {
    const { body: job } = await call('POST /flows/jobs', { body: {}, token });
    await upload(job, yaml);
    return job.id;
  };
  const publish = async (yaml: string, token = own): Promise<Answer['body']> =>
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
    /** A data action as the other half of the sandbox would have made it. */
    addAction: (id: string, { name = 'pay', category = 'Lambda', secure = false } = {}) =>
      world.put('actions', id, { id, name, category, secure, contract, integrationId: 'i', version: 1, createdAt: 0 }),
    /** An OAuth client that may do just this. */
    addClient: (id: string, permissions: readonly string[]) =>
      world.put('oauth-clients', id, { id, name: id, secret: 's', permissions, createdAt: 0 }),
  };
}

export type Architect = Awaited<ReturnType<typeof openArchitect>>;

async function json(answer: Response): Promise<Answer> {
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

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
