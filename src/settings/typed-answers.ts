import { ANSWERED, type Answers, answerOf, type Known } from './answers.ts';
import type { Typed } from './gather.ts';
import { baseOf } from './offers.ts';
import type { Setting } from './setting.ts';
import { type SettingId, settingsTable } from './table.ts';

/**
 * The answers as values with their source, for `gather`. What only repeats a default is left out: it is the default
 * without being said.
 */
export function typedAnswers(answers: Answers, known: Known): Readonly<Partial<Record<SettingId, Typed>>> {
  const entries = settingsTable.flatMap((setting: Setting & { readonly id: SettingId }) => {
    const { id } = setting;
    const text = answerOf(id, answers);
    if (!text) return [];
    const base = baseOf(id, answers, known);
    const isBase = base?.text === text;
    if (isBase && base.origin === 'default' && known.last[id] === undefined) return [];
    return [[id, { text, source: isBase ? base.origin : ANSWERED }] as const];
  });
  return Object.fromEntries(entries);
}
