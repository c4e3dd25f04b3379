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
