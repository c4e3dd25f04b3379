import { expect, test } from 'vitest';
import { lintFlow } from '../../../src/architect/lint/lint-flow.ts';
import { expectAtPlace, secureCall, workflow } from './seeded.ts';
import { collect, decide, END, set } from './snippets.ts';

test.each([
  [
    'an expression that cannot be read',
    secureCall(decide('{exp: "Task.count « = 1"}').replace('« =', '«=')),
    'error',
    'expression-errors',
    /write "=="/,
  ],
  [
    'an operator between things that it has no meaning for',
    secureCall(decide('{exp: Task.count «and true}')),
    'warning',
    'expression-errors',
    /no meaning for an integer/,
  ],
  [
    'a misspelled function',
    secureCall(decide('{exp: «IsSett(Task.count)}')),
    'warning',
    'expression-errors',
    /did you mean IsSet/,
  ],
  [
    'a condition that is a number',
    secureCall(decide('{exp: «Task.count}')),
    'error',
    'value-types',
    /a condition is a boolean, not an integer/,
  ],
  [
    'a condition that is a word',
    secureCall(decide('{lit: «maybe}')),
    'error',
    'literal-types',
    /a condition is a boolean, not "maybe"/,
  ],
  [
    'digits into a number',
    secureCall(`${collect('- disconnect: {}', '«Task.count')}\n${END}`),
    'error',
    'value-types',
    /what a caller enters is a string, not an integer/,
  ],
  [
    'a string into an integer',
    secureCall(set('integer: {variable: Task.count, value: {exp: «Lower(Task.entered)}}')),
    'error',
    'value-types',
    /Task.count is an integer, not a string/,
  ],
  [
    'an assignment of another type',
    secureCall(set('integer: {variable: «Task.entered, value: {lit: 1}}')),
    'error',
    'value-types',
    /what "integer" assigns to is an integer, not a string/,
  ],
  [
    'a word for a number',
    secureCall(set('integer: {variable: Task.count, value: {lit: «many}}')),
    'error',
    'literal-types',
    /Task.count is an integer, not "many"/,
  ],
  [
    'a first value of another type',
    workflow('').replace('{lit: false}', '{lit: «maybe}'),
    'error',
    'literal-types',
    /Flow.isDone is a boolean/,
  ],
] as const)('%s is named at its place', (_, marked, severity, rule, message) => {
  expectAtPlace(marked, { severity, rule, message });
});

test('a finding tells where in the flow it is', () => {
  const found = lintFlow(secureCall(decide('{exp: Task.count}')), 'a.yaml');
  const { path } = found.find(({ rule }) => rule === 'value-types') ?? {};
  expect(path).toBe('/secureCall/tasks/task[main]/actions/decision[Decide]/condition/exp');
});
