import { ChangedError } from './changed-error.ts';
import type { Claims } from './claims.ts';
import type { AnyResource } from './contract.ts';
import type { Deps } from './deps.ts';
import type { Found } from './look.ts';

interface Taken {
  readonly id: string;
  readonly resource: AnyResource;
  readonly key: { readonly name: string };
}

/**
 * Makes something ready to be overwritten or deleted, as far as others have to do with it, and says where the copies are.
 * Throws where somebody did something since the plan: nobody has said yes to that.
 */
export async function takeOver(
  { id, resource, key }: Taken,
  observed: Found,
  planned: Claims | undefined,
  deps: Deps,
  note: (message: string) => void,
): Promise<void> {
  const { overwrites, locked } = observed;
  const { name } = key;
  if (overwrites?.isTheirs && overwrites.what !== planned?.overwrites?.what)
    throw new ChangedError(`${name} was ${overwrites.what}.`);
  if (locked !== undefined && locked !== planned?.locked) throw new ChangedError(`${name} is locked by ${locked}.`);
  if (!overwrites && locked === undefined) return;
  const files = await resource.takeOver?.(deps.context(id, note, deps.signal), key, observed);
  for (const file of files ?? []) deps.emit({ type: 'copy', id, kind: resource.kind, name, file });
}
