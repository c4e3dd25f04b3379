import type { Typed } from '../settings/gather.ts';
import { settingsTable } from '../settings/table.ts';
import { shellWord } from '../shell-word.ts';

/** The command that does the same without a question: what was typed, and the answers as flags. */
export function formatCommand(
  own: string,
  argv: readonly string[],
  answers: Readonly<Record<string, Typed | undefined>>,
): string {
  const flags = settingsTable.flatMap((setting) => {
    const text = 'secret' in setting ? undefined : answers[setting.id]?.text;
    return text === undefined ? [] : [`--${setting.flag}`, text];
  });
  return [own, ...[...argv, ...flags].map(shellWord)].join(' ');
}
