import { expect, test } from 'vitest';
import { lintFlow } from '../../../src/architect/lint/lint-flow.ts';
import { expectAtPlace, secureCall, seeded, workflow } from './seeded.ts';
import { call, collect, decide, END, set } from './snippets.ts';

test.each([
  [
    'a misspelled key of an action',
    secureCall('- playAudio: {name: Say, «adio: {tts: Hello}}\n- disconnect: {}'),
    'error',
    'known-keys',
    /did you mean audio/,
  ],
  [
    'a misspelled key of the flow',
    workflow('').replace('startUpRef', '«startUpReff'),
    'error',
    'known-keys',
    /did you mean startUpRef/,
  ],
  [
    'a key of a data action that is misspelled',
    secureCall(call('{card: {exp: Task.entered}}')).replace('successOutputs', '«succesOutputs'),
    'error',
    'known-keys',
    /did you mean successOutputs/,
  ],
  [
    'a misspelled action',
    secureCall(`- «playAduio: {name: Say}\n${END}`),
    'error',
    'known-actions',
    /did you mean playAudio/,
  ],
  [
    'a misspelled way out',
    secureCall(`${collect('- disconnect: {}')}\n${END}`).replace('failure:', '«failur:'),
    'error',
    'missing-outputs',
    /did you mean failure/,
  ],
  [
    'audio in a workflow',
    workflow('- «playAudio: {name: Say, audio: {tts: Hello}}'),
    'error',
    'known-actions',
    /a workflow has none/,
  ],
  ['the end of a workflow in a call', secureCall('- «endWorkflow: {}'), 'error', 'known-actions', /not a call/],
  [
    'another type of flow',
    secureCall(END).replace('secureCall:', '«secureCal:'),
    'error',
    'flow-type',
    /did you mean secureCall/,
  ],
  [
    'a name that is a boolean elsewhere',
    secureCall(END).replace('name: A Flow', 'name: «on'),
    'warning',
    'risky-scalars',
    /^on without quotes/,
  ],
  ['a key that is one', workflow('- x: {«off: 1}'), 'warning', 'risky-scalars', /^off/],
  [
    'a name that is nothing',
    secureCall(END).replace('name: A Flow', 'name: A\n  description: «~'),
    'warning',
    'risky-scalars',
    /^~/,
  ],
  [
    'a number that begins with zero',
    secureCall(set('string: {variable: Task.entered, value: {lit: «0123}}')),
    'warning',
    'risky-scalars',
    /^0123/,
  ],
  [
    'a date',
    secureCall(set('string: {variable: Task.entered, value: {lit: «2024-02-01}}')),
    'warning',
    'risky-scalars',
    /^2024-02-01/,
  ],
  [
    'a way out of a decision without quotes',
    secureCall(decide('{exp: IsSet(Task.count)}')).replace('"yes"', '«yes'),
    'note',
    'risky-scalars',
    /^yes/,
  ],
  [
    'more digits at least than at most',
    secureCall(`${collect('- disconnect: {}')}\n${END}`).replace('{exact: 1}', '«{range: {min: 9, max: 1}}'),
    'error',
    'caller-input',
    /from 9 to 1/,
  ],
] as const)('%s is named at its place', (_, marked, severity, rule, message) => {
  expectAtPlace(marked, { severity, rule, message });
});

test.each([
  ['a placeholder in quotes', 'workflow:\n  name: "«{{name}} of mine"\n'],
  ['a placeholder that YAML cannot read', 'workflow:\n  name: «{{name}}\n'],
  ['a placeholder of a template', `workflow:\n  name: «\${name}\n`],
  ['a placeholder in a key', 'workflow:\n  name: A\n  x:\n    «{{key}}-Lambda: 1\n'],
])('%s is named at its place, and what follows from it is not', (_, marked) => {
  const { text, line, column } = seeded(marked);
  const errors = lintFlow(text, 'a.yaml').filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([expect.objectContaining({ line, column, rule: 'placeholders' })]);
});

test('a placeholder in a comment is nobody’s business', () => {
  expect(lintFlow(workflow('# {{this}}\n').replace('A Flow', `A Flow # and \${that}`), 'a.yaml')).toEqual([]);
});

test.each([
  ['what is no YAML', 'workflow:\n  name: "A', 2],
  ['two flows in one file', 'workflow: {name: A}\nsecureCall: {name: B}', 2],
  ['a flow without a name', 'workflow: {states: []}', 1],
  ['a key that stands twice', 'workflow:\n  name: A\n  name: B', 3],
])('%s is one finding, with its line', (_, text, line) => {
  expect(lintFlow(text, 'a.yaml')).toEqual([
    expect.objectContaining({ severity: 'error', rule: 'syntax', line, file: 'a.yaml' }),
  ]);
});
