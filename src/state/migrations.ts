import { VERSION } from './format.ts';

export type Json = Readonly<Record<string, unknown>>;

/** From each version to the next: `migrations[1]` turns a file of version 1 into one of version 2. */
export type Migrations = Readonly<Record<number, (file: Json) => Json>>;

const migrations: Migrations = {};

/** A file of an older version as one of the current. Throws where there is no way. */
export function migrate(file: Json, version: number, to = VERSION, all: Migrations = migrations): Json {
  let current = file;
  for (let n = version; n < to; n += 1) {
    const next = all[n];
    if (!next) throw new Error(`There is no migration from version ${n}.`);
    current = { ...next(current), version: n + 1 };
  }
  return current;
}
