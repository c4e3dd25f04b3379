import { test } from 'vitest';
import { expectAtPlace, inboundCall, secureCall, workflow } from './seeded.ts';
import { collect, END, goto, said, task } from './snippets.ts';

test.each([
  [
    'a task that jumps to itself',
    secureCall(`${said('Hello')}\n«${goto('main')}`.replace('«- ', '- «')),
    'error',
    'endless-loops',
    /for ever/,
  ],
  [
    'two tasks that jump to each other',
    secureCall(goto('b'), task('b', '{playAudio: {}}, {«jumpToTask: {targetTaskRef: "/secureCall/tasks/task[main]"}}')),
    'error',
    'endless-loops',
    /for ever/,
  ],
  [
    'a loop that both ways of a decision lead into',
    secureCall(
      `- decision:\n    condition: {exp: IsSet(Task.entered)}\n    outputs:\n      "yes": {actions: [{playAudio: {}}]}\n${goto('main').replace('- ', '- «')}`,
    ),
    'error',
    'endless-loops',
    /for ever/,
  ],
  [
    'a loop that a constant condition never leaves',
    secureCall(
      `- decision: {condition: {lit: true}, outputs: {"yes": {actions: [{«jumpToTask: {targetTaskRef: "/secureCall/tasks/task[main]"}}]}}}\n${END}`,
    ),
    'error',
    'endless-loops',
    /for ever/,
  ],
  [
    'a state that changes to itself',
    workflow('').replace(
      '- endWorkflow: {name: End, exitReason: {lit: done}}',
      '- «changeState: {targetStateRef: "/workflow/states/state[main]"}',
    ),
    'error',
    'endless-loops',
    /for ever/,
  ],
  [
    'asking for ever who enters nothing',
    secureCall(`${collect(goto('main').replace('- ', '- «'))}\n${said('Thanks')}\n${END}`),
    'warning',
    'endless-loops',
    /as long as nothing is entered/,
  ],
  [
    'a task that nothing leads to',
    secureCall(END, '- «task: {name: Lost, refId: lost, actions: []}'),
    'warning',
    'unreachable',
    /nothing leads to the task "lost"/,
  ],
  [
    'an action after the end',
    secureCall(`${END}\n${said('Hello').replace('- ', '- «')}`),
    'warning',
    'unreachable',
    /never reached/,
  ],
  [
    'a call that is simply over',
    secureCall(said('Hello').replace('- ', '- «')),
    'warning',
    'call-endings',
    /without disconnect or transfer/,
  ],
  [
    'one way of a decision that is',
    secureCall('- «decision: {condition: {exp: IsSet(Task.entered)}, outputs: {"yes": {actions: [{disconnect: {}}]}}}'),
    'warning',
    'call-endings',
    /\(no\) without disconnect/,
  ],
  [
    'a choice that is',
    inboundCall('- menuTask: {name: A, dtmf: digit_1, task: {actions: [{«playAudio: {}}]}}'),
    'warning',
    'call-endings',
    /without disconnect/,
  ],
] as const)('%s is named at its place', (_, marked, severity, rule, message) => {
  expectAtPlace(marked, { severity, rule, message });
});
