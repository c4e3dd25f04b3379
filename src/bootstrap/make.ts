import * as z from 'zod';
import { Secret } from '../clients/redact.ts';
import { grant, holding, onceKnown, takeBack, type Work } from './holding.ts';
import type { Found, FoundClient } from './look.ts';
import type { BootstrapPlan } from './plan.ts';
import { CLIENT_NAME, DESCRIPTION, policiesOf, ROLE_NAME } from './wanted.ts';

const DAY = 86_400;
const GRANT_TYPE = 'CLIENT-CREDENTIALS';

const made = z.object({ id: z.string().min(1) });
const withSecret = z.object({ id: z.string().min(1), secret: z.string().min(1) });

/** A client and the secret that it was given: nobody can see it again. */
export interface Credentials {
  readonly id: string;
  readonly secret: Secret;
}

/** Makes role and client what they should be. A secret is handed to `keep` as soon as there is one. */
export async function make(
  work: Work,
  found: Found,
  plan: BootstrapPlan,
  keep: (credentials: Credentials) => Promise<void>,
): Promise<{ readonly roleId: string; readonly clientId: string }> {
  const roleId = await ensureRole(work, found, plan);
  const { client, left } = found;
  if (client && plan.client.action === 'keep' && !plan.newSecret) {
    if (left.length > 0) await takeBack(work, { roleId, divisions: left });
    return { roleId, clientId: client.id };
  }
  const own = plan.client.divisions.length > 0 ? plan.client.divisions : divisionsOf(client, roleId);
  const held = { roleId, divisions: [...new Set([...own, ...left])] };
  const clientId = await holding(work, held, () =>
    client ? changeClient(work, client, { roleId, plan, keep }) : createClient(work, { roleId, plan, keep }),
  );
  return { roleId, clientId };
}

const divisionsOf = (client: FoundClient | undefined, roleId: string): readonly string[] =>
  (client?.roleDivisions ?? []).flatMap((one) => (one.roleId === roleId ? [one.divisionId] : []));

async function ensureRole({ genesys, say }: Work, { role }: Found, plan: BootstrapPlan): Promise<string> {
  const permissionPolicies = policiesOf(plan.role.permissions);
  if (!role) {
    const body = { name: ROLE_NAME, description: DESCRIPTION, permissionPolicies };
    const { id } = await genesys.call({ operation: 'POST /api/v2/authorization/roles', body, schema: made });
    say(`Made the role "${ROLE_NAME}".`);
    return id;
  }
  if (plan.role.action === 'keep') return role.id;
  const { id, name, description } = role;
  const body = { name, description: description ?? DESCRIPTION, permissionPolicies };
  const operation = 'PUT /api/v2/authorization/roles/{roleId}';
  await genesys.call({ operation, path: { roleId: id }, body, schema: made });
  say(`Changed the role "${name}".`);
  return id;
}

interface Wish {
  readonly roleId: string;
  readonly plan: BootstrapPlan;
  readonly keep: (credentials: Credentials) => Promise<void>;
}

async function createClient(work: Work, { roleId, plan, keep }: Wish): Promise<string> {
  const body = {
    name: CLIENT_NAME,
    description: DESCRIPTION,
    authorizedGrantType: GRANT_TYPE,
    accessTokenValiditySeconds: DAY,
    roleDivisions: plan.client.divisions.map((divisionId) => ({ roleId, divisionId })),
    state: 'active',
  };
  const { id, secret } = await onceKnown(work, () =>
    work.genesys.call({ operation: 'POST /api/v2/oauth/clients', body, schema: withSecret }),
  );
  work.say(`Made the OAuth client "${CLIENT_NAME}".`);
  await keep({ id, secret: new Secret(secret) });
  return id;
}

async function changeClient(work: Work, client: FoundClient, { roleId, plan, keep }: Wish): Promise<string> {
  const { genesys, say } = work;
  const path = { clientId: client.id };
  for (const divisionId of plan.client.divisions) await grant(genesys, { subjectId: client.id, divisionId, roleId });
  if (plan.client.activates) {
    const added = plan.client.divisions.map((divisionId) => ({ roleId, divisionId }));
    const body = { ...bodyOf(client, [...(client.roleDivisions ?? []), ...added]), state: 'active' };
    const operation = 'PUT /api/v2/oauth/clients/{clientId}';
    await onceKnown(work, () => genesys.call({ operation, path, body, schema: made }));
  }
  if (plan.client.action === 'change') say(`Changed the OAuth client "${client.name}".`);
  if (plan.newSecret) {
    const operation = 'POST /api/v2/oauth/clients/{clientId}/secret';
    const { secret } = await onceKnown(work, () => genesys.call({ operation, path, schema: withSecret }));
    say(`Gave the OAuth client "${client.name}" another secret.`);
    await keep({ id: client.id, secret: new Secret(secret) });
  }
  return client.id;
}

/** A client as it is sent back whole, with these roles. */
export const bodyOf = (
  { name, description, accessTokenValiditySeconds }: FoundClient,
  roleDivisions: readonly { readonly roleId: string; readonly divisionId: string }[],
) => ({
  name,
  description: description ?? DESCRIPTION,
  authorizedGrantType: GRANT_TYPE,
  accessTokenValiditySeconds: accessTokenValiditySeconds ?? DAY,
  roleDivisions,
});
