import type { Answers } from './answers.ts';
import type { Setting } from './setting.ts';
import { settingsTable } from './table.ts';

/** The answers that are left, and those that are offered again. */
interface Taken {
  readonly answers: Answers;
  readonly before: Answers;
}

/** The answers without the last one, which is offered again; undefined where there is none to take back. */
export function stepBack(answers: Answers, before: Answers): Taken | undefined {
  const last = Object.keys(answers).at(-1);
  return last === undefined ? undefined : forget([last], answers, before);
}

/** Takes back the first of these answers and all that came after it. */
export function forget(ids: readonly string[], answers: Answers, before: Answers): Taken {
  const entries = Object.entries(answers);
  const at = entries.findIndex(([id]) => ids.includes(id));
  const end = at === -1 ? entries.length : at;
  const offered = entries
    .slice(end)
    .filter(([id]) => !settingsTable.some((one: Setting) => one.id === id && one.secret));
  return {
    answers: Object.fromEntries(entries.slice(0, end)),
    before: { ...before, ...Object.fromEntries(offered) },
  };
}
