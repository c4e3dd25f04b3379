import type { World } from '../../src/sandbox/world.ts';

/** How many objects of each collection a whole installation has. */
export const WHOLE: Readonly<Record<string, number>> = {
  ...{ buckets: 1, 'log-groups': 2, roles: 4, functions: 2, credentials: 2, integrations: 2, actions: 2 },
  ...{ flows: 3, 'did-pools': 1, triggers: 1, ivrs: 1 },
};

export const NOTHING: typeof WHOLE = Object.fromEntries(Object.keys(WHOLE).map((collection) => [collection, 0]));

type Item = Readonly<Record<string, unknown>>;

/** The records of a collection, those left out that are deleted and only still known. */
export const live = (world: World, collection: string): readonly Item[] =>
  world.list<Item>(collection).filter(({ deletedAt }) => deletedAt === undefined);

/** How many objects of each collection there are. */
export const held = (world: World): typeof WHOLE =>
  Object.fromEntries(Object.keys(WHOLE).map((collection) => [collection, live(world, collection).length]));

const NAMES = ['name', 'RoleName', 'FunctionName', 'logGroupName'];

/** What a record is called, whatever its collection calls that. */
export const nameOf = (item: Item): string =>
  String(NAMES.map((name) => item[name]).find((name) => name !== undefined));
