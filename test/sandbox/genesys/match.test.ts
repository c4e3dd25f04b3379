import { describe, expect, test } from 'vitest';
import { type Criterion, isPath, judge, matches, type Operator } from '../../../src/sandbox/genesys/match.ts';

const event = {
  mediaType: 'VOICE',
  dnis: 'tel:+13175550100',
  interactingDurationMs: 500,
  disconnected: false,
  callbackNumbers: ['8675309', '5550100'],
  nothing: null,
  caller: { 'full name': 'Ann', legs: [{ id: 'a' }, { id: 'b' }] },
};

const judged = (jsonPath: string, operator: Operator, compared: Pick<Criterion, 'value' | 'values'>) =>
  judge({ jsonPath, operator, ...compared }, event).match;

describe('a path', () => {
  test.each([
    ['mediaType', 'VOICE', "$['mediaType']"],
    ['$.mediaType', 'VOICE', "$['mediaType']"],
    ["$['mediaType']", 'VOICE', "$['mediaType']"],
    ['$["mediaType"]', 'VOICE', "$['mediaType']"],
    ['callbackNumbers[1]', '5550100', "$['callbackNumbers'][1]"],
    ["$.caller['full name']", 'Ann', "$['caller']['full name']"],
    ['caller.legs[0].id', 'a', "$['caller']['legs'][0]['id']"],
    ['nothing', null, "$['nothing']"],
  ])('%s leads to its value', (jsonPath, value, path) => {
    expect(judge({ jsonPath, operator: 'Exists', value: true }, event)).toEqual({
      found: { value, path },
      match: true,
    });
  });

  test.each(['none', '$.mediaType.length', 'callbackNumbers[2]', 'callbackNumbers.0', 'toString', '$.caller[0]'])(
    '%s leads nowhere',
    (jsonPath) => {
      expect(judge({ jsonPath, operator: 'Exists', value: true }, event)).toEqual({ found: undefined, match: false });
    },
  );

  test.each([
    ['mediaType', true],
    ['$.a.b', true],
    ["['a']", true],
    ['', false],
    ['$', false],
    ['$mediaType', false],
    ['a b', false],
    ['a.', false],
    ['$..a', false],
    ['$.a[*]', false],
    ["$.a[?(@.b=='c')]", false],
    ["['a'", false],
    ['a[1', false],
    ["['a']b", false],
  ])('%j is one: %s', (jsonPath, is) => expect(isPath(jsonPath)).toBe(is));
});

describe('a criterion', () => {
  test.each<[string, Operator, Pick<Criterion, 'value' | 'values'>, boolean]>([
    ['mediaType', 'Equal', { value: 'VOICE' }, true],
    ['mediaType', 'Equal', { value: 'voice' }, false],
    ['interactingDurationMs', 'Equal', { value: '500' }, false],
    ['callbackNumbers', 'Equal', { value: ['8675309', '5550100'] }, true],
    ['none', 'Equal', { value: undefined }, false],
    ['mediaType', 'NotEqual', { value: 'CHAT' }, true],
    ['none', 'NotEqual', { value: 'CHAT' }, true],
    ['interactingDurationMs', 'GreaterThan', { value: 499 }, true],
    ['interactingDurationMs', 'GreaterThan', { value: 500 }, false],
    ['interactingDurationMs', 'GreaterThanOrEqual', { value: 500 }, true],
    ['interactingDurationMs', 'LessThan', { value: 501 }, true],
    ['interactingDurationMs', 'LessThanOrEqual', { value: 499 }, false],
    ['interactingDurationMs', 'LessThan', { value: '501' }, false],
    ['mediaType', 'GreaterThan', { value: 'CHAT' }, true],
    ['mediaType', 'LessThanOrEqual', { value: 'VOICE' }, true],
    ['none', 'LessThan', { value: 1 }, false],
    ['mediaType', 'In', { values: ['CHAT', 'VOICE'] }, true],
    ['none', 'In', { values: ['CHAT'] }, false],
    ['mediaType', 'NotIn', { values: ['CHAT', 'VOICE'] }, false],
    ['none', 'NotIn', { values: ['CHAT'] }, true],
    ['dnis', 'Contains', { value: '13175550100' }, true],
    ['dnis', 'Contains', { value: '13175550101' }, false],
    ['dnis', 'Contains', { value: 1 }, false],
    ['callbackNumbers', 'Contains', { value: '5550100' }, true],
    ['callbackNumbers', 'Contains', { value: '555' }, false],
    ['none', 'Contains', { value: '1' }, false],
    ['callbackNumbers', 'All', { values: ['5550100', '8675309'] }, true],
    ['callbackNumbers', 'All', { values: ['5550100', '1'] }, false],
    ['dnis', 'All', { values: [] }, false],
    ['disconnected', 'Exists', { value: true }, true],
    ['none', 'Exists', { value: false }, true],
    ['none', 'Exists', { value: true }, false],
    ['callbackNumbers', 'Size', { value: 2 }, true],
    ['mediaType', 'Size', { value: 5 }, true],
    ['interactingDurationMs', 'Size', { value: 3 }, false],
  ])('%s %s %j: %s', (jsonPath, operator, compared, is) => expect(judged(jsonPath, operator, compared)).toBe(is));

  test('is not alone: all must hold, and none hold for every event', () => {
    const voice: Criterion = { jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' };
    const long: Criterion = { jsonPath: 'interactingDurationMs', operator: 'GreaterThan', value: 900 };
    expect(matches([voice], event)).toBe(true);
    expect(matches([voice, long], event)).toBe(false);
    expect(matches([], {})).toBe(true);
    expect(matches([voice], 'no object')).toBe(false);
  });
});
