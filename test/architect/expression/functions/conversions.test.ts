import { describe, expect, test } from 'vitest';
import { make, NOT_SET } from '../../../../src/architect/expression/value.ts';
import { failureOf, result } from '../evaluating.ts';

const { string, integer, decimal, boolean, dateTime, duration } = make;

test.each([
  ['ToString(5)', string('5')],
  ['ToString(1.50)', string('1.5')],
  ['ToString(0.000000125)', string('0.000000125')],
  ['ToString(10.0 ^ 22)', string('10000000000000000000000')],
  ['ToString(true)', string('true')],
  ['ToString("a")', string('a')],
  ['ToString(NOT_SET)', NOT_SET],
  ['ToString(Task.start)', string('2024-01-31T10:00:00.000Z')],
  ['ToString(Task.wait)', string('PT1M30S')],
  ['ToString(Flow.json.name)', string('Ann')],
  ['ToString(Flow.json.inner)', string('{"deep":"x"}')],
  ['ToString(MakeCurrency(5, "usd"))', string('5 USD')],
  ['ToString(ToPhoneNumber("+44 20 7946 0018"))', string('+44 20 7946 0018')],
  ['MakePhoneNumber("+13175550123").e164', string('+13175550123')],
  ['ToDisplayString(7)', string('7')],
  ['ToDisplayString(NOT_SET)', NOT_SET],
  ['ToInt("42")', integer(42)],
  ['ToInt(" -7 ")', integer(-7)],
  ['ToInt(2.9)', integer(2)],
  ['ToInt(-2.9)', integer(-2)],
  ['ToInt(true)', integer(1)],
  ['ToInt(Task.wait)', integer(90_000)],
  ['ToInt(Flow.json.age)', integer(42)],
  ['ToDecimal("2.50")', decimal(2.5)],
  ['ToDecimal(2)', decimal(2)],
  ['ToBool("True")', boolean(true)],
  ['ToBoolean(0)', boolean(false)],
  ['ToBool(Flow.json.isMember)', boolean(true)],
  ['ToDateTime("2024-02-29T10:00:00Z")', dateTime(Date.UTC(2024, 1, 29, 10))],
  ['ToDateTime("2024-02-29 10:00")', dateTime(Date.UTC(2024, 1, 29, 10))],
  ['ToDateTime("2024-02-29T10:00:00.5+02:00")', dateTime(Date.UTC(2024, 1, 29, 8, 0, 0, 500))],
  ['ToDateTime("2024-02-29")', dateTime(Date.UTC(2024, 1, 29))],
  ['ToDateTime(ToString(Task.start))', dateTime(Date.UTC(2024, 0, 31, 10))],
  ['ToDuration("P1DT2H3M4.5S")', duration(93_784_500)],
  ['ToDuration("-PT5S")', duration(-5_000)],
  ['ToDuration(1500)', duration(1_500)],
  ['ToString(ToDuration("P1DT2H3M4.5S"))', string('P1DT2H3M4.5S')],
  ['ToString(ToDuration(0))', string('PT0S')],
  ['ToString(ToDuration(0 - 5000))', string('-PT5S')],
])('%s', (text, value) => {
  expect(result(text)).toEqual(value);
});

describe('what cannot be converted is an error of the flow', () => {
  test.each([
    ['ToInt("x")', 'ToInt cannot make an integer of this string'],
    ['ToInt("")', 'ToInt cannot make an integer of this string'],
    ['ToInt("1.5")', 'ToInt cannot make an integer of this string'],
    ['ToInt("0x10")', 'ToInt cannot make an integer of this string'],
    ['ToInt("9999999999999999")', 'ToInt cannot make an integer of this string'],
    ['ToInt(NOT_SET)', 'ToInt was given NOT_SET as its value: guard it with If(IsSet(…), …, …)'],
    ['ToDecimal("1,5")', 'ToDecimal cannot make a decimal of this string'],
    ['ToBool("yes")', 'ToBool cannot make a boolean of this string'],
    ['ToDateTime("2024-02-30")', 'ToDateTime cannot make a dateTime of this string'],
    ['ToDateTime("2024-13-01T00:00:00Z")', 'ToDateTime cannot make a dateTime of this string'],
    ['ToDateTime("2024-12-01T25:00:00Z")', 'ToDateTime cannot make a dateTime of this string'],
    ['ToDateTime("1700-01-01")', 'ToDateTime cannot make a dateTime of this string'],
    ['ToDateTime("tomorrow")', 'ToDateTime cannot make a dateTime of this string'],
    ['ToDuration("P")', 'ToDuration cannot make a duration of this string'],
    ['ToDuration("PT")', 'ToDuration cannot make a duration of this string'],
    ['ToString(Flow.names)', 'ToString cannot make a string of this collection (string)'],
    ['ToPhoneNumber("anonymous")', 'ToPhoneNumber cannot make a phone number of this string'],
    ['MakeCurrency(5, "dollars")', 'MakeCurrency takes a currency code of three letters'],
  ])('%s', (text, message) => {
    expect(failureOf(text)[0]).toBe(message);
  });
});

describe('phone numbers', () => {
  test.each([
    ['Call.Ani', '+13175550123', '1', true, false],
    ['"+44 (20) 7946-0018"', '+442079460018', '44', true, false],
    ['"tel:+358401234567"', '+358401234567', '358', true, false],
    ['"+7 495 123 45 67"', '+74951234567', '7', true, false],
    ['"+4930123456"', '+4930123456', '49', true, false],
    ['"+420123456789"', '+420123456789', '420', true, false],
    ['"3175550123"', undefined, undefined, true, false],
    ['"sip:ann@example.com"', undefined, undefined, false, true],
    ['"sip:localhost"', undefined, undefined, false, true],
  ])('%s', (text, e164, dialingCode, isTel, isSip) => {
    const asked = ['e164', 'dialingCode', 'isTel', 'isSip'].map((name) => result(`ToPhoneNumber(${text}).${name}`));
    const textOrNone = (given: string | undefined) => (given === undefined ? NOT_SET : string(given));
    expect(asked).toEqual([textOrNone(e164), textOrNone(dialingCode), boolean(isTel), boolean(isSip)]);
  });

  test.each(['""', '"unknown"', '"+1"', '"12a45"', '"sip:"', '"+1234567890123456"'])('%s is none', (text) => {
    expect(failureOf(`ToPhoneNumber(${text})`)[0]).toBe('ToPhoneNumber cannot make a phone number of this string');
  });
});
