/** The known name that a mistyped one most likely meant, whatever the case; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 4));
  const ranked = known
    .map((other) => ({ other, changes: changesBetween(name.toLowerCase(), other.toLowerCase()) }))
    .sort((one, another) => one.changes - another.changes);
  const [best] = ranked;
  return best && best.changes <= most ? best.other : undefined;
}

/** How many letters have to be changed, added or removed. */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, another] of [...other].entries())
      next.push(Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + Number(letter !== another)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
