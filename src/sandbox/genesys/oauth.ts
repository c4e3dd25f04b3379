import { createHash, timingSafeEqual } from 'node:crypto';
import { type Incoming, type Operation, Refusal, type Sent } from '../contract.ts';
import type { World } from '../world.ts';

export const TOKEN_PATH = '/oauth/token';

const DAY = 86_400;

/** A record of `oauth-clients`. */
export type OAuthClient = {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly description?: string;
  /**
   * Of a client that was put here by hand, the permissions of its own role: `domain:entity:action`, perhaps with `*` or
   * with the ids of divisions as a fourth part; `*` alone is all of them.
   */
  readonly permissions?: readonly string[];
  /** Ids of the divisions that its own role is given in: all where absent. Shown, but not looked at when it calls. */
  readonly divisions?: readonly string[];
  /** `active` where absent. */
  readonly state?: 'active' | 'disabled' | 'inactive';
  /** A day where absent. */
  readonly accessTokenValiditySeconds?: number;
  readonly createdAt: number;
};

/** A record of `tokens`, kept under the token's hash: who reads the world cannot sign in with it. */
type Token = {
  readonly id: string;
  readonly clientId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
};

/** The client of this id, or undefined. */
export const clientOf = (world: World, id: string): OAuthClient | undefined => world.get('oauth-clients', id);

const isActive = ({ state = 'active' }: OAuthClient): boolean => state === 'active';

/** The client that a request for a token comes from. Throws a Refusal in OAuth's words. */
export function clientOfBasic(world: World, { headers }: Incoming): string {
  const encoded = /^Basic +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (encoded === undefined) throw new Refusal(401, 'invalid_client', 'client authentication is required');
  const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const client = clientOf(world, id);
  if (!client) throw new Refusal(400, 'invalid_client', 'client not found: invalid client_id');
  if (!isActive(client)) throw new Refusal(400, 'invalid_client', 'client is not active');
  if (!timingSafeEqual(sha256(client.secret), sha256(secret))) {
    throw new Refusal(401, 'invalid_client', 'authentication failed');
  }
  return id;
}

/** The client that a token was given to. Throws 401 where the token is missing, unknown, too old or revoked. */
export function clientOfBearer(world: World, { headers, now }: Incoming): string {
  const token = bearerOf(headers);
  if (token === undefined) {
    throw new Refusal(
      401,
      'authentication.required',
      'No authentication bearer token specified in authorization header.',
    );
  }
  const found = world.get<Token>('tokens', idOf(token));
  const client = found && found.expiresAt > now ? clientOf(world, found.clientId) : undefined;
  if (!client || !isActive(client)) throw new Refusal(401, 'bad.credentials', 'Invalid login credentials.');
  return client.id;
}

/** Takes back the token that a request came with. */
export function revokeToken(world: World, headers: Incoming['headers']): void {
  const token = bearerOf(headers);
  if (token !== undefined) world.remove('tokens', idOf(token));
}

/** A refusal of the token endpoint, which is not an ErrorBody. */
export const renderOauthRefusal = ({ status, code, message, extra }: Refusal): Sent => ({
  status,
  headers: { 'content-type': 'application/json', ...extra.headers },
  bytes: Buffer.from(JSON.stringify({ error: code, description: message, error_description: message })),
});

/** The token endpoint: client credentials, and no other grant. */
export const oauthOperations: readonly Operation[] = [
  {
    service: 'oauth',
    operation: 'postOauthToken',
    route: `POST ${TOKEN_PATH}`,
    permission: [],
    write: true,
    handle: (world, { headers, bytes, caller, now }) => {
      checkGrant(headers['content-type'] ?? '', bytes);
      forgetOldTokens(world, now);
      const { accessTokenValiditySeconds: seconds = DAY } = clientOf(world, caller) ?? {};
      const token = world.uuid();
      const id = idOf(token);
      world.put('tokens', id, { id, clientId: caller, createdAt: now, expiresAt: now + seconds * 1000 });
      return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: seconds - 1 } };
    },
  },
];

function checkGrant(contentType: string, bytes: Uint8Array): void {
  const isForm = contentType.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
  const grant = isForm ? new URLSearchParams(Buffer.from(bytes).toString()).get('grant_type') : null;
  if (grant === null) throw new Refusal(400, 'invalid_request', 'missing required form parameter: grant_type');
  if (grant !== 'client_credentials') {
    throw new Refusal(400, 'unsupported_grant_type', 'the sandbox has the grant type client_credentials only');
  }
}

/** So that a world that is used for long does not fill up with them. */
function forgetOldTokens(world: World, now: number): void {
  for (const { id, expiresAt } of world.list<Token>('tokens')) {
    if (expiresAt <= now) world.remove('tokens', id);
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const idOf = (token: string): string => sha256(token).toString('hex');

const bearerOf = (headers: Incoming['headers']): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
