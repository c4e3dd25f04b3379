import type { Operation, Request } from '../contract.ts';
import { Refusal } from '../contract.ts';
import type { World } from '../world.ts';
import { notFound } from './error-body.ts';
import { clientOf, holds, type OAuthClient } from './oauth.ts';
import { organizationOf } from './organization.ts';
import { invalidQuery, page } from './paging.ts';
import { catalogue, type Permission } from './permission-catalogue.ts';
import { listOf } from './query-values.ts';
import { row } from './row.ts';

const URI = '/api/v2/authorization';

/** A record of `divisions`. */
type Division = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly homeDivision: boolean;
};

/** One role in one division. */
interface Grant {
  readonly roleId: string;
  readonly divisionId: string;
}

/** The roles of a client. Each has one of its own, made of its permissions, in the home division. */
export const grantsOf = (world: World, { id }: OAuthClient): readonly Grant[] => [
  { roleId: roleIdOf(id), divisionId: organizationOf(world).homeDivisionId },
];

const roleIdOf = (clientId: string): string => `${clientId}-role`;

/** What the caller is allowed, where, and what there is to be allowed at all. */
export const authorizationOperations: readonly Operation[] = [
  row({
    operation: 'getAuthorizationSubjectsMe',
    route: `GET ${URI}/subjects/me`,
    handle: (world, { caller }) => {
      const client = clientOf(world, caller);
      const grants = client ? grantsOf(world, client).map((grant) => describeGrant(world, client, grant)) : [];
      return { status: 200, body: { id: caller, name: client?.name ?? '', grants, version: 1 } };
    },
  }),
  row({
    operation: 'getAuthorizationDivisions',
    route: `GET ${URI}/divisions`,
    handle: (world, { query }) => {
      const [ids, name] = [listOf(query, 'id'), query.get('name')?.toLowerCase() ?? ''];
      const found = world
        .list<Division>('divisions')
        .filter((one) => (ids.length === 0 || ids.includes(one.id)) && one.name.toLowerCase().includes(name));
      return { status: 200, body: page(found.map(describeDivision), { uri: `${URI}/divisions`, query }) };
    },
  }),
  row({
    operation: 'getAuthorizationDivisionsHome',
    route: `GET ${URI}/divisions/home`,
    handle: (world) => {
      const home = world.get<Division>('divisions', organizationOf(world).homeDivisionId);
      if (!home) throw notFound();
      return { status: 200, body: describeDivision(home) };
    },
  }),
  row({
    operation: 'getAuthorizationDivisionspermittedPagedMe',
    route: `GET ${URI}/divisionspermitted/paged/me`,
    handle: (world, { query, caller }) => {
      const permission = query.get('permission');
      if (!permission) throw new Refusal(400, 'missing.permission.param', 'Missing required permission parameter');
      const client = clientOf(world, caller);
      const isHeld = client !== undefined && holds(client, permission);
      const found = isHeld ? world.list<Division>('divisions') : [];
      const uri = `${URI}/divisionspermitted/paged/me`;
      return { status: 200, body: { ...page(found.map(describeDivision), { uri, query }), allDivsPermitted: isHeld } };
    },
  }),
  row({
    operation: 'getAuthorizationPermissions',
    route: `GET ${URI}/permissions`,
    handle: (_world, { query }) => ({
      status: 200,
      body: page(collections(query), { uri: `${URI}/permissions`, query }),
    }),
  }),
  row({
    operation: 'getAuthorizationProducts',
    route: `GET ${URI}/products`,
    handle: () => {
      const entities = [{ id: 'cloudCX3' }, { id: 'processAutomation' }];
      return {
        status: 200,
        body: { entities, pageSize: entities.length, pageNumber: 1, total: entities.length, pageCount: 1 },
      };
    },
  }),
  row({
    operation: 'getAuthorizationRole',
    route: `GET ${URI}/roles/{roleId}`,
    permission: ['authorization:role:view'],
    handle: (world, request) => ({ status: 200, body: findRole(world, request) }),
  }),
];

const describeDivision = ({ id, name, description, homeDivision }: Division) => ({
  id,
  name,
  description,
  homeDivision,
  selfUri: `${URI}/divisions/${id}`,
});

function describeGrant(world: World, client: OAuthClient, { roleId, divisionId }: Grant) {
  const division = world.get<Division>('divisions', divisionId);
  return {
    subjectId: client.id,
    ...(division && { division: describeDivision(division) }),
    role: {
      id: roleId,
      name: `${client.name} role`,
      policies: policiesOf(client).map(({ domain, entityName, actionSet }) => ({
        domain,
        entityName,
        actions: actionSet,
      })),
      default: false,
    },
  };
}

/** The permissions of a client as a role lists them: spelled out, by domain and entity. */
function policiesOf(client: OAuthClient) {
  const held = catalogue.filter(({ domain, entityName, action }) => holds(client, `${domain}:${entityName}:${action}`));
  const entities = new Map(held.map(({ domain, entityName }) => [`${domain}:${entityName}`, { domain, entityName }]));
  return [...entities.values()].map(({ domain, entityName }) => ({
    domain,
    entityName,
    actionSet: held.filter((one) => one.domain === domain && one.entityName === entityName).map(({ action }) => action),
  }));
}

function findRole(world: World, { path }: Pick<Request, 'path'>) {
  const client = world.list<OAuthClient>('oauth-clients').find(({ id }) => roleIdOf(id) === path['roleId']);
  if (!client) throw notFound();
  const permissionPolicies = policiesOf(client);
  return {
    id: roleIdOf(client.id),
    name: `${client.name} role`,
    description: '',
    permissionPolicies,
    base: false,
    default: false,
    selfUri: `${URI}/roles/${roleIdOf(client.id)}`,
  };
}

/** The catalogue, a domain each; asked for by `queryType` domain or permission and `query`. */
function collections(query: URLSearchParams) {
  const type = query.get('queryType')?.toLowerCase() ?? '';
  if (!['', 'domain', 'permission'].includes(type)) throw invalidQuery('queryType', type);
  const wanted = query.get('query')?.toLowerCase() ?? '';
  const textOf = ({ domain, entityName, action }: Permission) =>
    type === 'permission' ? `${domain}:${entityName}:${action}` : domain;
  const found = catalogue.filter((one) => textOf(one).toLowerCase().includes(wanted));
  return [...new Set(found.map(({ domain }) => domain))].map((domain) => {
    const own = found.filter((one) => one.domain === domain);
    const permissionMap = Object.fromEntries(
      own.map(({ entityName }) => [
        entityName,
        own
          .filter((one) => one.entityName === entityName)
          .map(({ action }) => ({
            domain,
            entityType: entityName,
            action,
            label: `${domain} ${entityName} ${action}`,
            allowsConditions: false,
            divisionAware: domain !== 'telephony',
          })),
      ]),
    );
    return { id: domain, name: domain, domain, permissionMap };
  });
}
