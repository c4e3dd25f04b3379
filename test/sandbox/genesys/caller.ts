import { SEED } from '../../../src/sandbox/seed.ts';
import { BY_HAND } from '../../support/by-hand.ts';

/** An answer of the Platform API, its body as it came. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks into, it expects
  readonly body: any;
}

interface Sent {
  readonly body?: unknown;
  readonly token?: string;
  /** It is not as the contract has it, and taken nevertheless. */
  readonly wrong?: boolean;
}

/** Speaks plain HTTP with a sandbox's Genesys Cloud, signed in as the client of every new world. */
export async function callerAt(origin: string) {
  const signIn = async (id: string = SEED.clientId, secret: string = SEED.clientSecret): Promise<string> => {
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const answer = await fetch(`${origin}/oauth/token`, { method: 'POST', headers: { authorization }, body });
    return (await read(answer)).body.access_token;
  };
  const own = await signIn();
  /** `GET /flows/{id}`, without `/api/v2`. */
  const call = async (operation: string, { body, token = own, wrong }: Sent = {}): Promise<Answer> => {
    const [method = '', path = ''] = operation.split(' ');
    const headers = {
      authorization: `Bearer ${token}`,
      [BY_HAND]: wrong ? 'wrong' : 'yes',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return read(await fetch(`${origin}/api/v2${path}`, sent));
  };
  return { signIn, call };
}

async function read(answer: Response): Promise<Answer> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return { status: answer.status, body: text === '' ? undefined : isJson ? JSON.parse(text) : text };
}
