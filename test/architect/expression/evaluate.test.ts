import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../src/architect/expression/expression.ts';
import { make, NOT_SET } from '../../../src/architect/expression/value.ts';
import { failureOf, NOW, result } from './evaluating.ts';

const { string, integer, decimal, boolean, json, duration, dateTime } = make;

describe('values and operators', () => {
  test.each([
    ['"a"', string('a')],
    ['NOT_SET', NOT_SET],
    ['flow.TEXT', string('hello')],
    ['1 + 2', integer(3)],
    ['1 + 2.5', decimal(3.5)],
    ['0.1 + 0.2', decimal(0.3)],
    ['2 - 3', integer(-1)],
    ['-flow.count', integer(-7)],
    ['4 * Flow.price', decimal(10)],
    ['5 / 2', decimal(2.5)],
    ['7 % 4', integer(3)],
    ['2 ^ 10', integer(1024)],
    ['2 ^ -1', decimal(0.5)],
    ['6 & 3', integer(2)],
    ['6 | 3', integer(7)],
    ['~5', integer(-6)],
    ['900000000000000 | 1', integer(900000000000001)],
    ['"a" + "b"', string('ab')],
    ['"a" + 1', string('a1')],
    ['1.5 + "x"', string('1.5x')],
    ['"is " + true', string('is true')],
    ['Task.start + Task.wait', dateTime(Date.UTC(2024, 0, 31, 10, 1, 30))],
    ['Task.start - (Task.start - Task.wait)', duration(90_000)],
    ['Task.wait + Task.wait - Task.wait', duration(90_000)],
    ['-Task.wait', duration(-90_000)],
    ['1 < 2', boolean(true)],
    ['2 <= 2.0', boolean(true)],
    ['3 > 3', boolean(false)],
    ['3 >= 4', boolean(false)],
    ['"a" < "b"', boolean(true)],
    ['"b" <= "a"', boolean(false)],
    ['Task.start > Task.start - Task.wait', boolean(true)],
    ['Task.wait >= Task.wait', boolean(true)],
    ['!true', boolean(false)],
    ['not false', boolean(true)],
    ['true and Flow.yes', boolean(true)],
    ['true and false', boolean(false)],
    ['false or false', boolean(false)],
    ['false or Flow.yes', boolean(true)],
  ])('%s', (text, value) => {
    expect(result(text)).toEqual(value);
  });
});

describe('equality', () => {
  test.each([
    ['1 == 1.0', true],
    ['1 != 2', true],
    ['"a" == "A"', false],
    ['"5" == 5', true],
    ['true == "true"', true],
    ['Flow.queue == Flow.queue', true],
    ['Flow.names == MakeList("b", "a", "b")', true],
    ['Flow.names == MakeList("b", "a")', false],
    ['Task.start == Task.start', true],
    ['Flow.json.name == "Ann"', true],
    ['Flow.json.age == 42', true],
    ['Flow.json.inner == JsonParse("{\\"deep\\": \\"x\\"}")', true],
    ['Flow.json.inner == Flow.json', false],
  ])('%s is %s', (text, holds) => {
    expect(result(text)).toEqual(boolean(holds));
  });

  test.each([
    ['NOT_SET == NOT_SET', true],
    ['Flow.unset == NOT_SET', true],
    ['Flow.unset == ""', false],
    ['Flow.unset != ""', true],
    ['NOT_SET == 0', false],
    ['ToString(NOT_SET) == ""', false],
    ['Flow.json.none == NOT_SET', true],
  ])('NOT_SET is nothing else: %s is %s', (text, holds) => {
    expect(result(text)).toEqual(boolean(holds));
  });
});

describe('NOT_SET where it may not be is an error of the flow', () => {
  const guard = 'guard it with If(IsSet(…), …, …)';
  test.each([
    ['5 + Flow.unset', `the right side of "+" is NOT_SET: ${guard}`, 2],
    ['Flow.unset < 5', `the left side of "<" is NOT_SET: ${guard}`, 11],
    ['"a" + NOT_SET', `the right side of "+" is NOT_SET: ${guard}`, 4],
    ['!Flow.unset', `the operand of "!" is NOT_SET: ${guard}`, 0],
    ['Flow.unset and true', `the left side of "and" is NOT_SET: ${guard}`, 11],
    ['true or Flow.unset and true', undefined, 0],
    ['Length(Flow.unset)', `Length was given NOT_SET as its text: ${guard}`, 7],
    ['If(Flow.unset, 1, 2)', `If was given NOT_SET as its condition: ${guard}`, 3],
    ['Flow.unset.name', `what ".name" is asked of is NOT_SET: ${guard}`, 11],
    ['Flow.names[Flow.unset]', 'an index is an integer, not NOT_SET', 10],
  ])('%s', (text, message, offset) => {
    if (message) expect(failureOf(text)).toEqual([message, offset]);
    else expect(result(text)).toEqual(boolean(true));
  });
});

describe('what is not needed is not evaluated', () => {
  test.each([
    ['If(IsSet(Flow.unset), Substring(Flow.unset, 0, 3), "none")', string('none')],
    ['if(Flow.yes, 1, 1 / 0)', integer(1)],
    ['If(false, 1 / 0, NOT_SET)', NOT_SET],
    ['IsSet(Flow.unset) and Length(Flow.unset) > 3', boolean(false)],
    ['IsNotSetOrEmpty(Flow.unset) or Length(Flow.unset) > 3', boolean(true)],
    ['Flow.json.isMember or 1 / 0 == 1', boolean(true)],
  ])('%s', (text, value) => {
    expect(result(text)).toEqual(value);
  });
});

describe('members and items', () => {
  test.each([
    ['Flow.json.name', json('Ann')],
    ['Flow.json.Name', NOT_SET],
    ['Flow.json.none', NOT_SET],
    ['Flow.json.constructor', NOT_SET],
    ['Flow.json.__proto__', NOT_SET],
    ['Flow.json.age + 1', integer(43)],
    ['Flow.json.score * 2', decimal(3)],
    ['Flow.json.list[1]', json('b')],
    ['Flow.names[1]', string('a')],
    ['Flow.queue.name', string('Sales')],
    ['Flow.queue.ID', string('q1')],
    ['MakeCurrency(5.25, "usd").Amount', decimal(5.25)],
    ['MakeCurrency(5.25, "usd").code', string('USD')],
    ['Prompt.Welcome', { type: 'prompt', name: 'Prompt.Welcome' }],
    ['Prompt.Welcome.name', string('Prompt.Welcome')],
    ['System.MaxInt', integer(999_999_999_999_999)],
    ['Split("a+b", "+")[1]', string('b')],
  ])('%s', (text, value) => {
    expect(result(text)).toEqual(value);
  });
});

describe('what has no meaning is an error at its place', () => {
  test.each([
    ['Flow.nothing', 'there is no variable Flow.nothing here', 0],
    ['1 + Foo(2)', 'there is no function "Foo"', 4],
    ['Substrin("a", 0, 1)', 'there is no function "Substrin": did you mean Substring?', 0],
    ['FindQueue("Sales")', 'FindQueue looks something up in the organization, which is not there offline', 0],
    ['MakeTime(1, 2)', 'MakeTime is known, but not simulated here', 0],
    ['Length()', 'Length takes 1 argument, not 0', 0],
    ['If(true, 1)', 'If takes 3 arguments, not 2', 0],
    ['GetCurrentDateTimeUtc(1)', 'GetCurrentDateTimeUtc takes no arguments, not 1', 0],
    ['Append()', 'Append takes at least 1 argument, not 0', 0],
    ['FindString("a")', 'FindString takes 2 to 3 arguments, not 1', 0],
    ['Left("a", "b")', 'Left takes an integer as its length, not a string', 10],
    ['Left("a", 1.5)', 'Left takes an integer as its length, not a decimal', 10],
    ['Count("a")', 'Count takes a collection as its collection, not a string', 6],
    ['"a" - 1', '"-" has no meaning for a string and an integer', 4],
    ['"a" < 1', '"<" has no meaning for a string and an integer', 4],
    ['1 == true', '"==" has no meaning for an integer and a boolean', 2],
    ['1 and true', '"and" has no meaning for an integer and a boolean', 2],
    ['Flow.names + "a"', '"+" has no meaning for a collection (string) and a string', 11],
    ['1.5 & 1', '"&" has no meaning for a decimal and an integer', 4],
    ['-"a"', '"-" has no meaning for a string', 0],
    ['not 1', '"not" has no meaning for an integer', 0],
    ['1 / 0', 'division by zero', 2],
    ['1 % 0', 'division by zero', 2],
    ['(0 - 8) ^ 0.5', 'the result is no number or too great', 8],
    ['System.MaxInt + 1', 'an integer is between -999999999999999 and 999999999999999', 14],
    ['System.MaxDateTime + Task.wait', 'a dateTime is in the years 1800 to 2200', 19],
    ['Flow.text.size', 'a string has no member "size"', 10],
    ['ToPhoneNumber(Call.Ani).size', 'a phone number has no member "size": it has e164, dialingCode, isTel, isSip', 24],
    ['Flow.text[0]', 'a string has no items', 9],
    ['Flow.names[3]', 'no item has this index: the collection has 3, from 0', 10],
    ['Flow.names[-1]', 'no item has this index: the collection has 3, from 0', 10],
    ['Flow.names["a"]', 'an index is an integer, not a string', 10],
  ])('%s', (text, message, offset) => {
    expect(failureOf(text)).toEqual([message, offset]);
  });
});

test('the time is the given one', () => {
  expect(result('GetCurrentDateTimeUtc()')).toEqual(dateTime(NOW));
});

test('one expression is read once and evaluated in many places', () => {
  const { evaluate } = parseExpression('Flow.n * 2');
  const results = [1, 2, 3].map((n) => evaluate({ variable: () => integer(n), now: () => 0 }));
  expect(results).toEqual([integer(2), integer(4), integer(6)]);
});

test('a long chain is walked', () => {
  expect(result(`1${'+1'.repeat(900)}`)).toEqual(integer(901));
});

describe('a string that is doubled and doubled ends with an error', () => {
  const long = make.string('x'.repeat(600_000));
  test.each([
    ['by appending', 'Append(s, s)', 'the string gets longer than 1000000 characters'],
    ['by adding', 's + s', 'the string gets longer than 1000000 characters'],
    ['by replacing', 'Replace(s, "x", s)', 'Replace would make too long a string'],
    [
      'beyond what a string can be',
      `Append(${Array.from({ length: 1_000 }, () => 's').join(',')})`,
      'the result gets too large',
    ],
  ])('%s', (_, text, message) => {
    const { evaluate } = parseExpression(text);
    expect(() => evaluate({ variable: () => long, now: () => 0 })).toThrow(message);
  });
});

test.each(['ToInt(s)', 'JsonParse(s)', 's - 1', 'ToPhoneNumber(s)', 'ToDateTime(s)', 's.x', 's[0]', 'Left(s, s)'])(
  'no message holds a value: %s',
  (text) => {
    const { evaluate } = parseExpression(text);
    const card = () => make.string('4111 x');
    expect(() => evaluate({ variable: card, now: () => 0 })).toThrow(/^(?!.*4111).+$/);
  },
);
