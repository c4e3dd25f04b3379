import { groupBy } from './group-by.ts';

/** The actions of Genesys Cloud's permissions, by what they are done to: `architect:flow` → `view`, `edit`. */
export const byEntity = (permissions: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const groups = groupBy(permissions, (permission) => permission.split(':').slice(0, 2).join(':'));
  return new Map([...groups].map(([entity, all]) => [entity, all.map((one) => one.split(':')[2] ?? '')]));
};
