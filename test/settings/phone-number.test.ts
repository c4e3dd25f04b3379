import { expect, test } from 'vitest';
import { numbersBetween, rangeProblem } from '../../src/settings/phone-number.ts';

test.each([
  ['+13175550100', '+13175550100', ['+13175550100']],
  ['+13175550199', '+13175550201', ['+13175550199', '+13175550200', '+13175550201']],
  ['+999999999999998', '+999999999999999', ['+999999999999998', '+999999999999999']],
])('from %s to %s', (first, last, numbers) => {
  expect(rangeProblem(first, last)).toBeUndefined();
  expect(numbersBetween(first, last)).toEqual(numbers);
});

test('a thousand numbers are the most', () => {
  expect(rangeProblem('+13175550000', '+13175550999')).toBeUndefined();
  expect(rangeProblem('+13175550000', '+13175551000')).toContain('1001 numbers');
});
