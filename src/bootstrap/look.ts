import * as z from 'zod';
import type { Genesys } from '../clients/genesys.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { orAbsent } from '../resources/vendor.ts';
import { CLIENT_NAME, isMarked, ROLE_NAME } from './wanted.ts';

const namedSchema = z.object({ id: z.string(), name: z.string(), description: z.string().nullish() });
type Named = z.infer<typeof namedSchema>;

/** A role in a division. */
const roleDivision = z.object({ roleId: z.string(), divisionId: z.string() });

const roleSchema = namedSchema.extend({
  permissionPolicies: z
    .array(z.object({ domain: z.string(), entityName: z.string(), actionSet: z.array(z.string()).nullish() }))
    .nullish(),
});
export type FoundRole = z.infer<typeof roleSchema>;

const clientSchema = namedSchema.extend({
  state: z.string().nullish(),
  accessTokenValiditySeconds: z.number().nullish(),
  roleDivisions: z.array(roleDivision).nullish(),
});
export type FoundClient = z.infer<typeof clientSchema>;

/** What there is of ours in the organization. */
export interface Found {
  readonly role: FoundRole | undefined;
  readonly client: FoundClient | undefined;
  /** Ids of the divisions in which the administrator's own client has our role: a run that was killed left it so. */
  readonly left: readonly string[];
}

/** Looks for the role and the client that we made. Throws where something else has their names. */
export async function look(genesys: Genesys, administrator: string): Promise<Found> {
  const [roles, clients] = await Promise.all([
    genesys.page({ operation: 'GET /api/v2/authorization/roles', schema: namedSchema }),
    // This list has no pages.
    genesys.call({ operation: 'GET /api/v2/oauth/clients', schema: z.object({ entities: z.array(namedSchema) }) }),
  ]);
  const [listedRole, listedClient] = [
    ours(roles, 'role', ROLE_NAME),
    ours(clients.entities, 'OAuth client', CLIENT_NAME),
  ];
  const [role, client] = await Promise.all([
    listedRole && wholeRole(genesys, listedRole.id),
    listedClient && wholeClient(genesys, listedClient.id),
  ]);
  if (client?.id === administrator)
    throw new SetupError('These are the credentials of the client that eo-setup made, and not of an administrator.', {
      exit: exitCode.usage,
      hint: 'Sign in with an OAuth client that may manage roles and clients, such as one with the role Master Admin.',
    });
  return { role, client, left: role ? await divisionsOf(genesys, administrator, role.id) : [] };
}

// A list may show a thing in part, or for a while after it is gone: each is read again by itself.
const wholeRole = (genesys: Genesys, roleId: string) =>
  orAbsent(
    genesys.call({ operation: 'GET /api/v2/authorization/roles/{roleId}', path: { roleId }, schema: roleSchema }),
  );
const wholeClient = (genesys: Genesys, clientId: string) =>
  orAbsent(
    genesys.call({ operation: 'GET /api/v2/oauth/clients/{clientId}', path: { clientId }, schema: clientSchema }),
  );

function ours(all: readonly Named[], what: string, name: string): Named | undefined {
  const [mine, ...more] = all.filter(isMarked);
  if (mine && more.length > 0)
    throw new SetupError(`There are ${more.length + 1} of what eo-setup makes once: ${what} "${mine.name}".`, {
      exit: exitCode.preflight,
      details: [mine, ...more].map((one) => `${one.name} (${one.id})`),
      hint: 'Delete those that nobody uses in Genesys Cloud, then run the command again.',
    });
  const foreign = all.find((one) => one.name.toLowerCase() === name.toLowerCase() && !isMarked(one));
  if (!mine && foreign)
    throw new SetupError(`There is a ${what} "${foreign.name}" already (${foreign.id}), which eo-setup did not make.`, {
      exit: exitCode.preflight,
      hint: 'Give it another name in Genesys Cloud, or delete it, then run the command again.',
    });
  return mine;
}

const subjectSchema = z.object({
  grants: z
    .array(z.object({ division: z.object({ id: z.string() }).nullish(), role: z.object({ id: z.string() }) }))
    .nullish(),
});

async function divisionsOf(genesys: Genesys, subjectId: string, roleId: string): Promise<readonly string[]> {
  const operation = 'GET /api/v2/authorization/subjects/{subjectId}';
  const { grants } = await genesys.call({ operation, path: { subjectId }, schema: subjectSchema });
  return (grants ?? []).flatMap(({ division, role }) => (role.id === roleId && division ? [division.id] : []));
}

const permissionSchema = z.object({
  permissionMap: z
    .record(z.string(), z.array(z.object({ domain: z.string(), entityType: z.string(), action: z.string() })))
    .nullish(),
});

/** Every permission that there is in the organization: a role takes any other without a word. */
export async function permissionsThere(genesys: Genesys): Promise<ReadonlySet<string>> {
  const operation = 'GET /api/v2/authorization/permissions';
  const domains = await genesys.page({ operation, schema: permissionSchema });
  const all = domains.flatMap(({ permissionMap }) => Object.values(permissionMap ?? {}).flat());
  return new Set(all.map(({ domain, entityType, action }) => `${domain}:${entityType}:${action}`));
}
