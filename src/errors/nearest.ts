/** What is longer is no slip, and would take long to compare. */
const LONGEST = 60;

/** How many changes make a slip: two, or in a long word a third of its letters. */
const slip = ({ length }: string): number => Math.max(2, Math.floor(length / 3));

/** The known word that is nearest to a mistyped one, at most `most` changes away; undefined where none is near. */
export function nearest(word: string, known: readonly string[], most = slip(word)): string | undefined {
  if (word.length > LONGEST) return undefined;
  const ranked = known.map((other) => ({ other, distance: distance(word.toLowerCase(), other.toLowerCase()) }));
  const [best] = ranked.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= most ? best.other : undefined;
}

/** How many characters have to be changed, added or removed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
