import * as z from 'zod';
import { type Operation, Refusal, type Request } from '../contract.ts';
import type { World } from '../world.ts';
import { notFound } from './error-body.ts';
import { withdrawAll } from './grants.ts';
import { clientOf, type OAuthClient } from './oauth.ts';
import { page } from './paging.ts';
import { policiesOf } from './permissions.ts';
import { listOf } from './query-values.ts';
import { describeRole, ownRole, ROLES, type RoleRecord, roleOf } from './role-record.ts';
import { row } from './row.ts';

const policy = z.object({
  domain: z.string().min(1),
  entityName: z.string().min(1),
  actionSet: z.array(z.string().min(1)),
  resourceConditionNode: z.never('The sandbox has no conditions of roles').optional(),
});
const changes = z.object({
  name: z.string().trim().min(1).optional(),
  description: z.string().optional(),
  permissions: z.array(z.string()).optional(),
  permissionPolicies: z.array(policy).optional(),
});
type Changes = z.infer<typeof changes>;
const whole = changes.required({ name: true });

/** Roles: found, made, changed whole or in part, and deleted. */
export const roleOperations: readonly Operation[] = [
  row({
    operation: 'getAuthorizationRoles',
    route: `GET ${ROLES}`,
    permission: ['authorization:role:view'],
    handle: (world, request) => {
      const { query } = request;
      const [name, ids] = [query.get('name')?.toLowerCase(), listOf(query, 'id')];
      const found = allRoles(world, request)
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .filter((role) => name === undefined || role.name.toLowerCase().includes(name));
      return { status: 200, body: page(found.map(describeRole), { uri: ROLES, query }) };
    },
  }),
  row({
    operation: 'postAuthorizationRoles',
    route: `POST ${ROLES}`,
    permission: ['authorization:role:add'],
    body: whole,
    handle: (world, { body, now }) => {
      const role = { id: world.uuid(), name: '', description: '', permissions: [], createdAt: now };
      return { status: 200, body: describeRole(keep(world, role, body)) };
    },
  }),
  row({
    operation: 'getAuthorizationRole',
    route: `GET ${ROLES}/{roleId}`,
    permission: ['authorization:role:view'],
    handle: (world, request) => ({ status: 200, body: describeRole(roleIn(world, request)) }),
  }),
  row({
    operation: 'putAuthorizationRole',
    route: `PUT ${ROLES}/{roleId}`,
    permission: ['authorization:role:edit'],
    body: whole,
    handle: (world, request) => {
      const role = { ...changeableRole(world, request), description: '', permissions: [] };
      return { status: 200, body: describeRole(keep(world, role, request.body)) };
    },
  }),
  row({
    operation: 'patchAuthorizationRole',
    route: `PATCH ${ROLES}/{roleId}`,
    permission: ['authorization:role:edit'],
    body: changes,
    handle: (world, request) => ({
      status: 200,
      body: describeRole(keep(world, changeableRole(world, request), request.body)),
    }),
  }),
  row({
    operation: 'deleteAuthorizationRole',
    route: `DELETE ${ROLES}/{roleId}`,
    permission: ['authorization:role:delete'],
    handle: (world, request) => {
      const role = changeableRole(world, request);
      withdrawAll(world, ({ roleId }) => roleId === role.id);
      world.put<RoleRecord>('authorization-roles', role.id, { ...role, deletedAt: request.now });
      return { status: 204 };
    },
  }),
];

type Asked = Pick<Request, 'path' | 'passed'>;

/** Roles by hand first, then those that were made; one that was deleted is still seen for a while. */
const allRoles = (world: World, asked: Asked): readonly RoleRecord[] => [
  ...world.list<OAuthClient>('oauth-clients').flatMap((client) => ownRole(client) ?? []),
  ...world.list<RoleRecord>('authorization-roles').filter((role) => isSeen(role, asked)),
];

const isSeen = ({ id, deletedAt }: RoleRecord, { passed }: Asked): boolean =>
  deletedAt === undefined || !passed('role.gone', deletedAt, id);

function roleIn(world: World, asked: Asked): RoleRecord {
  const id = asked.path['roleId'] ?? '';
  const role = world.get<RoleRecord>('authorization-roles', id) ?? roleOf(world, id);
  if (!role || !isSeen(role, asked)) throw notFound();
  return role;
}

function changeableRole(world: World, { path }: Asked): RoleRecord {
  const id = path['roleId'] ?? '';
  if (clientOf(world, id)?.permissions)
    throw new Refusal(400, 'bad.request', 'The role of a client of the sandbox is changed with the client.');
  const role = roleOf(world, id);
  if (!role) throw notFound();
  return role;
}

/** As the vendor does it: whether there is such a permission is not looked at. */
function keep(world: World, before: RoleRecord, { name, description, permissions, permissionPolicies }: Changes) {
  const isAboutPermissions = permissions !== undefined || permissionPolicies !== undefined;
  const wanted = [
    ...(permissions ?? []),
    ...(permissionPolicies ?? []).flatMap(({ domain, entityName, actionSet }) =>
      actionSet.map((action) => `${domain}:${entityName}:${action}`),
    ),
  ];
  const spelledOut = policiesOf(wanted).flatMap(({ domain, entityName, actions }) =>
    actions.map((action) => `${domain}:${entityName}:${action}`),
  );
  return world.put<RoleRecord>('authorization-roles', before.id, {
    ...before,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(isAboutPermissions && { permissions: spelledOut }),
  });
}
