import * as z from 'zod';
import { Refusal } from '../../contract.ts';
import type { AwsOperation } from '../operation.ts';
import { page, paging, roleName, tagKeys, tags } from './members.ts';
import { type Role, roleCalled, roleRow } from './role.ts';

/** Throws unless IAM takes these tags. */
export function checkTags(wanted: Role['Tags']): void {
  const keys = wanted.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length)
    throw new Refusal(400, 'InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  if (keys.some((key) => key.startsWith('aws:')))
    throw new Refusal(400, 'InvalidInput', 'Tag keys that begin with aws: are reserved for system use.');
}

const isIn = (keys: readonly string[], key: string): boolean =>
  keys.some((one) => one.toLowerCase() === key.toLowerCase());

/** The tags of roles. */
export const roleTagOperations: readonly AwsOperation[] = [
  roleRow({
    operation: 'TagRole',
    body: z.object({ RoleName: roleName, Tags: tags }),
    handle: (world, { body }) => {
      const role = roleCalled(world, body.RoleName);
      checkTags(body.Tags);
      const keys = body.Tags.map(({ Key }) => Key);
      const Tags = [...role.Tags.filter(({ Key }) => !isIn(keys, Key)), ...body.Tags];
      if (Tags.length > 50)
        throw new Refusal(409, 'LimitExceeded', 'Failed TagRole operation. Maximum number of tags is 50.');
      world.put<Role>('roles', role.RoleName, { ...role, Tags });
      return { status: 200 };
    },
  }),
  roleRow({
    operation: 'UntagRole',
    body: z.object({ RoleName: roleName, TagKeys: tagKeys }),
    handle: (world, { body }) => {
      const role = roleCalled(world, body.RoleName);
      const Tags = role.Tags.filter(({ Key }) => !isIn(body.TagKeys, Key));
      if (Tags.length < role.Tags.length) world.put<Role>('roles', role.RoleName, { ...role, Tags });
      return { status: 200 };
    },
  }),
  roleRow({
    operation: 'ListRoleTags',
    body: z.object({ RoleName: roleName, ...paging }),
    handle: (world, { body }) => {
      const { items, more } = page(roleCalled(world, body.RoleName).Tags, body);
      return { status: 200, body: { Tags: items, ...more } };
    },
  }),
];
