import { type Answers, type Known, NO, YES } from './answers.ts';
import type { Setting } from './setting.ts';
import { type SettingId, settingsTable } from './table.ts';

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

/**
 * Takes back what may be to blame for a refusal: answers, or that the last run's values were kept. Undefined where neither
 * is: then no other answer would help.
 */
export function takeBack(likely: readonly SettingId[], answers: Answers, known: Known): Taken | undefined {
  const { before, given } = known;
  if (answers.reuse === YES && likely.some((id) => answers[id] === undefined && given[id] === undefined)) {
    const back = forget(['reuse'], answers, before);
    return { ...back, before: { ...back.before, reuse: NO } };
  }
  return likely.some((id) => answers[id] !== undefined) ? forget(likely, answers, before) : undefined;
}
