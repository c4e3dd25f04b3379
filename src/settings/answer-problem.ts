import { ANSWERED, type Answers, type Known, textOf } from './answers.ts';
import { crossProblems } from './cross-problems.ts';
import type { Setting } from './setting.ts';
import { settingsTable } from './table.ts';

/** `+1 (720) 555-0100` → `+17205550100`: the text that stands for what a schema made of it. */
export function normalized({ schema, secret }: Setting, text: string): string {
  const result = schema.safeParse(text);
  return result.success && !secret ? String(result.data) : text;
}

/** What is wrong with an answer by itself or beside the others, and what would be valid; undefined where nothing is. */
export function answerProblem(setting: Setting, text: string, answers: Answers, known: Known): string | undefined {
  if (text.trim() === '' && setting.optional) return undefined;
  const result = setting.schema.safeParse(text);
  if (!result.success) return result.error.issues[0]?.message ?? 'Use another value.';
  const settled = settingsTable.flatMap(({ id }) => {
    const value = id === setting.id ? String(result.data) : textOf(id, answers, known);
    return value ? [[id, { value, source: known.given[id]?.source ?? ANSWERED }] as const] : [];
  });
  return crossProblems(Object.fromEntries(settled))[0];
}
