import * as z from 'zod';
import type { Genesys } from '../clients/genesys.ts';
import { VendorError } from '../clients/vendor-error.ts';
import type { Grant } from './grants.ts';

const subjectSchema = z.object({
  grants: z
    .array(
      z.object({
        division: z.object({ id: z.string(), homeDivision: z.boolean().nullish() }).nullish(),
        role: z.object({
          policies: z
            .array(
              z.object({
                domain: z.string(),
                entityName: z.string(),
                actions: z.array(z.string()).nullish(),
                condition: z.unknown().optional(),
              }),
            )
            .nullish(),
        }),
      }),
    )
    .nullish(),
});

const clientSchema = z.object({
  roleDivisions: z.array(z.object({ roleId: z.string(), divisionId: z.string().nullish() })).nullish(),
});

const roleSchema = z.object({
  permissions: z.array(z.string()).nullish(),
  permissionPolicies: z
    .array(
      z.object({
        domain: z.string(),
        entityName: z.string(),
        actionSet: z.array(z.string()).nullish(),
        resourceConditionNode: z.unknown().optional(),
      }),
    )
    .nullish(),
});

const EVERYWHERE = '*';

/** What the OAuth client was granted; undefined where it may see neither its own grants nor its roles. */
export async function readGrants(genesys: Genesys, clientId: string): Promise<readonly Grant[] | undefined> {
  const own = await ifTold(() => ownGrants(genesys));
  // It is not documented that a client without a user sees its grants so; seeing none says nothing.
  if (own && own.length > 0) return own;
  return ifTold(() => grantsOfRoles(genesys, clientId));
}

async function ifTold<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof VendorError && [400, 403, 404].includes(error.status ?? 0)) return undefined;
    throw error;
  }
}

async function ownGrants(genesys: Genesys): Promise<readonly Grant[]> {
  const operation = 'GET /api/v2/authorization/subjects/me';
  const { grants } = await genesys.call({ operation, schema: subjectSchema });
  return (grants ?? []).flatMap(({ division, role }) =>
    (role.policies ?? []).flatMap(({ domain, entityName, actions, condition }) =>
      (actions ?? []).map((action) => ({
        permission: `${domain}:${entityName}:${action}`,
        divisionId: division?.id ?? EVERYWHERE,
        isHome: division?.homeDivision === true ? true : undefined,
        isConditional: Boolean(condition),
      })),
    ),
  );
}

/** The long way: the client, its roles, and what each of them permits. */
async function grantsOfRoles(genesys: Genesys, clientId: string): Promise<readonly Grant[]> {
  const operation = 'GET /api/v2/oauth/clients/{clientId}';
  const { roleDivisions } = await genesys.call({ operation, path: { clientId }, schema: clientSchema });
  const all = roleDivisions ?? [];
  const ids = [...new Set(all.map(({ roleId }) => roleId))];
  const roles = new Map(await Promise.all(ids.map(async (id) => [id, await permissionsOf(genesys, id)] as const)));
  return all.flatMap(({ roleId, divisionId }) =>
    (roles.get(roleId) ?? []).map((permission) => ({ ...permission, divisionId: divisionId ?? EVERYWHERE })),
  );
}

async function permissionsOf(genesys: Genesys, roleId: string): Promise<readonly Omit<Grant, 'divisionId'>[]> {
  const operation = 'GET /api/v2/authorization/roles/{roleId}';
  const { permissions, permissionPolicies } = await genesys.call({ operation, path: { roleId }, schema: roleSchema });
  const ofPolicies = (permissionPolicies ?? []).flatMap(({ domain, entityName, actionSet, resourceConditionNode }) =>
    (actionSet ?? []).map((action) => ({
      permission: `${domain}:${entityName}:${action}`,
      isConditional: Boolean(resourceConditionNode),
    })),
  );
  // A plain list says nothing of conditions, so it counts only where there are no policies.
  const plain = (permissions ?? []).map((permission) => ({ permission, isConditional: false }));
  return ofPolicies.length > 0 ? ofPolicies : plain;
}
