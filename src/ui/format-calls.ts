import { formatTable } from './format-table.ts';

/** How one call of a script went. */
export interface CallRow {
  readonly name: string;
  /** What it was held against and did not do. */
  readonly missing: readonly string[];
  readonly exitReasons: readonly string[];
}

/** Calls of the same name and outcome in one line. */
function grouped(rows: readonly CallRow[]): readonly (CallRow & { readonly count: number })[] {
  const groups = new Map<string, CallRow & { count: number }>();
  for (const row of rows) {
    const key = JSON.stringify(row);
    const known = groups.get(key);
    groups.set(key, known ? { ...known, count: known.count + 1 } : { ...row, count: 1 });
  }
  return [...groups.values()];
}

/** The calls of a script as a table, and in one sentence. */
export function formatCalls(rows: readonly CallRow[]): readonly string[] {
  const failed = rows.filter(({ missing }) => missing.length > 0).length;
  return [
    ...formatTable(
      grouped(rows).map(({ name, missing, exitReasons, count }) => [
        missing.length === 0 ? 'ok' : 'FAILED',
        count > 1 ? `${name} (${count} times)` : name,
        exitReasons.length === 0 ? 'no workflow' : exitReasons.join(', '),
        missing.length === 0 ? '' : `not: ${missing.join(', ')}`,
      ]),
    ).map((line) => `  ${line}`),
    '',
    failed === 0
      ? `All ${rows.length} calls did what was expected.`
      : `${failed} of ${rows.length} calls did not do what was expected.`,
  ];
}
