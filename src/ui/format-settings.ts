import type { Settings } from '../settings/settings.ts';
import { settingsTable } from '../settings/table.ts';
import { formatTable } from './format-table.ts';

/** Each value with where it came from: `us-east-1 (from AWS_REGION)`. */
export function formatSettings(settings: Settings, origins: Readonly<Record<string, string>>): readonly string[] {
  const values = new Map<string, unknown>(Object.entries(settings));
  const rows = settingsTable.flatMap(({ id, flag }) => {
    const value = values.get(id);
    const origin = origins[id];
    return value === undefined ? [] : [[flag, String(value), origin ? `(${origin})` : '']];
  });
  return formatTable(rows).map((line) => `  ${line}`);
}
