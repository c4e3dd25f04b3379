import { expect } from 'vitest';
import type { ActionContract } from '../../../src/architect/lint/contracts.ts';
import type { Severity } from '../../../src/architect/lint/finding.ts';
import { lintFlow } from '../../../src/architect/lint/lint-flow.ts';

/** A text with `«` where a finding is expected, as the text without it and the line and column of that place. */
export function seeded(marked: string) {
  const before = marked.slice(0, marked.indexOf('«'));
  return {
    text: marked.replace('«', ''),
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
  };
}

interface Expected {
  readonly severity: Severity;
  readonly rule: string;
  readonly message?: RegExp;
}

/** Checks that a flow has this finding at its `«`, whatever else it has. */
export function expectAtPlace(
  marked: string,
  { message = /./, ...expected }: Expected,
  actions?: readonly ActionContract[],
) {
  const { text, line, column } = seeded(marked);
  expect(lintFlow(text, 'a.yaml', { actions })).toContainEqual(
    expect.objectContaining({ file: 'a.yaml', line, column, ...expected, message: expect.stringMatching(message) }),
  );
}

const indent = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A secure flow with one task, `main`, that has two variables and these actions; others can be added. */
export const secureCall = (actions: string, more = '') => `secureCall:
  name: A Flow
  defaultLanguage: en-us
  startUpRef: "/secureCall/tasks/task[main]"
  tasks:
    - task:
        name: Main
        refId: main
        variables:
          - stringVariable: {name: Task.entered, initialValue: {noValue: true}, isInput: false, isOutput: false}
          - integerVariable: {name: Task.count, initialValue: {lit: 0}, isInput: false, isOutput: false}
        actions:
${indent(actions, 10)}
${indent(more, 4)}`;

/** A workflow with one state, these actions, and an end. */
export const workflow = (actions: string) => `workflow:
  name: A Flow
  startUpRef: "/workflow/states/state[main]"
  variables:
    - stringVariable: {name: Flow.conversationId, initialValue: {noValue: true}, isInput: true, isOutput: false}
    - stringVariable: {name: Flow.paymentId, initialValue: {noValue: true}, isInput: false, isOutput: false}
    - booleanVariable: {name: Flow.isDone, initialValue: {lit: false}, isInput: false, isOutput: false}
  states:
    - state:
        name: Main
        refId: main
        actions:
${indent(actions, 10)}
          - endWorkflow: {name: End, exitReason: {lit: done}}
`;

/** An inbound flow with one menu of these choices, and a task to jump to. */
export const inboundCall = (choices: string, more = '') => `inboundCall:
  name: A Flow
  startUpRef: "/inboundCall/menus/menu[main]"
  menus:
    - menu:
        name: Main
        refId: main
        audio: {tts: Press 1.}
        choices:
${indent(choices, 10)}
          - menuDisconnect: {name: End, refId: end, dtmf: digit_9}
        defaultChildMenuRef: "./choices/menuDisconnect[end]"
  tasks:
    - task:
        name: Pay
        refId: pay_1
        actions:
          - playAudio: {name: Goodbye, audio: {tts: Goodbye.}}
          - disconnect: {name: End}
${indent(more, 2)}`;
