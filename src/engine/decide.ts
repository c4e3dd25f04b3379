import { isDeepStrictEqual } from 'node:util';
import type { Mark } from './contract.ts';
import type { Entry } from './record.ts';

/** What is to be done for one step: `use` records somebody else's as it is. */
export type Action = 'create' | 'update' | 'replace' | 'move' | 'keep' | 'use' | 'conflict';

/** The part of an observation that decisions are made from. */
export interface Sighting {
  readonly outputs: object;
  readonly mark: Mark;
  readonly drift: readonly string[];
  readonly unready?: { readonly settling: boolean; readonly why: string } | undefined;
  readonly refusal?: string | undefined;
}

/** The whole ownership policy. Resources only report the mark they see. */
export function owns(entry: Entry | undefined, observed: Pick<Sighting, 'mark' | 'outputs'>): boolean {
  if (observed.mark !== 'none') return observed.mark === 'ours';
  if (!entry || entry.origin === 'used') return false;
  return entry.outputs ? isDeepStrictEqual(entry.outputs, observed.outputs) : entry.absent === true;
}

export interface Case {
  /** What is recorded under the wanted key. */
  readonly entry: Entry | undefined;
  /** Whether something else is recorded for this step, under another key. */
  readonly moved: boolean;
  readonly observed: Sighting | undefined;
  readonly immutable?: readonly string[] | undefined;
  readonly foreign?: 'use' | undefined;
}

/** The whole policy of change, for one step. */
export function decide({ entry, moved, observed, immutable = [], foreign }: Case): Action {
  if (observed?.refusal) return 'conflict';
  if (observed && !owns(entry, observed)) return foreign === 'use' ? useOrKeep(entry, observed) : 'conflict';
  if (observed?.drift.some((name) => immutable.includes(name))) return 'replace';
  if (moved) return 'move';
  if (!observed) return 'create';
  return isRecorded(entry, observed) && observed.drift.length === 0 && !observed.unready ? 'keep' : 'update';
}

/** Under other identifiers it is another object, which took the place of ours: what stands on it must hear of that. */
const isRecorded = (entry: Entry | undefined, { outputs }: Sighting) =>
  entry?.status === 'ready' && entry.origin !== 'used' && isDeepStrictEqual(entry.outputs, outputs);

function useOrKeep(entry: Entry | undefined, observed: Sighting): Action {
  const isRecorded = entry?.status === 'ready' && entry.origin === 'used';
  return isRecorded && isDeepStrictEqual(entry.outputs, observed.outputs) ? 'keep' : 'use';
}

const lowered: Readonly<Record<Action, readonly Action[]>> = {
  keep: ['keep'],
  use: ['use', 'keep'],
  update: ['update', 'keep'],
  create: ['create', 'update', 'keep'],
  replace: ['move', 'create', 'update', 'keep'],
  move: ['move', 'create', 'update', 'keep'],
  conflict: [],
};

/** A step never does more than the confirmed plan said: running may lower an action, never raise it. */
export const isWithin = (planned: Action, now: Action): boolean => lowered[planned].includes(now);
