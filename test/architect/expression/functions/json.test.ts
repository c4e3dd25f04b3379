import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../../src/architect/expression/expression.ts';
import { make, NOT_SET } from '../../../../src/architect/expression/value.ts';
import { failureOf, result } from '../evaluating.ts';

const { string, boolean, json, collection } = make;

test.each([
  ['JsonParse("{\\"a\\": [1, null]}")', json({ a: [1, null] })],
  ['JsonParse(" 5 ")', json(5)],
  ['JsonParse("null")', NOT_SET],
  ['JsonParse("{\\"a\\": 1}").a + 1', make.integer(2)],
  ['JsonStringify(Flow.json.inner)', string('{"deep":"x"}')],
  ['JsonStringify("a\\"b")', string('"a\\"b"')],
  ['JsonStringify(Flow.names)', string('["b","a","b"]')],
  ['ToJson(5)', json(5)],
  ['ToJson("a")', json('a')],
  ['ToJson(Task.start)', json('2024-01-31T10:00:00.000Z')],
  ['GetJsonObjectProperty(Flow.json, "name")', json('Ann')],
  ['GetJsonObjectProperty(Flow.json, "missing")', NOT_SET],
  ['GetJsonObjectProperty(Flow.json, "toString")', NOT_SET],
  ['ToString(GetJsonObjectProperty(Flow.json, "age"))', string('42')],
  ['ToJsonCollection(Flow.json.list)', collection('json', [json('a'), json('b')])],
  ['MakeJsonObject("a", 1, "b", Flow.unset)', json({ a: 1, b: null })],
  ['GetJsonObjectProperty(MakeJsonObject("__proto__", 1), "__proto__")', json(1)],
  ['IsJsonArray(Flow.json.list)', boolean(true)],
  ['IsJsonArray(Flow.names)', boolean(false)],
  ['IsJsonObject(Flow.json)', boolean(true)],
  ['IsJsonObject(Flow.json.list)', boolean(false)],
  ['IsJsonObject(Flow.unset)', boolean(false)],
  ['IsJsonString(Flow.json.name)', boolean(true)],
  ['IsJsonNumber(Flow.json.name)', boolean(false)],
  ['IsJsonNumber(Flow.json.age)', boolean(true)],
  ['IsJsonBoolean(Flow.json.isMember)', boolean(true)],
])('%s', (text, value) => {
  expect(result(text)).toEqual(value);
});

describe('what the JSON functions refuse', () => {
  test.each([
    ['JsonParse("{a: 1}")', 'JsonParse was given text that is not JSON'],
    ['JsonParse("")', 'JsonParse was given text that is not JSON'],
    [`JsonParse("${'['.repeat(101)}${']'.repeat(101)}")`, 'JsonParse was given text that is not JSON'],
    ['GetJsonObjectProperty("a", "b")', 'GetJsonObjectProperty takes JSON as its object, not a string'],
    ['ToJsonCollection(Flow.json)', 'ToJsonCollection was given JSON that is no array'],
    ['MakeJsonObject("a")', 'MakeJsonObject takes pairs: a name, then its value'],
    ['MakeJsonObject(1, 2)', 'MakeJsonObject takes strings as names'],
  ])('%s', (text, message) => {
    expect(failureOf(text)[0]).toBe(message);
  });

  test('a long text of quotes is read in a moment', () => {
    const text = make.string(`"${'\\"'.repeat(400_000)}`);
    const { evaluate } = parseExpression('JsonParse(s)');
    expect(() => evaluate({ variable: () => text, now: () => 0 })).toThrow('text that is not JSON');
  });

  test('brackets in strings are no nesting', () => {
    expect(result(`JsonParse("\\"${'['.repeat(500)}\\"")`)).toEqual(json('['.repeat(500)));
  });
});
