import { expect, test } from 'vitest';
import { faultOfSchema, faultOfValue } from '../../../src/sandbox/genesys/json-schema.ts';

const text = { type: 'string' };

test.each([
  [{ type: 'object' }, { a: 1 }],
  [
    { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', properties: { a: text } },
    { a: 'x', b: 2 },
  ],
  [{ type: 'object', properties: { a: { type: ['string', 'null'] } } }, { a: null }],
  [{ type: 'array', items: text }, ['a']],
  [{ type: 'object', required: ['a'] }, { a: null }],
])('%j fits %j', (schema, value) => {
  expect(faultOfSchema(schema)).toBeUndefined();
  expect(faultOfValue(schema, value)).toBeUndefined();
});

test.each([
  [{ type: 'object' }, null, /^it: /],
  [{ type: 'object' }, ['a'], /^it: /],
  [{ type: 'object', properties: { a: text } }, { a: 1 }, /^a: /],
  [{ type: 'object', required: ['a'] }, {}, /^a: /],
  [{ type: 'object', properties: { a: { type: 'object', required: ['b'] } } }, { a: {} }, /^a\.b: /],
  [{ type: 'array', items: { type: 'object', required: ['b'] } }, [{}], /^0\.b: /],
  [{ type: 'object', additionalProperties: false }, { secret: 'x' }, /^it: /],
])('%j does not fit %j', (schema, value, fault) => {
  expect(faultOfValue(schema, value)).toMatch(fault);
});

test('what is wrong is told without the value', () => {
  expect(faultOfValue({ type: 'object', properties: { card: { type: 'number' } } }, { card: '1234' })).not.toContain(
    '1234',
  );
});

test.each([
  {},
  { type: 'string' },
  { type: 'text' },
  { type: 'object', properties: { a: { type: 'text' } } },
  { type: 'object', properties: ['a'] },
  { type: 'object', required: 'a' },
])('%j is no schema', (schema) => {
  expect(faultOfSchema(schema)).toEqual(expect.any(String));
});
