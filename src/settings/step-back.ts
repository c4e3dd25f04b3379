import { type Answers, type Known, NO, YES } from './answers.ts';
import { isFollowing } from './offers.ts';
import type { QuestionId } from './questions.ts';
import type { Setting } from './setting.ts';
import { type SettingId, settingsTable } from './table.ts';

/** The answers that are left, and those that are offered again. */
interface Taken {
  readonly answers: Answers;
  readonly before: Answers;
}

/**
 * The answers without the last one, which is offered again; undefined where there is none to take back. One that only
 * followed from the others is not kept: it follows them when they change.
 */
export function stepBack(answers: Answers, known: Known): Taken | undefined {
  const entries = Object.entries(answers);
  const [last, ...others] = entries.toReversed();
  if (!last) return undefined;
  const [id, text] = last;
  const rest: Answers = Object.fromEntries(others.toReversed());
  const { [id as QuestionId]: _, ...before } = known.before;
  return { answers: rest, before: isFollowing(id, text, rest, known) ? before : { ...before, [id]: text } };
}

const isSecret = (id: string): boolean => settingsTable.some((one: Setting) => one.id === id && one.secret);
const withoutSecrets = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => !isSecret(id)));

/** Takes back the first of these answers and all that came after it. A secret is not offered again: it may be the wrong one. */
export function forget(ids: readonly string[], answers: Answers, before: Answers): Taken {
  const entries = Object.entries(answers);
  const at = entries.findIndex(([id]) => ids.includes(id));
  const end = at === -1 ? entries.length : at;
  return {
    answers: Object.fromEntries(entries.slice(0, end)),
    before: withoutSecrets({ ...before, ...Object.fromEntries(entries.slice(end)) }),
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
