import type { Request, Window } from './contract.ts';
import type { Item, World } from './world.ts';

/** A record of `departed`. */
type Departed<T extends Item> = { readonly item: T; readonly deletedAt: number };

type At = Pick<Request, 'passed'>;

const idOf = (collection: string, id: string): string => `${collection} ${id}`;

/** Removes a record; as long as `window` lasts it is still to be found by `departed`. */
export function depart(
  world: World,
  collection: string,
  id: string,
  window: Window,
  { now, passed }: At & Pick<Request, 'now'>,
): void {
  const item = world.get(collection, id);
  world.remove(collection, id);
  if (item && !passed(window, now, id))
    world.put<Departed<Item>>('departed', idOf(collection, id), { item, deletedAt: now });
}

/** A record that was deleted, and the vendor has not done with yet. */
export function departed<T extends Item>(
  world: World,
  collection: string,
  id: string,
  window: Window,
  { passed }: At,
): T | undefined {
  const found = world.get<Departed<T>>('departed', idOf(collection, id));
  return found && !passed(window, found.deletedAt, id) ? found.item : undefined;
}
