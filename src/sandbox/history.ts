import * as z from 'zod';

/** One request for which an operation was found: who asked for what and how it ended, never a body or a query. */
export const entrySchema = z.object({
  /** Counts up from 1 for the life of the world. */
  n: z.int(),
  /** When it arrived, in milliseconds since the epoch. */
  at: z.number(),
  service: z.string(),
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  /** Whether the operation is one that writes. */
  write: z.boolean(),
  /** Whether it changed the world, answered or not. */
  committed: z.boolean(),
  /** Absent until it was handled. */
  status: z.int().optional(),
  /** The vendor's code, where it was refused. */
  code: z.string().optional(),
  caller: z.string().optional(),
  /** The fault that struck: `before refuse`, `after drop` … */
  fault: z.string().optional(),
  /** Where a fault is holding it right now. */
  held: z.enum(['before', 'after']).optional(),
});
export type Entry = z.infer<typeof entrySchema>;

export interface History {
  /** In order of arrival; those with a number above `since`. */
  readonly entries: (since?: number) => readonly Entry[];
  /** The first entry that fits, now or as soon as there is one. */
  readonly until: (fits: (entry: Entry) => boolean) => Promise<Entry>;
}

export interface KeptHistory extends History {
  readonly begin: (entry: Omit<Entry, 'n' | 'committed'>) => Entry;
  /** Undefined where the history does not have it: a reset came while it was under way. */
  readonly amend: (n: number, members: Partial<Entry>) => Entry | undefined;
  readonly get: (n: number) => Entry | undefined;
  readonly clear: () => void;
}

/** Makes a history that goes on from `past`. */
export function createHistory(past: readonly Entry[] = []): KeptHistory {
  const entries = new Map(past.map((entry) => [entry.n, entry]));
  let last = past.reduce((n, entry) => Math.max(n, entry.n), 0);
  const waiting = new Set<(entry: Entry) => void>();

  const set = (entry: Entry): Entry => {
    entries.set(entry.n, entry);
    for (const look of waiting) look(entry);
    return entry;
  };
  return {
    entries: (since = 0) => [...entries.values()].filter(({ n }) => n > since),
    until: (fits) => {
      const there = [...entries.values()].find(fits);
      if (there) return Promise.resolve(there);
      return new Promise((resolve) => {
        const look = (entry: Entry): void => {
          if (!fits(entry)) return;
          waiting.delete(look);
          resolve(entry);
        };
        waiting.add(look);
      });
    },
    begin: (entry) => {
      last += 1;
      return set({ n: last, ...entry, committed: false });
    },
    amend: (n, members) => {
      const entry = entries.get(n);
      if (!entry) return undefined;
      return set({ ...entry, ...members });
    },
    get: (n) => entries.get(n),
    clear: () => entries.clear(),
  };
}
