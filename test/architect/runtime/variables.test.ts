import { describe, expect, test } from 'vitest';
import { flowOf, rehearse, saying, variables, workflowOf } from './rehearse.ts';

const said = async (exp: string, types: Parameters<typeof variables>[0], given: Record<string, unknown> = {}) =>
  (await rehearse(flowOf([saying(exp)], { variables: variables(types) }), { variables: given })).heard[0];

test.each([
  ['string', { lit: 'a' }, 'Flow.v', 'a'],
  ['string', { lit: '007' }, 'Flow.v', '007'],
  ['string', { exp: '"a" + "b"' }, 'Flow.v', 'ab'],
  ['integer', { lit: 7 }, 'ToString(Flow.v + 1)', '8'],
  ['decimal', { lit: 1.5 }, 'ToString(Flow.v + 1)', '2.5'],
  ['boolean', { lit: true }, 'If(Flow.v, "y", "n")', 'y'],
  ['duration', { lit: { minutes: 1, seconds: 30 } }, 'ToString(Flow.v)', 'PT1M30S'],
  ['dateTime', { lit: '2024-01-02T03:04:05Z' }, 'ToString(Year(Flow.v))', '2024'],
  ['json', { lit: '{"a": {"b": 1}}' }, 'ToString(Flow.v.a.b)', '1'],
  ['json', { lit: { a: [1, 2] } }, 'ToString(Flow.v.a[1])', '2'],
  ['stringCollection', { lit: ['x', 'y'] }, 'Flow.v[1]', 'y'],
  ['queue', { lit: { name: 'Sales' } }, 'Flow.v.name', 'Sales'],
  ['string', { noValue: true }, 'ToString(IsSet(Flow.v))', 'false'],
  ['string', { lit: '' }, 'ToString(IsSet(Flow.v))', 'true'],
])('a %s begins as %j', async (type, initial, exp, text) => {
  expect(await said(exp, { 'Flow.v': [type, initial] })).toBe(text);
});

test('a value that is of another type is an error at its variable', async () => {
  const flow = flowOf([], { variables: variables({ 'Flow.v': ['integer', { lit: 'many' }] }) });
  expect((await rehearse(flow)).ending).toEqual({
    kind: 'error',
    message: 'what is written is here, where an integer is needed',
    where: 'f.yaml:8:11 /inboundCall/variables/integerVariable[Flow.v]',
  });
});

describe('what comes from outside', () => {
  test('goes into inputs of its name, in any case', async () => {
    expect(await said('Flow.ani', { 'Flow.ani': 'string' }, { 'flow.ANI': 'tel:+1' })).toBe('tel:+1');
    expect(await said('Flow.time', { 'Flow.time': 'string' }, { 'Flow.time': 1_000 })).toBe('1000');
  });

  test('that no input is there for is dropped', async () => {
    const closed = [{ stringVariable: { name: 'Flow.x', initialValue: { lit: 'own' }, isInput: false } }];
    const flow = flowOf([saying('Flow.x')], { variables: closed });
    expect((await rehearse(flow, { variables: { 'Flow.x': 'given', 'Flow.other': 1 } })).heard).toEqual(['own']);
  });

  test('that does not come leaves NOT_SET', async () => {
    expect(await said('ToString(IsSet(Flow.x))', { 'Flow.x': 'string' })).toBe('false');
  });

  test('that does not fit is an error', async () => {
    const flow = workflowOf([], { variables: variables({ 'Flow.n': 'integer' }) });
    expect((await rehearse(flow, { variables: { 'Flow.n': 'x' } })).ending).toMatchObject({
      message: 'the input Flow.n is an integer, and was given something else',
    });
  });
});

test.each([
  ['Call.Ani', 'tel:+1'],
  ['call.ani', 'tel:+1'],
  ['Call.Language', 'en-us'],
  ['ToString(Flow.IsTest)', 'false'],
  ['ToString(IsSet(Call.UUIData))', 'false'],
  ['ToString(Flow.StartDateTimeUtc)', '1970-01-01T00:16:40.000Z'],
])('%s is built in', async (exp, text) => {
  const flow = flowOf([saying(exp)], { defaultLanguage: 'en-us' });
  expect((await rehearse(flow, { variables: { 'Call.Ani': 'tel:+1' } })).heard).toEqual([text]);
});

test('a secure flow gets what it was invoked with', async () => {
  const flow = flowOf([saying('Flow.InvocationData')], {}, 'secureCall');
  expect((await rehearse(flow, { variables: { 'Flow.InvocationData': 'c-1' } })).heard).toEqual(['c-1']);
});
