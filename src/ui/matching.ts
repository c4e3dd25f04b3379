import { normalized } from '../settings/answer-problem.ts';
import type { Choice } from '../settings/questions.ts';
import type { Setting } from '../settings/setting.ts';

/** `+1 (317) 555-0101` is found as it is written, and so is `US East 1`. */
const squeezed = (text: string) => text.toLowerCase().replace(/[\s()-]/g, '');

/**
 * The choice that a term is another way to write, such as the domain of a region; else those that have every word of it
 * in them, in whatever order, and what is always to be had.
 */
export function matching(choices: readonly Choice[], term = '', setting?: Setting): readonly Choice[] {
  const meant = setting && choices.filter(({ value }) => value === normalized(setting, term));
  if (meant?.length) return meant;
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(
    ({ name, isAlways }) =>
      isAlways || words.every((word) => name.toLowerCase().includes(word)) || squeezed(name).includes(squeezed(term)),
  );
}
