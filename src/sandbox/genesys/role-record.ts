import type { Item, World } from '../world.ts';
import { clientOf, type OAuthClient } from './oauth.ts';
import { policiesOf } from './permissions.ts';

/** A record of `authorization-roles`; `roles` are those of AWS. */
export type RoleRecord = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** `domain:entity:action`, of which Genesys Cloud need not know each. */
  readonly permissions: readonly string[];
  readonly createdAt: number;
  readonly deletedAt?: number | undefined;
};

export const ROLES = '/api/v2/authorization/roles';

/** The role of this id, or the own role of the client of this id; undefined where there is none, or none any more. */
export function roleOf(world: World, id: string): RoleRecord | undefined {
  const role = world.get<RoleRecord>('authorization-roles', id);
  if (role) return role.deletedAt === undefined ? role : undefined;
  const client = clientOf(world, id);
  return client && ownRole(client);
}

/** The one role that a client which was put here by hand has of its own. */
export const ownRole = ({ id, name, permissions, createdAt }: OAuthClient): RoleRecord | undefined =>
  permissions && { id, name: `Role of ${name}`, description: '', permissions, createdAt };

/** A role as the API shows it. Stars are spelled out. */
export const describeRole = ({ id, name, description, permissions }: RoleRecord): Item => ({
  id,
  name,
  description,
  permissions: [],
  permissionPolicies: policiesOf(permissions).map(({ domain, entityName, actions }) => ({
    domain,
    entityName,
    actionSet: actions,
    allowConditions: false,
  })),
  default: false,
  base: false,
  selfUri: `${ROLES}/${id}`,
});
