import { expect, test } from 'vitest';
import { readForm } from '../../../src/sandbox/aws/query.ts';

test.each([
  ['plain members', 'Action=A&RoleName=r', { Action: 'A', RoleName: 'r' }],
  ['a list of texts, in the order of its numbers', 'K.member.10=c&K.member.2=b&K.member.1=a', { K: ['a', 'b', 'c'] }],
  [
    'a list of structures',
    'T.member.1.Key=a&T.member.1.Value=&T.member.2.Key=b',
    {
      T: [{ Key: 'a', Value: '' }, { Key: 'b' }],
    },
  ],
  [
    'names that objects have anyway',
    '__proto__.x=1&constructor=2',
    JSON.parse('{"__proto__":{"x":"1"},"constructor":"2"}'),
  ],
  ['encoded text', 'P=%7B%22a%22%3A%20%22%2B%22%7D+x', { P: '{"a": "+"} x' }],
])('a form with %s', (_, form, expected) => {
  expect(readForm(new URLSearchParams(form))).toEqual(expected);
});
