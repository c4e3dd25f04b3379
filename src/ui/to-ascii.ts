const SPELLED: ReadonlyMap<string, string> = new Map([
  ['…', '...'],
  ['→', '->'],
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['×', 'x'],
  ['·', '-'],
  ['ß', 'ss'],
]);

/** A text for a terminal that has no other letters: accents are dropped, what is left over is `?`. */
export const toAscii = (text: string): string =>
  text
    .replace(/[\u0080-\u{10ffff}]/gu, (letter) => SPELLED.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\u0080-\u{10ffff}]/gu, '?');
