import { randomUUID } from 'node:crypto';

/** One record of the world: plain JSON, replaced whole, never changed in place. */
export type Item = Readonly<Record<string, unknown>>;

export interface World {
  readonly get: <T extends Item>(collection: string, id: string) => T | undefined;
  /** In order of creation. */
  readonly list: <T extends Item>(collection: string) => readonly T[];
  readonly put: <T extends Item>(collection: string, id: string, item: T) => T;
  readonly remove: (collection: string, id: string) => void;
  /** A new id that no record has had: random, but from the world's own source. */
  readonly uuid: () => string;
}

/** A record put, or removed where `item` is absent. */
export interface Change {
  readonly collection: string;
  readonly id: string;
  readonly item?: Item | undefined;
}

/** A world together with what its keeper needs: to write it down, to undo a refused request, to start afresh. */
export interface KeptWorld extends World {
  /** What changed since the last take, in order. */
  readonly takeChanges: () => readonly Change[];
  /** Takes back what changed since the last take. */
  readonly undo: () => void;
  /** Every record, in order of creation. */
  readonly snapshot: () => readonly Change[];
  /** Forgets every record and begins again with these; no change to take. */
  readonly replace: (records: Iterable<Change>) => void;
}

type Collections = Map<string, Map<string, Item>>;

/** Makes a world that holds the outcome of `records`. */
export function createWorld(records: Iterable<Change> = [], uuid: () => string = randomUUID): KeptWorld {
  let collections = collect(records);
  let changes: Change[] = [];
  // The collections touched since the last take, as they were then.
  const before: Collections = new Map();

  const change = (made: Change): void => {
    const current = collections.get(made.collection) ?? new Map<string, Item>();
    if (!before.has(made.collection)) before.set(made.collection, new Map(current));
    changes.push(made);
    apply(collections, made);
  };
  const settle = (): readonly Change[] => {
    const taken = changes;
    changes = [];
    before.clear();
    return taken;
  };

  return {
    // The one place where a record regains its type: who reads a collection is who wrote it.
    get: <T extends Item>(collection: string, id: string) => collections.get(collection)?.get(id) as T | undefined,
    list: <T extends Item>(collection: string) => [...(collections.get(collection)?.values() ?? [])] as T[],
    put: (collection, id, item) => {
      change({ collection, id, item: freeze(item) });
      return item;
    },
    remove: (collection, id) => {
      if (collections.get(collection)?.has(id)) change({ collection, id });
    },
    uuid,
    takeChanges: settle,
    undo: () => {
      for (const [collection, items] of before) collections.set(collection, items);
      settle();
    },
    snapshot: () =>
      [...collections].flatMap(([collection, items]) => [...items].map(([id, item]) => ({ collection, id, item }))),
    replace: (next) => {
      collections = collect(next);
      settle();
    },
  };
}

function collect(records: Iterable<Change>): Collections {
  const collections: Collections = new Map();
  for (const record of records) apply(collections, record);
  return collections;
}

function apply(collections: Collections, { collection, id, item }: Change): void {
  const items = collections.get(collection) ?? new Map<string, Item>();
  collections.set(collection, items);
  if (item) items.set(id, freeze(item));
  else items.delete(id);
}

// A record changed in place would be missed by the journal; frozen, it fails where the mistake is.
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
  return value;
}
