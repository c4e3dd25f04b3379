import { describe, expect, test } from 'vitest';
import { iam } from '../../../src/sandbox/aws/iam/service.ts';
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

test('a form is read to a depth that is enough for any, and no further', () => {
  const name = Array.from({ length: 10_000 }, (_, n) => `a${n}`).join('.');
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(...Object.values(value).map(depthOf)) : 0;
  expect(depthOf(readForm(new URLSearchParams(`${name}=x`)))).toBe(12);
});

describe('a request is refused', () => {
  const match = (form: string) => {
    const url = new URL('http://127.0.0.1/');
    return iam.match({ method: 'POST', url, headers: {}, bytes: Buffer.from(form), now: 0 });
  };

  test.each([
    ['for an operation that is not there', 'Action=CreateUser&Version=2010-05-08', 'CreateUser for version 2010-05-08'],
    ['for another version', 'Action=GetRole&Version=2011-06-15', 'GetRole for version 2011-06-15'],
    ['without any', '', 'Could not find operation  for version NO_VERSION_SPECIFIED'],
    ['that is too large', `Action=GetRole&Version=2010-05-08&RoleName=${'a'.repeat(1024 * 1024)}`, 'too large'],
  ])('%s', (_, form, message) => {
    expect(() => match(form)).toThrow(message);
  });
});
