import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import { type AwsOperation, newId, placeOf } from '../operation.ts';
import { description, document, maxSessionDuration, page, paging, path, roleName, tags } from './members.ts';
import { checkPrincipals, type Role, readDocument, roleArn, roleCalled, roleRow, showRole } from './role.ts';
import { checkTags } from './role-tags.ts';

const createBody = z.object({
  RoleName: roleName,
  Path: path.optional(),
  AssumeRolePolicyDocument: document,
  Description: description.optional(),
  MaxSessionDuration: maxSessionDuration.optional(),
  Tags: tags.optional(),
  // It would bound what the role may do, which is not evaluated here.
  PermissionsBoundary: z.never('The sandbox has no permissions boundaries').optional(),
});

/** Its quota is counted without white space. */
function checkTrustSize(text: string): void {
  if (text.replace(/\s/g, '').length > 2048)
    throw new Refusal(409, 'LimitExceeded', 'Cannot exceed quota for ACLSizePerRole: 2048');
}

function readTrust(world: World, text: string): void {
  checkTrustSize(text);
  checkPrincipals(world, placeOf(world), readDocument(text, 'trust'));
}

function create(world: World, { body, now }: Request<z.infer<typeof createBody>>): Reply {
  const { RoleName, Path = '/', AssumeRolePolicyDocument, Description, Tags = [] } = body;
  readTrust(world, AssumeRolePolicyDocument);
  checkTags(Tags);
  if (isTaken(world, RoleName))
    throw new Refusal(409, 'EntityAlreadyExists', `Role with name ${RoleName} already exists.`);
  const role = world.put<Role>('roles', RoleName, {
    RoleName,
    RoleId: newId(world, 'AROA', 21),
    Arn: roleArn(placeOf(world), RoleName, Path),
    Path,
    ...(Description !== undefined && { Description }),
    MaxSessionDuration: body.MaxSessionDuration ?? 3600,
    AssumeRolePolicyDocument,
    inline: {},
    attached: [],
    Tags,
    createdAt: now,
  });
  return { status: 200, body: { Role: { ...showRole(role), Tags: role.Tags } } };
}

/** Two roles must differ in more than case. */
const isTaken = (world: World, name: string): boolean =>
  world.list<Role>('roles').some(({ RoleName }) => RoleName.toLowerCase() === name.toLowerCase());

function remove(world: World, { body }: Request<{ RoleName: string }>): Reply {
  const { RoleName, inline, attached } = roleCalled(world, body.RoleName);
  if (attached.length > 0)
    throw new Refusal(409, 'DeleteConflict', 'Cannot delete entity, must detach all policies first.');
  if (Object.keys(inline).length > 0)
    throw new Refusal(409, 'DeleteConflict', 'Cannot delete entity, must delete policies first.');
  world.remove('roles', RoleName);
  return { status: 200 };
}

const updateBody = z.object({
  RoleName: roleName,
  Description: description.optional(),
  MaxSessionDuration: maxSessionDuration.optional(),
});

function update(world: World, { body }: Request<z.infer<typeof updateBody>>): Role {
  const { Description, MaxSessionDuration } = body;
  const role = roleCalled(world, body.RoleName);
  return world.put<Role>('roles', role.RoleName, {
    ...role,
    ...(Description !== undefined && { Description }),
    ...(MaxSessionDuration !== undefined && { MaxSessionDuration }),
  });
}

/** Roles themselves: made, shown, changed and deleted. */
export const roleOperations: readonly AwsOperation[] = [
  roleRow({
    operation: 'CreateRole',
    body: createBody,
    also: ({ account }, { body }) =>
      body.Tags
        ? [{ action: 'iam:TagRole', resource: roleArn({ account, region: '' }, body.RoleName, body.Path) }]
        : [],
    handle: create,
  }),
  roleRow({
    operation: 'GetRole',
    body: z.object({ RoleName: roleName }),
    handle: (world, { body }) => {
      const role = roleCalled(world, body.RoleName);
      const Tags = role.Tags.length > 0 ? role.Tags : undefined;
      return { status: 200, body: { Role: { ...showRole(role), Tags, RoleLastUsed: {} } } };
    },
  }),
  roleRow({
    operation: 'ListRoles',
    resource: () => '*',
    body: z.object({ PathPrefix: z.string().max(512).optional(), ...paging }),
    handle: (world, { body }) => {
      const fitting = world.list<Role>('roles').filter(({ Path }) => Path.startsWith(body.PathPrefix ?? '/'));
      const sorted = [...fitting].sort((a, b) => (a.RoleName < b.RoleName ? -1 : 1));
      const { items, more } = page(sorted, body);
      return { status: 200, body: { Roles: items.map(showRole), ...more } };
    },
  }),
  roleRow({ operation: 'DeleteRole', body: z.object({ RoleName: roleName }), handle: remove }),
  roleRow({
    operation: 'UpdateRole',
    body: updateBody,
    handle: (world, request) => {
      update(world, request);
      return { status: 200, body: {} };
    },
  }),
  roleRow({
    operation: 'UpdateRoleDescription',
    body: z.object({ RoleName: roleName, Description: description }),
    handle: (world, request) => ({ status: 200, body: { Role: showRole(update(world, request)) } }),
  }),
  roleRow({
    operation: 'UpdateAssumeRolePolicy',
    body: z.object({ RoleName: roleName, PolicyDocument: document }),
    handle: (world, { body }) => {
      const role = roleCalled(world, body.RoleName);
      readTrust(world, body.PolicyDocument);
      world.put<Role>('roles', role.RoleName, { ...role, AssumeRolePolicyDocument: body.PolicyDocument });
      return { status: 200 };
    },
  }),
];
