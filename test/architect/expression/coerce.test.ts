import { describe, expect, test } from 'vitest';
import { become, canBecome, jsonOf, textOf } from '../../../src/architect/expression/coerce.ts';
import { make, NOT_SET, type Type, typeOfVariableKey, type Value } from '../../../src/architect/expression/value.ts';

const { string, integer, decimal, boolean, json, dateTime, duration, collection } = make;

describe('a value becomes one of another type', () => {
  const rows: readonly (readonly [string, Value, Type, Value | undefined])[] = [
    ['an integer a string', integer(5), 'string', string('5')],
    ['a boolean a string', boolean(false), 'string', string('false')],
    ['a dateTime a string', dateTime(0), 'string', string('1970-01-01T00:00:00.000Z')],
    ['an integer a decimal', integer(5), 'decimal', decimal(5)],
    ['a whole decimal an integer', decimal(5), 'integer', integer(5)],
    ['another decimal no integer', decimal(5.5), 'integer', undefined],
    ['a string no integer', string('5'), 'integer', undefined],
    ['a string no boolean', string('true'), 'boolean', undefined],
    [
      'a prompt audio',
      { type: 'prompt', name: 'Prompt.A' },
      'audio',
      { type: 'audio', parts: [{ prompt: 'Prompt.A' }] },
    ],
    ['a string no audio', string('a'), 'audio', undefined],
    ['JSON text a string', json('a'), 'string', string('a')],
    ['a JSON number an integer', json(5), 'integer', integer(5)],
    ['a JSON number a string', json(5), 'string', string('5')],
    ['a JSON fraction a decimal', json(5.5), 'decimal', decimal(5.5)],
    ['a JSON boolean a boolean', json(true), 'boolean', boolean(true)],
    ['JSON text no integer', json('5'), 'integer', undefined],
    ['a JSON object a string', json({ a: 1 }), 'string', string('{"a":1}')],
    ['a JSON object itself', json({ a: 1 }), 'json', json({ a: 1 })],
    ['JSON text JSON', json('a'), 'json', json('a')],
    ['a string no JSON', string('{}'), 'json', undefined],
    ['a JSON array a collection', json(['a', 5]), 'stringCollection', collection('string', [string('a'), string('5')])],
    ['a JSON array not one of what it does not hold', json(['a']), 'integerCollection', undefined],
    ['a JSON object no collection', json({ a: 1 }), 'stringCollection', undefined],
    ['NOT_SET stays NOT_SET', NOT_SET, 'integer', NOT_SET],
    ['JSON null is NOT_SET', json(null), 'string', NOT_SET],
    ['a collection no string', collection('string', []), 'string', undefined],
  ];
  test.each(rows)('%s', (_, value, type, result) => {
    expect(become(value, type)).toEqual(result);
  });

  test.each(rows.filter(([, , , result]) => result !== undefined && result.type !== 'notSet'))(
    'and that is foreseen: %s',
    (_, value, type) => {
      expect(canBecome(value.type === 'collection' ? 'stringCollection' : value.type, type)).toBe(true);
    },
  );
});

describe('what cannot be is foreseen', () => {
  const rows: readonly (readonly [Type | 'notSet', Type])[] = [
    ['string', 'integer'],
    ['string', 'boolean'],
    ['string', 'json'],
    ['boolean', 'integer'],
    ['string', 'audio'],
    ['json', 'audio'],
    ['stringCollection', 'string'],
    ['string', 'stringCollection'],
    ['stringCollection', 'integerCollection'],
    ['notSet', 'string'],
  ];
  test.each(rows)('%s: no %s', (type, wanted) => {
    expect(canBecome(type, wanted)).toBe(false);
  });

  test('of what is not known nothing is', () => {
    expect(canBecome('unknown', 'audio')).toBe(true);
  });
});

test.each([
  [string('a'), 'a'],
  [integer(5), 5],
  [decimal(1.5), 1.5],
  [boolean(true), true],
  [duration(1_000), 'PT1S'],
  [collection('integer', [integer(1), NOT_SET]), [1, null]],
  [json({ a: [1] }), { a: [1] }],
  [NOT_SET, null],
])('a data action gets %o as %o', (value, expected) => {
  expect(jsonOf(value)).toEqual(expected);
});

test.each([[NOT_SET], [collection('string', [])], [{ type: 'audio', parts: [{ say: 'a' }] } as const]])(
  'there is no text of %o',
  (value) => {
    expect(textOf(value)).toBeUndefined();
  },
);

test.each([
  ['stringVariable', 'string'],
  ['jsonVariable', 'json'],
  ['dateTimeVariable', 'dateTime'],
  ['stringCollectionVariable', 'stringCollection'],
  ['queueVariable', 'object'],
  ['externalContactCollectionVariable', 'objectCollection'],
  ['Variable', undefined],
  ['string', undefined],
])('a variable under the key %s is of the type %s', (key, type) => {
  expect(typeOfVariableKey(key)).toBe(type);
});
