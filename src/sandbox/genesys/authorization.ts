import { type Operation, Refusal } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { type DivisionRecord, describeDivision, holds, homeDivision } from './grants.ts';
import { clientOf } from './oauth.ts';
import { organizationOf } from './organization.ts';
import { page } from './paging.ts';
import { PERMISSIONS } from './permissions.ts';
import { listOf, wordOf } from './query-values.ts';
import { roleOperations } from './roles.ts';
import { row } from './row.ts';
import { subjectOperations } from './subjects.ts';

const URI = '/api/v2/authorization';

/** Who may do what, and where. */
export const authorizationOperations: readonly Operation[] = [
  row({
    operation: 'getAuthorizationDivisions',
    route: `GET ${URI}/divisions`,
    handle: (world, { query }) => {
      const [name, ids] = [query.get('name')?.toLowerCase(), listOf(query, 'id')];
      const found = divisionsOf(world)
        .filter((division) => ids.length === 0 || ids.includes(division.id))
        .filter((division) => name === undefined || division.name.toLowerCase().includes(name));
      return { status: 200, body: page(found.map(describeDivision), { uri: `${URI}/divisions`, query }) };
    },
  }),
  row({
    operation: 'getAuthorizationDivisionsHome',
    route: `GET ${URI}/divisions/home`,
    handle: (world) => ({ status: 200, body: describeDivision(homeDivision(world)) }),
  }),
  row({
    operation: 'getAuthorizationDivisionspermittedPagedMe',
    route: `GET ${URI}/divisionspermitted/paged/me`,
    handle: (world, request) => {
      const { query, caller } = request;
      const permission = query.get('permission');
      if (!permission)
        throw new Refusal(400, 'missing.permission.param', 'The query parameter permission is required.');
      const client = clientOf(world, caller);
      const allDivsPermitted = client !== undefined && holds(world, client, permission, request);
      const permitted = allDivsPermitted ? divisionsOf(world).map(describeDivision) : [];
      const uri = `${URI}/divisionspermitted/paged/me`;
      return { status: 200, body: { ...page(permitted, { uri, query }), allDivsPermitted } };
    },
  }),
  row({
    operation: 'getAuthorizationPermissions',
    route: `GET ${URI}/permissions`,
    handle: (world, { query }) => ({
      status: 200,
      body: page(findPermissions(world, query), { uri: `${URI}/permissions`, query }),
    }),
  }),
  row({
    operation: 'getAuthorizationProducts',
    route: `GET ${URI}/products`,
    handle: () => ({
      status: 200,
      body: { entities: PRODUCTS, pageSize: PRODUCTS.length, pageNumber: 1, total: PRODUCTS.length, pageCount: 1 },
    }),
  }),
  ...roleOperations,
  ...subjectOperations,
];

const PRODUCTS = [{ id: 'cloudCX3' }, { id: 'processAutomation' }];

const divisionsOf = (world: World): readonly DivisionRecord[] => world.list<DivisionRecord>('divisions');

/** By domain; a domain is found by its name, a permission by any part of `domain:entity:action`. */
function findPermissions(world: World, query: URLSearchParams): readonly Item[] {
  const wanted = query.get('query')?.toLowerCase();
  const isByDomain = wordOf(query, 'queryType', ['domain', 'permission']) === 'domain';
  const fits = (domain: string, permission: string) =>
    wanted === undefined || (isByDomain ? domain.toLowerCase() === wanted : permission.toLowerCase().includes(wanted));
  const { unlicensed = [] } = organizationOf(world);
  const licensed = Object.entries(PERMISSIONS).filter(([domain]) => !unlicensed.includes(domain));
  return licensed.flatMap(([domain, entities]) => {
    const found = Object.entries(entities).flatMap(([entityType, actions]) => {
      const fitting = actions.filter((action) => fits(domain, `${domain}:${entityType}:${action}`));
      return fitting.length > 0 ? [[entityType, fitting.map(describePermission(domain, entityType))]] : [];
    });
    return found.length > 0 ? [{ id: domain, name: domain, domain, permissionMap: Object.fromEntries(found) }] : [];
  });
}

const describePermission = (domain: string, entityType: string) => (action: string) => ({
  domain,
  entityType,
  action,
  label: `${domain} > ${entityType} > ${action}`,
  allowsConditions: false,
  divisionAware: domain === 'architect' && entityType === 'flow',
});
