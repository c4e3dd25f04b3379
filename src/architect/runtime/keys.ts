/** The key that `digit_1`, `digit_*`, `digit_star` or `digit_pound` means; undefined if none. */
export function keyOf(dtmf: string | undefined): string | undefined {
  const name = dtmf?.replace(/^digit_/, '');
  if (name === 'star') return '*';
  if (name === 'pound') return '#';
  return name && /^[0-9*#]$/.test(name) ? name : undefined;
}
