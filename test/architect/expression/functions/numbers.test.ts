import { expect, test } from 'vitest';
import { make } from '../../../../src/architect/expression/value.ts';
import { failureOf, result } from '../evaluating.ts';

const { integer, decimal } = make;

test.each([
  ['Abs(-3)', integer(3)],
  ['Abs(0 - 2.5)', decimal(2.5)],
  ['Ceiling(1.2)', integer(2)],
  ['Ceiling(-1.2)', integer(-1)],
  ['Floor(1.8)', integer(1)],
  ['Floor(-1.2)', integer(-2)],
  ['Floor(7)', integer(7)],
  ['Round(2.5)', decimal(3)],
  ['Round(-2.5)', decimal(-3)],
  ['Round(2.4)', decimal(2)],
  ['Round(1.005, 2)', decimal(1.01)],
  ['Round(7)', integer(7)],
  ['Max(1, 3, 2)', integer(3)],
  ['Max(1, 2.5)', decimal(2.5)],
  ['Max(3, 2.5)', decimal(3)],
  ['Min(4)', integer(4)],
  ['Min(1, Flow.json.age)', integer(1)],
])('%s', (text, value) => {
  expect(result(text)).toEqual(value);
});

test.each([
  ['Abs("1")', 'Abs takes a number as its number, not a string'],
  ['Round(1.5, 16)', 'Round rounds to 0 to 15 places'],
  ['Ceiling(10.0 ^ 20)', 'Ceiling has no integer that great'],
  ['Floor(10.0 ^ 20)', 'Floor has no integer that great'],
])('%s is refused', (text, message) => {
  expect(failureOf(text)[0]).toBe(message);
});
