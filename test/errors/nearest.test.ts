import { expect, test } from 'vitest';
import { nearest } from '../../src/errors/nearest.ts';

const known = ['bucket', 'bucket-tag', 'did-start', 'environment'];

test.each([
  ['buckets', 'bucket'],
  ['Bucket_Tag', 'bucket-tag'],
  ['didstart', 'did-start'],
  ['enviroment', 'environment'],
  ['environment', 'environment'],
  ['zzzz', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%s is near to %s', (word, expected) => {
  expect(nearest(word, known)).toBe(expected);
});

test('nothing is near to nothing', () => {
  expect(nearest('bucket', [])).toBeUndefined();
});
