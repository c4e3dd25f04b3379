import type { Operation } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';
import { grantsOf } from './grants.ts';
import { clientOf, type OAuthClient } from './oauth.ts';
import { page } from './paging.ts';
import { policiesOf } from './permissions.ts';
import { listOf } from './query-values.ts';
import { row } from './row.ts';

const ROLES = '/api/v2/authorization/roles';
const CLIENTS = '/api/v2/oauth/clients';

/** What a client may do, read the long way: the client, its roles, their policies. */
export const roleOperations: readonly Operation[] = [
  row({
    operation: 'getAuthorizationRoles',
    route: `GET ${ROLES}`,
    permission: ['authorization:role:view'],
    handle: (world, { query }) => {
      const [name, ids] = [query.get('name')?.toLowerCase(), listOf(query, 'id')];
      const found = world
        .list<OAuthClient>('oauth-clients')
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .map(describeRole)
        .filter((role) => name === undefined || role.name.toLowerCase().includes(name));
      return { status: 200, body: page(found, { uri: ROLES, query }) };
    },
  }),
  row({
    operation: 'getAuthorizationRole',
    route: `GET ${ROLES}/{roleId}`,
    permission: ['authorization:role:view'],
    handle: (world, { path }) => {
      const client = clientOf(world, path['roleId'] ?? '');
      if (!client) throw notFound();
      return { status: 200, body: describeRole(client) };
    },
  }),
  row({
    operation: 'getOauthClient',
    route: `GET ${CLIENTS}/{clientId}`,
    permission: ['oauth:client:view'],
    handle: (world, { path }) => {
      const client = clientOf(world, path['clientId'] ?? '');
      if (!client) throw notFound('client.not.found', 'The OAuth client was not found.');
      return { status: 200, body: describeClient(world, client) };
    },
  }),
];

/** The name of the one role that a client has. */
export const roleName = ({ name }: OAuthClient): string => `Role of ${name}`;

const describeRole = (client: OAuthClient) => ({
  id: client.id,
  name: roleName(client),
  description: '',
  permissions: client.permissions,
  permissionPolicies: policiesOf(client.permissions).map(({ domain, entityName, actions }) => ({
    domain,
    entityName,
    actionSet: actions,
    allowConditions: false,
  })),
  default: false,
  base: false,
  selfUri: `${ROLES}/${client.id}`,
});

/** Its secret is shown only when it is made. */
function describeClient(world: World, client: OAuthClient): Item {
  const { id, name, accessTokenValiditySeconds = 86_400, state = 'active', createdAt } = client;
  return {
    id,
    name,
    accessTokenValiditySeconds,
    authorizedGrantType: 'CLIENT-CREDENTIALS',
    scope: [],
    roleDivisions: grantsOf(world, client),
    state,
    dateCreated: new Date(createdAt).toISOString(),
    selfUri: `${CLIENTS}/${id}`,
  };
}
