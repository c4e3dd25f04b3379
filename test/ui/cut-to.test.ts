import { expect, test } from 'vitest';
import { cutTo } from '../../src/ui/cut-to.ts';

test.each([
  ['fits', 10, 'fits'],
  ['just fits.', 10, 'just fits.'],
  ['does not fit', 10, 'does...'],
  ['one two three', 10, 'one two...'],
  ['ends at a space', 10, 'ends at...'],
  ['東京東京東京', 10, '東京東...'],
  ['東京東京東', 10, '東京東京東'],
  ['😀😀😀😀😀😀', 6, '😀...'],
  ['anything', 2, 'a.'],
  ['anything', 1, 'a'],
  ['anything', -5, 'a'],
  ['', 5, ''],
])('%j cut to %d columns is %j', (text, columns, expected) => {
  expect(cutTo(text, columns)).toBe(expected);
});
