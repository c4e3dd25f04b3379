import { widthOf } from './width-of.ts';

/** A text cut to so many columns, behind a whole word where there is one; three dots stand for what is missing. */
export function cutTo(text: string, columns: number): string {
  const most = Math.max(columns, 1);
  if (widthOf(text) <= most) return text;
  const letters = [...text];
  const dots = '.'.repeat(Math.min(3, most - 1));
  let width = dots.length;
  let end = 0;
  for (const letter of letters) {
    width += widthOf(letter);
    if (width > most) break;
    end += 1;
  }
  const kept = letters.slice(0, end).join('');
  const whole = letters[end] === ' ' ? kept : kept.replace(/ \S*$/, '');
  return `${whole.trimEnd()}${dots}`;
}
