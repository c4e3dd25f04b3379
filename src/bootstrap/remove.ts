import * as z from 'zod';
import { until } from '../clients/retry.ts';
import { orAbsent } from '../resources/vendor.ts';
import { holding, onceKnown, takeBack, type Work } from './holding.ts';
import type { Found, FoundClient } from './look.ts';
import { bodyOf } from './make.ts';

/** Takes away the client, then the role, and what the administrator's own client may still have of it. */
export async function remove(work: Work, { role, client, left }: Found, home: string): Promise<void> {
  if (client && role) {
    const divisions = [...new Set([home, ...left])];
    await holding(work, { roleId: role.id, divisions }, () =>
      // What else it may have been given matters no more, and need not be anything that we hold.
      removeClient(work, client, [{ roleId: role.id, divisionId: home }]),
    );
  } else if (client) await removeClient(work, client, client.roleDivisions ?? []);
  else if (role && left.length > 0) await takeBack(work, { roleId: role.id, divisions: left });
  if (role) await removeRole(work, role);
}

async function removeClient(
  work: Work,
  client: FoundClient,
  roleDivisions: readonly { readonly roleId: string; readonly divisionId: string }[],
): Promise<void> {
  const { genesys, say } = work;
  const path = { clientId: client.id };
  if (client.state !== 'inactive') {
    // One that is active is not deleted.
    const body = { ...bodyOf(client, roleDivisions), state: 'inactive' };
    const operation = 'PUT /api/v2/oauth/clients/{clientId}';
    await onceKnown(work, () => genesys.call({ operation, path, body, schema: z.unknown() }));
  }
  const operation = 'DELETE /api/v2/oauth/clients/{clientId}';
  await orAbsent(genesys.call({ operation, path, schema: z.unknown() }));
  say(`Deleted the OAuth client "${client.name}".`);
}

async function removeRole({ genesys, say, waiting }: Work, { id, name }: { id: string; name: string }): Promise<void> {
  const path = { roleId: id };
  await orAbsent(genesys.call({ operation: 'DELETE /api/v2/authorization/roles/{roleId}', path, schema: z.unknown() }));
  // It is shown for a while; who looks for it meanwhile would take it for one that is there.
  const look = { every: 2_000, within: 60_000, what: 'Genesys Cloud to forget the role' };
  await until(waiting, look, async () => {
    const operation = 'GET /api/v2/authorization/roles/{roleId}';
    const answer = { seen: await orAbsent(genesys.call({ operation, path, schema: z.object({ id: z.string() }) })) };
    return answer.seen === undefined ? answer : undefined;
  });
  say(`Deleted the role "${name}".`);
}
