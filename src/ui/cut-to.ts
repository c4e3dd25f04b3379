/** East Asian letters and pictures, which take two columns. Rather too many than too few: the line must not wrap. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Extended_Pictographic}\u{20000}-\u{3fffd}]/u;

const widthOf = (letter: string) => (WIDE.test(letter) ? 2 : 1);

/** A text cut to so many columns; three dots stand for what is missing. */
export function cutTo(text: string, columns: number): string {
  const letters = [...text];
  const most = Math.max(columns, 1);
  if (letters.reduce((sum, letter) => sum + widthOf(letter), 0) <= most) return text;
  const dots = '.'.repeat(Math.min(3, most - 1));
  let width = dots.length;
  let end = 0;
  for (const letter of letters) {
    width += widthOf(letter);
    if (width > most) break;
    end += 1;
  }
  return `${letters.slice(0, end).join('').trimEnd()}${dots}`;
}
