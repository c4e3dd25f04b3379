import { expect, test } from 'vitest';
import { make } from '../../../../src/architect/expression/value.ts';
import { failureOf, result } from '../evaluating.ts';

const { string, integer, boolean, json, collection } = make;
const strings = (...texts: readonly string[]) => collection('string', texts.map(string));
const integers = (...numbers: readonly number[]) => collection('integer', numbers.map(integer));

test.each([
  ['MakeList(1, 2)', integers(1, 2)],
  ['MakeList("a", 2)', strings('a', '2')],
  ['Count(Flow.names)', integer(3)],
  ['Count(Flow.none)', integer(0)],
  ['Count(Flow.json.list)', integer(2)],
  ['GetAt(Flow.names, 0)', string('b')],
  ['GetAt(Flow.json.list, 1)', json('b')],
  ['AddItem(Flow.names, "c")', strings('b', 'a', 'b', 'c')],
  ['AddItem(Flow.none, 5)', strings('5')],
  ['AddItem(Flow.json.list, 5)', collection('json', [json('a'), json('b'), json(5)])],
  ['RemoveItem(Flow.names, "b")', strings('a')],
  ['RemoveItem(Flow.names, "x")', strings('b', 'a', 'b')],
  ['RemoveItemAt(Flow.names, 1)', strings('b', 'b')],
  ['RemoveDups(Flow.names)', strings('b', 'a')],
  ['Find(Flow.names, "b")', integers(0, 2)],
  ['Find(Flow.names, "x")', integers()],
  ['Count(Find(Flow.names, "b")) > 0', boolean(true)],
  ['FindFirst(Flow.names, "a")', integer(1)],
  ['FindFirst(Flow.names, "x")', integer(-1)],
  ['FindFirst(MakeList(1, 2), 2.0)', integer(1)],
])('%s', (text, value) => {
  expect(result(text)).toEqual(value);
});

test.each([
  ['MakeList(1, "a")', 'MakeList makes a collection of one type only'],
  ['MakeList(Flow.names)', 'MakeList makes a collection of one type only'],
  ['GetAt(Flow.names, 3)', 'GetAt was given an index that no item has: the collection has 3, from 0'],
  ['GetAt(Flow.names, -1)', 'GetAt was given an index that no item has: the collection has 3, from 0'],
  ['RemoveItemAt(Flow.none, 0)', 'RemoveItemAt was given an index that no item has: the collection has 0, from 0'],
  ['AddItem(MakeList(1), "a")', 'AddItem cannot add it to a collection (integer)'],
  ['Count(Flow.json)', 'Count takes a collection as its collection, not JSON'],
])('%s is refused', (text, message) => {
  expect(failureOf(text)[0]).toBe(message);
});
