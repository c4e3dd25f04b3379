import { stringify } from 'yaml';
import type { Typed } from './gather.ts';
import { settingsTable } from './table.ts';

/** Values by setting id as the text of a settings file; a secret is never among them. */
export function formatSettingsFile(values: Readonly<Record<string, Typed | undefined>>): string {
  const lines = settingsTable.flatMap((setting) => {
    const text = 'secret' in setting ? undefined : values[setting.id]?.text;
    return text === undefined ? [] : [[setting.fileKeys[0], text] as const];
  });
  return `# Settings of eo-setup. The secret of the OAuth client does not belong here.\n${stringify(Object.fromEntries(lines))}`;
}
