import type { Label } from './format-plan.ts';
import { formatTable } from './format-table.ts';

/** One installed object and how it is. */
export interface StatusRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly state: 'ok' | 'changed' | 'missing' | 'settling' | 'broken' | 'foreign' | 'kept' | 'unfinished';
  readonly detail?: string | undefined;
  /** Somebody else changed it. */
  readonly isEdited?: true | undefined;
}

const words: Readonly<Record<StatusRow['state'], string>> = {
  ok: 'ok',
  changed: 'CHANGED',
  missing: 'MISSING',
  settling: 'settling',
  broken: 'BROKEN',
  foreign: 'NOT OURS',
  kept: 'kept',
  unfinished: 'UNFINISHED',
};

/** The objects as an aligned table: how it is, what it is, its name, and why. */
export const formatStatus = (rows: readonly StatusRow[], label: Label): readonly string[] =>
  formatTable(
    rows.map(({ state, kind, name, detail }) => [words[state], label(kind), name, detail ? `(${detail})` : '']),
  ).map((line) => `  ${line}`);
