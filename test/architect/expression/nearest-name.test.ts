import { expect, test } from 'vitest';
import { nearestName } from '../../../src/architect/expression/nearest-name.ts';

test.each([
  ['Apend', 'Append'],
  ['append', 'Append'],
  ['IsNotSetOrEmtpy', 'IsNotSetOrEmpty'],
  ['Foo', undefined],
  ['Concatenate', undefined],
])('%s: %s', (name, nearest) => {
  expect(nearestName(name, ['Append', 'IsNotSetOrEmpty', 'If', 'Left'])).toBe(nearest);
});
