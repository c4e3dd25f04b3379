import { test } from 'vitest';
import { contractSide } from '../../../src/architect/lint/contracts.ts';
import { expectAtPlace, secureCall } from './seeded.ts';
import { call } from './snippets.ts';

const side = (properties: object, required: readonly string[]) => contractSide({ properties, required });
const actions = [
  {
    category: 'pay',
    name: 'make id',
    input: side({ card: { type: 'string' } }, ['card']),
    output: side({ id: { type: 'string' }, ok: { type: 'boolean' } }, ['id']),
  },
  { category: 'save', name: 'keep', input: side({ id: { type: 'string' } }, ['id']), output: side({}, []) },
];

test.each([
  [
    'the name of another data action',
    secureCall(call('{id: {exp: Task.entered}}', { name: '«keep' }))
      .replace('«', '')
      .replace('      pay:', '      «pay:'),
    'error',
    'data-actions',
    /"keep" is in the category "save", not in "pay"/,
  ],
  [
    'a misspelled data action',
    secureCall(call('{card: {exp: Task.entered}}', { name: '«make idd' })),
    'error',
    'data-actions',
    /no data action "make idd": it has "make id"/,
  ],
  [
    'a whole other data action',
    secureCall(call('{«card: {exp: Task.entered}}', { category: 'save', name: 'keep' })),
    'error',
    'data-actions',
    /"card" is no input of the data action "keep"/,
  ],
  [
    'an input that is missing',
    secureCall(call('{}', { name: '«make id' })),
    'error',
    'data-actions',
    /needs the input "card"/,
  ],
  [
    'an input without a value',
    secureCall(call('{«card: {noValue: true}}')),
    'error',
    'data-actions',
    /needs the input "card"/,
  ],
  [
    'a misspelled output',
    secureCall(call('{card: {exp: Task.entered}}', { outputs: '{«di: {var: Task.entered}}' })),
    'error',
    'data-actions',
    /"di" is no output/,
  ],
  [
    'an output into a variable of another type',
    secureCall(call('{card: {exp: Task.entered}}', { outputs: '{ok: {var: «Task.count}}' })),
    'error',
    'data-actions',
    /"ok" is a boolean, not an integer/,
  ],
  [
    'a data action that nobody knows',
    secureCall(call('{}', { category: 'other', name: '«another' })),
    'note',
    'data-actions',
    /not known here/,
  ],
] as const)('%s is named at its place', (_, marked, severity, rule, message) => {
  expectAtPlace(marked, { severity, rule, message }, actions);
});
