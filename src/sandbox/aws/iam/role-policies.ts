import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import type { AwsOperation } from '../operation.ts';
import { managedPolicies } from './managed-policies.ts';
import { document, page, paging, policyArn, policyName, roleName } from './members.ts';
import { type Role, readDocument, roleCalled, roleRow } from './role.ts';

const named = z.object({ RoleName: roleName, PolicyName: policyName });
const putBody = named.extend({ PolicyDocument: document });
const attachBody = z.object({ RoleName: roleName, PolicyArn: policyArn });

function inlineOf({ inline, RoleName }: Role, name: string): string {
  const text = Object.hasOwn(inline, name) ? inline[name] : undefined;
  if (text !== undefined) return text;
  throw new Refusal(404, 'NoSuchEntity', `The role policy with name ${name} cannot be found.`, { body: { RoleName } });
}

function put(world: World, { body }: Request<z.infer<typeof putBody>>): Reply {
  const role = roleCalled(world, body.RoleName);
  readDocument(body.PolicyDocument, 'identity');
  const inline = { ...role.inline, [body.PolicyName]: body.PolicyDocument };
  if (Object.values(inline).join('').replace(/\s/g, '').length > 10_240) {
    const text = `Maximum policy size of 10240 bytes exceeded for role ${role.RoleName}`;
    throw new Refusal(409, 'LimitExceeded', text);
  }
  world.put<Role>('roles', role.RoleName, { ...role, inline });
  return { status: 200 };
}

function attach(world: World, { body }: Request<z.infer<typeof attachBody>>): Reply {
  const role = roleCalled(world, body.RoleName);
  if (!managedPolicies.has(body.PolicyArn))
    throw new Refusal(404, 'NoSuchEntity', `Policy ${body.PolicyArn} does not exist or is not attachable.`);
  if (!role.attached.includes(body.PolicyArn))
    world.put<Role>('roles', role.RoleName, { ...role, attached: [...role.attached, body.PolicyArn] });
  return { status: 200 };
}

function detach(world: World, { body }: Request<z.infer<typeof attachBody>>): Reply {
  const role = roleCalled(world, body.RoleName);
  if (!role.attached.includes(body.PolicyArn))
    throw new Refusal(404, 'NoSuchEntity', `Policy ${body.PolicyArn} was not found.`);
  const attached = role.attached.filter((arn) => arn !== body.PolicyArn);
  world.put<Role>('roles', role.RoleName, { ...role, attached });
  return { status: 200 };
}

const listBody = z.object({ RoleName: roleName, ...paging });

/** The policies of roles: their own, and AWS's that are attached to them. */
export const rolePolicyOperations: readonly AwsOperation[] = [
  roleRow({ operation: 'PutRolePolicy', body: putBody, handle: put }),
  roleRow({
    operation: 'GetRolePolicy',
    body: named,
    handle: (world, { body: { RoleName, PolicyName } }) => {
      const text = inlineOf(roleCalled(world, RoleName), PolicyName);
      return { status: 200, body: { RoleName, PolicyName, PolicyDocument: encodeURIComponent(text) } };
    },
  }),
  roleRow({
    operation: 'ListRolePolicies',
    body: listBody,
    handle: (world, { body }) => {
      const { items, more } = page(Object.keys(roleCalled(world, body.RoleName).inline).sort(), body);
      return { status: 200, body: { PolicyNames: items, ...more } };
    },
  }),
  roleRow({
    operation: 'DeleteRolePolicy',
    body: named,
    handle: (world, { body: { RoleName, PolicyName } }) => {
      const role = roleCalled(world, RoleName);
      inlineOf(role, PolicyName);
      const inline = Object.fromEntries(Object.entries(role.inline).filter(([name]) => name !== PolicyName));
      world.put<Role>('roles', RoleName, { ...role, inline });
      return { status: 200 };
    },
  }),
  roleRow({ operation: 'AttachRolePolicy', body: attachBody, handle: attach }),
  roleRow({ operation: 'DetachRolePolicy', body: attachBody, handle: detach }),
  roleRow({
    operation: 'ListAttachedRolePolicies',
    body: listBody,
    handle: (world, { body }) => {
      const { items, more } = page(roleCalled(world, body.RoleName).attached, body);
      const AttachedPolicies = items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn }));
      return { status: 200, body: { AttachedPolicies, ...more } };
    },
  }),
  roleRow({
    operation: 'ListInstanceProfilesForRole',
    body: listBody,
    handle: (world, { body }) => {
      roleCalled(world, body.RoleName);
      return { status: 200, body: { InstanceProfiles: [], IsTruncated: false } };
    },
  }),
];
