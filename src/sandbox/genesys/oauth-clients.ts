import * as z from 'zod';
import { type Operation, Refusal, type Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';
import { grant, grantsOf, knownGrantsOf, withdrawAll } from './grants.ts';
import { clientOf, type OAuthClient } from './oauth.ts';
import { page } from './paging.ts';
import { row } from './row.ts';

const CLIENTS = '/api/v2/oauth/clients';
const GRANT_TYPE = 'CLIENT-CREDENTIALS';
const DAY = 86_400;

const body = z.object({
  name: z.string().trim().min(1),
  description: z.string().optional(),
  // They are refused in words of their own.
  authorizedGrantType: z.string().optional(),
  state: z.string().optional(),
  accessTokenValiditySeconds: z.number().int().min(300).max(172_800).default(DAY),
  roleDivisions: z.array(z.object({ roleId: z.string(), divisionId: z.string() })).default([]),
  roleIds: z.never('The sandbox takes roles with their divisions: roleDivisions').optional(),
});
type Body = z.infer<typeof body>;

/** OAuth clients: found, made, changed, given another secret, and deleted once they are inactive. */
export const oauthClientOperations: readonly Operation[] = [
  row({
    operation: 'getOauthClients',
    route: `GET ${CLIENTS}`,
    permission: ['oauth:client:view'],
    handle: (world) => {
      const all = world.list<OAuthClient>('oauth-clients').map((client) => describeClient(world, client));
      // All at once, whatever is asked for.
      const query = new URLSearchParams({ pageSize: String(Math.max(all.length, 1)) });
      return { status: 200, body: page(all, { uri: CLIENTS, query }, Number.MAX_SAFE_INTEGER) };
    },
  }),
  row({
    operation: 'postOauthClients',
    route: `POST ${CLIENTS}`,
    permission: ['oauth:client:add'],
    body,
    handle: (world, request) => {
      checkBody(world, request);
      const made = { id: world.uuid(), secret: newSecret(world), createdAt: request.now };
      return { status: 200, body: { ...keep(world, made, request), secret: made.secret } };
    },
  }),
  row({
    operation: 'getOauthClient',
    route: `GET ${CLIENTS}/{clientId}`,
    permission: ['oauth:client:view'],
    handle: (world, request) => ({ status: 200, body: describeClient(world, clientIn(world, request)) }),
  }),
  row({
    operation: 'putOauthClient',
    route: `PUT ${CLIENTS}/{clientId}`,
    permission: ['oauth:client:edit'],
    body,
    handle: (world, request) => {
      const client = clientIn(world, request);
      checkBody(world, request);
      return { status: 200, body: keep(world, client, request) };
    },
  }),
  row({
    operation: 'deleteOauthClient',
    route: `DELETE ${CLIENTS}/{clientId}`,
    permission: ['oauth:client:delete'],
    handle: (world, request) => {
      const client = clientIn(world, request);
      if (client.state !== 'inactive')
        throw new Refusal(400, 'cannot.delete.client', 'Only a client that is inactive can be deleted.');
      withdrawAll(world, ({ subjectId }) => subjectId === client.id);
      world.remove('oauth-clients', client.id);
      return { status: 204 };
    },
  }),
  row({
    operation: 'postOauthClientSecret',
    route: `POST ${CLIENTS}/{clientId}/secret`,
    permission: ['oauth:client:edit'],
    handle: (world, request) => {
      const client = clientOf(world, request.path['clientId'] ?? '');
      if (!client) throw notFound();
      checkRoles(world, request, grantsOf(world, client));
      const secret = newSecret(world);
      world.put<OAuthClient>('oauth-clients', client.id, { ...client, secret });
      return { status: 200, body: { ...describeClient(world, client), secret } };
    },
  }),
];

const newSecret = (world: World): string => `${world.uuid()}${world.uuid()}`.replaceAll('-', '');

function clientIn(world: World, { path }: Pick<Request, 'path'>): OAuthClient {
  const client = clientOf(world, path['clientId'] ?? '');
  if (!client) throw notFound('client.not.found', 'The OAuth client was not found.');
  return client;
}

function checkBody(world: World, request: Request<Body>): void {
  const { authorizedGrantType, state, roleDivisions } = request.body;
  if (!authorizedGrantType) throw new Refusal(400, 'grant.type.required', 'A grant type is required.');
  if (authorizedGrantType !== GRANT_TYPE)
    throw new Refusal(400, 'bad.grant.type', `The sandbox has the grant type ${GRANT_TYPE} only.`);
  if (state !== undefined && !isState(state)) throw new Refusal(400, 'bad.client.state', 'There is no such state.');
  if (roleDivisions.length === 0)
    throw new Refusal(400, 'missing.client.roles', 'A client of this grant type needs a role.');
  checkRoles(world, request, roleDivisions);
  const isLost = ({ divisionId }: { divisionId: string }) =>
    divisionId !== '*' && world.get('divisions', divisionId) === undefined;
  if (roleDivisions.some(isLost)) throw new Refusal(400, 'invalid.value', 'There is no such division.');
}

const STATES = ['active', 'disabled', 'inactive'] as const;
const isState = (text: string): text is (typeof STATES)[number] => STATES.some((one) => one === text);

/** Nobody hands out a role that they do not hold. */
function checkRoles(world: World, request: Request<unknown>, roles: readonly { readonly roleId: string }[]): void {
  const caller = clientOf(world, request.caller);
  const held = caller ? knownGrantsOf(world, caller, request).map(({ roleId }) => roleId) : [];
  if (roles.every(({ roleId }) => held.includes(roleId))) return;
  throw new Refusal(400, 'bad.client.role', 'The user does not have access to some of the specified roles.');
}

/** Its roles are those of the body and no others. */
function keep(world: World, before: Omit<OAuthClient, 'name'>, { body: wanted, now }: Request<Body>): Item {
  const { name, description, state, accessTokenValiditySeconds, roleDivisions } = wanted;
  const client = world.put<OAuthClient>('oauth-clients', before.id, {
    ...before,
    name,
    accessTokenValiditySeconds,
    ...(description !== undefined && { description }),
    ...(state !== undefined && isState(state) && { state }),
  });
  const subjectId = client.id;
  const isWanted = (one: { roleId: string; divisionId: string }) =>
    roleDivisions.some(({ roleId, divisionId }) => roleId === one.roleId && divisionId === one.divisionId);
  withdrawAll(world, (one) => one.subjectId === subjectId && !isWanted(one));
  for (const { roleId, divisionId } of roleDivisions) grant(world, { subjectId, roleId, divisionId }, now);
  return describeClient(world, client);
}

/** Its secret is shown only when it is made. */
function describeClient(world: World, client: OAuthClient): Item {
  const { id, name, description = '', accessTokenValiditySeconds = DAY, state = 'active', createdAt } = client;
  return {
    id,
    name,
    description,
    accessTokenValiditySeconds,
    authorizedGrantType: GRANT_TYPE,
    scope: [],
    roleDivisions: grantsOf(world, client).map(({ roleId, divisionId }) => ({ roleId, divisionId })),
    state,
    dateCreated: new Date(createdAt).toISOString(),
    selfUri: `${CLIENTS}/${id}`,
  };
}
