import { describe, expect, test } from 'vitest';
import { make, NOT_SET } from '../../../../src/architect/expression/value.ts';
import { failureOf, result } from '../evaluating.ts';

const { string, integer, boolean, collection } = make;

test.each([
  ['Append("a", "b", "c")', string('abc')],
  ['Append("a")', string('a')],
  ['Append("n: ", 5, " ", 1.5, " ", true)', string('n: 5 1.5 true')],
  ['Append("a", Flow.unset, "b")', string('ab')],
  ['Append(Flow.unset)', string('')],
  ['Append("is ", Flow.json.name)', string('is Ann')],
  ['Contains("hello", "ell")', boolean(true)],
  ['contains("hello", "ELL")', boolean(false)],
  ['StartsWith("hello", "he")', boolean(true)],
  ['EndsWith("hello", "he")', boolean(false)],
  ['FindString("hello", "l")', integer(2)],
  ['FindString("hello", "l", 3)', integer(3)],
  ['FindString("hello", "x")', integer(-1)],
  ['Length("hello")', integer(5)],
  ['Length("")', integer(0)],
  ['Left("hello", 2)', string('he')],
  ['Left("hello", 9)', string('hello')],
  ['right(Call.ani, 4)', string('0123')],
  ['Right("ab", 9)', string('ab')],
  ['Right("ab", 0)', string('')],
  ['Substring("hello", 1, 3)', string('ell')],
  ['Substring("hello", 3, 20)', string('lo')],
  ['Substring("hello", 9, 1)', string('')],
  ['Substring("hello", 0, 6 / 2)', string('hel')],
  ['Upper("aé1")', string('AÉ1')],
  ['Lower("AÉ1")', string('aé1')],
  ['Trim("  a b \t")', string('a b')],
  ['Replace("a.b.c", ".", "-")', string('a-b-c')],
  ['Replace("aaa", "aa", "$&")', string('$&a')],
  ['Split("a,,b", ",")', collection('string', ['a', '', 'b'].map(string))],
])('%s', (text, value) => {
  expect(result(text)).toEqual(value);
});

describe('what the text functions refuse', () => {
  test.each([
    ['Append("a", Flow.names)', 'Append appends text and audio only'],
    ['Left("a", -1)', 'Left takes no negative length'],
    ['Right("a", -1)', 'Right takes no negative length'],
    ['Substring("a", -1, 1)', 'Substring takes no negative start or length'],
    ['Replace("a", "", "b")', 'Replace cannot replace an empty part'],
    ['Split("a", "")', 'Split cannot split at an empty separator'],
    ['Upper(Flow.names)', 'Upper takes a string as its text, not a collection (string)'],
  ])('%s', (text, message) => {
    expect(failureOf(text)[0]).toBe(message);
  });
});

describe('is it set, and is there anything in it', () => {
  test.each([
    ['IsSet("")', true],
    ['IsSet(0)', true],
    ['IsSet(Flow.unset)', false],
    ['IsSet(NOT_SET)', false],
    ['IsSet(Flow.json.nothing)', false],
    ['IsNotSetOrEmpty(NOT_SET)', true],
    ['IsNotSetOrEmpty("")', true],
    ['IsNotSetOrEmpty(" ")', false],
    ['IsNotSetOrEmpty(0)', false],
    ['IsNotSetOrEmpty(Flow.none)', true],
    ['IsNotSetOrEmpty(Flow.names)', false],
    ['IsNotSetOrEmpty(JsonParse("[]"))', true],
    ['IsNotSetOrEmpty(JsonParse("{}"))', true],
    ['IsNotSetOrEmpty(JsonParse("\\"\\""))', true],
    ['IsNotSetOrEmpty(Flow.json)', false],
    ['AreEqual(1, 1.0)', true],
    ['AreEqual(1, true)', false],
  ])('%s is %s', (text, holds) => {
    expect(result(text)).toEqual(boolean(holds));
  });

  test('If gives what its condition chooses', () => {
    expect(result('If(1 < 2, "less", "more")')).toEqual(string('less'));
    expect(result('If(1 > 2, "more", NOT_SET)')).toEqual(NOT_SET);
  });
});
