import type { Operation, Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';

/** Which records the members of a path name. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  credentialId: 'credentials',
  integrationId: 'integrations',
  actionId: 'actions',
  flowId: 'flows',
  didPoolId: 'did-pools',
  ivrId: 'ivrs',
  triggerId: 'triggers',
};

/** Throws 404 where somebody looks at what was only just made. */
export function checkShown(
  world: World,
  { write }: Operation,
  { path, passed }: Pick<Request, 'path' | 'passed'>,
): void {
  if (write) return;
  for (const [member, id] of Object.entries(path)) {
    const collection = COLLECTIONS[member];
    const found = collection && world.get<Item & { readonly createdAt: number }>(collection, id);
    if (found && !passed('genesys.shown', found.createdAt, id)) throw notFound();
  }
}
