import { describe, expect, test } from 'vitest';
import { become } from '../../../src/architect/expression/coerce.ts';
import { parseExpression } from '../../../src/architect/expression/expression.ts';
import type { StaticType, Type } from '../../../src/architect/expression/value.ts';
import { declared, result } from './evaluating.ts';

const checkOf = (text: string, flow = 'inboundCall') => parseExpression(text).check({ typeOf: declared, flow });

describe('the type of what an expression results in', () => {
  const rows: readonly (readonly [string, StaticType])[] = [
    ['"a"', 'string'],
    ['NOT_SET', 'notSet'],
    ['Flow.count', 'integer'],
    ['Flow.names', 'stringCollection'],
    ['Call.Ani', 'string'],
    ['Flow.IsTest', 'boolean'],
    ['System.MaxDateTime', 'dateTime'],
    ['Prompt.Welcome', 'prompt'],
    ['1 + 2', 'integer'],
    ['1 + 2.5', 'decimal'],
    ['4 / 2', 'decimal'],
    ['2 ^ 3', 'unknown'],
    ['2.0 ^ 3', 'decimal'],
    ['"a" + 1', 'string'],
    ['Flow.json.age + 1', 'unknown'],
    ['Flow.json.name + "x"', 'string'],
    ['-Flow.price', 'decimal'],
    ['-Flow.json.age', 'unknown'],
    ['~1', 'integer'],
    ['!Flow.yes', 'boolean'],
    ['1 | 2', 'integer'],
    ['Flow.count > 1 and Flow.json.isMember', 'boolean'],
    ['Flow.unset == NOT_SET', 'boolean'],
    ['Task.start + Task.wait', 'dateTime'],
    ['Task.start - Task.start', 'duration'],
    ['Task.wait - Task.wait', 'duration'],
    ['Task.start + Flow.json.wait', 'unknown'],
    ['Flow.json.inner.deep', 'json'],
    ['Flow.json.list[0]', 'json'],
    ['Flow.names[0]', 'string'],
    ['ToPhoneNumber(Call.Ani).E164', 'string'],
    ['Flow.queue.description', 'unknown'],
    ['If(Flow.yes, 1, 2)', 'integer'],
    ['If(Flow.yes, 1, 2.5)', 'decimal'],
    ['If(Flow.yes, NOT_SET, "a")', 'string'],
    ['If(Flow.yes, "a", NOT_SET)', 'string'],
    ['If(Flow.yes, "a", 1)', 'unknown'],
    ['Append("a", 1)', 'string'],
    ['Append("a", ToAudioBlank(1))', 'audio'],
    ['Max(1, 2)', 'integer'],
    ['Max(1, 2.5)', 'decimal'],
    ['Max(1, Flow.json.age)', 'unknown'],
    ['Abs(Flow.json.age)', 'unknown'],
    ['MakeList("a")', 'stringCollection'],
    ['AddItem(Flow.names, "a")', 'stringCollection'],
    ['RemoveDups(Flow.json.list)', 'jsonCollection'],
    ['GetAt(Flow.names, 0)', 'string'],
    ['GetAt(Flow.json.list, 0)', 'json'],
    ['GetJsonObjectProperty(Flow.json, "a")', 'json'],
  ];
  test.each(rows)('%s: %s', (text, type) => {
    expect(checkOf(text)).toEqual({ type, problems: [] });
  });

  test.each(rows.filter(([, type]) => type !== 'unknown' && type !== 'notSet'))('and it does: %s: %s', (text, type) => {
    const value = become(result(text), type as Type);
    expect(value).toBeDefined();
  });
});

describe('what would go wrong', () => {
  test.each([
    ['Foo(1)', 0, 'unknown-function', 'there is no function "Foo"'],
    ['Uper("a")', 0, 'unknown-function', 'there is no function "Uper": did you mean Upper?'],
    [
      'FindUserPrompt("Hi")',
      0,
      'not-simulated',
      'FindUserPrompt looks something up in the organization, which is not there offline',
    ],
    ['If(true, 1)', 0, 'arguments', 'If takes 3 arguments, not 2'],
    ['Trim("a", "b")', 0, 'arguments', 'Trim takes 1 argument, not 2'],
    ['Left("a", "b")', 10, 'types', 'Left takes an integer as its length, not a string'],
    ['If("true", 1, 2)', 3, 'types', 'If takes a boolean as its condition, not a string'],
    ['Length(NOT_SET)', 7, 'types', 'Length takes a string as its text, not NOT_SET'],
    ['Count(Flow.text)', 6, 'types', 'Count takes a collection as its collection, not a string'],
    ['5 + NOT_SET', 2, 'types', '"+" has no meaning for an integer and NOT_SET'],
    ['NOT_SET < 5', 8, 'types', '"<" has no meaning for NOT_SET and an integer'],
    ['NOT_SET and true', 8, 'types', '"and" has no meaning for NOT_SET and a boolean'],
    ['Flow.text - 1', 10, 'types', '"-" has no meaning for a string and an integer'],
    ['Flow.text > 1', 10, 'types', '">" has no meaning for a string and an integer'],
    ['Flow.text * Flow.json.age', 10, 'types', '"*" has no meaning for a string and JSON'],
    ['Flow.count == Flow.yes', 11, 'types', '"==" has no meaning for an integer and a boolean'],
    ['Flow.text == Flow.names', 10, 'types', '"==" has no meaning for a string and a collection (string)'],
    ['Flow.names + "a"', 11, 'types', '"+" has no meaning for a collection (string) and a string'],
    ['Flow.count or Flow.yes', 11, 'types', '"or" has no meaning for an integer and a boolean'],
    ['Flow.price | 1', 11, 'types', '"|" has no meaning for a decimal and an integer'],
    ['not Flow.text', 0, 'types', '"not" has no meaning for a string'],
    ['-Flow.yes', 0, 'types', '"-" has no meaning for a boolean'],
    ['Flow.text.length', 10, 'types', 'a string has no member "length"'],
    [
      'ToPhoneNumber(Call.Ani).number',
      24,
      'types',
      'a phone number has no member "number": it has e164, dialingCode, isTel, isSip',
    ],
    ['Flow.text[0]', 9, 'types', 'a string has no items'],
    ['Flow.names["a"]', 10, 'types', 'an index is an integer, not a string'],
  ])('%s', (text, offset, kind, message) => {
    expect(checkOf(text).problems).toEqual([{ kind, message, offset }]);
  });

  test('each mistake is told, and what follows from it is not', () => {
    const { problems } = checkOf('Foo(Left("a")) + 1 > Bar(-"x") and Trim(Foo())');
    expect(problems.map(({ message }) => message)).toEqual([
      'Left takes 2 arguments, not 1',
      'there is no function "Foo"',
      '"-" has no meaning for a string',
      expect.stringContaining('there is no function "Bar"'),
      'there is no function "Foo"',
      '"and" has no meaning for a boolean and a string',
    ]);
  });
});

describe('variables', () => {
  test('that are neither declared nor built in are told, once for each use', () => {
    const told: (readonly [string, number])[] = [];
    const { type, problems } = parseExpression('Flow.x + Call.Ani + flow.TEXT + (y + Flow.x)').check({
      typeOf: declared,
      undeclared: (name, offset) => told.push([name, offset]),
    });
    expect(told).toEqual([
      ['Flow.x', 0],
      ['y', 33],
      ['Flow.x', 37],
    ]);
    expect({ type, problems }).toEqual({ type: 'string', problems: [] });
  });

  test.each([
    ['Call.Ani', 'workflow', 'Call.Ani is not there in a flow of the type workflow'],
    ['call.uuidata', 'secureCall', 'Call.UUIData is not there in a flow of the type secureCall'],
    ['Flow.InvocationData', 'inboundCall', 'Flow.InvocationData is not there in a flow of the type inboundCall'],
  ])('%s is not there in a flow of the type %s', (text, flow, message) => {
    expect(checkOf(text, flow).problems).toEqual([{ kind: 'variable', message, offset: 0 }]);
  });

  test('one that the flow declares is its own, whatever is built in elsewhere', () => {
    const check = parseExpression('Flow.InvocationData').check({ typeOf: () => 'json', flow: 'inboundCall' });
    expect(check).toEqual({ type: 'json', problems: [] });
  });

  test('are listed in the order of the text', () => {
    const { variables } = parseExpression('If(IsSet(Flow.a), Task.b.c[d], -Call.Ani) + "Flow.e"');
    expect(variables).toEqual([
      { name: 'Flow.a', offset: 9 },
      { name: 'Task.b', offset: 18 },
      { name: 'd', offset: 27 },
      { name: 'Call.Ani', offset: 32 },
    ]);
  });
});
