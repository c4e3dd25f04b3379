import { widthOf } from './width-of.ts';

/** A line of a shell, which could not be copied if it were broken; in a sentence it stands in quotes. */
const COMMAND = /^(?:(?:npx )?eo-setup|export|set|\(\.) /;
const WORD = /"(?:npx )?eo-setup [^"]*"\S*|\S+/g;

/**
 * A text as lines of at most so many columns. It breaks between the columns of a table, else between words, and what
 * goes on is indented. A command stays whole, and so does a word that is too long.
 */
export function wrapTo(text: string, columns: number): readonly string[] {
  if (widthOf(text) <= columns) return [text];
  const lead = text.length - text.trimStart().length;
  const hang = lead === 0 ? 0 : lead + 2;
  const [first = '', ...others] = text.trim().split(/( {2,})/);
  const lines = fill(' '.repeat(lead), first, hang, columns);
  // What is between two cells stands before the second.
  for (let n = 1; n < others.length; n += 2) {
    const line = lines.pop() ?? '';
    const gap = lines.length === 0 ? (others[n - 1] ?? '') : '  ';
    const start = widthOf(line) + gap.length;
    const cell = others[n] ?? '';
    // Further right there is too little room to go on below.
    const goesOn = start + widthOf(cell) <= columns || start <= columns / 3;
    lines.push(
      ...(goesOn
        ? fill(`${line}${gap}`, cell, start, columns)
        : [line, ...fill(' '.repeat(hang), cell, hang, columns)]),
    );
  }
  return lines;
}

/** Goes on with a line, word by word. */
function fill(begun: string, cell: string, hang: number, columns: number): string[] {
  const [first = '', ...words] = COMMAND.test(cell) ? [cell] : (cell.match(WORD) ?? []);
  const lines = [`${begun}${first}`];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (widthOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(`${' '.repeat(hang)}${word}`);
  }
  return lines;
}
