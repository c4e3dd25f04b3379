import { test } from 'vitest';
import { expectAtPlace, inboundCall, secureCall } from './seeded.ts';
import { collect, decide, END, goto, jump } from './snippets.ts';

test.each([
  [
    'a ref to a task that is not there',
    jump('«"/inboundCall/tasks/task[pay_2]"'),
    'error',
    'references',
    /no task "pay_2".*"pay_1"/,
  ],
  ['a ref into another flow', jump('«"/secureCall/tasks/task[pay_1]"'), 'error', 'references', /no flow "secureCall"/],
  [
    'a ref to a menu where a task is meant',
    jump('«"/inboundCall/menus/menu[main]"'),
    'error',
    'references',
    /leads to a menu, not to a task/,
  ],
  [
    'a start that is not there',
    jump('x').replace('"/inboundCall/menus/menu[main]"', '«"/inboundCall/menus/menu[mian]"'),
    'error',
    'references',
    /no menu "mian"/,
  ],
  [
    'a default choice that is not there',
    jump('x').replace('"./choices/menuDisconnect[end]"', '«"./choices/menuTask[end]"'),
    'error',
    'references',
    /no menuTask "end"/,
  ],
  [
    'two tasks of one refId',
    secureCall(END, '- task: {name: Other, refId: «main, actions: []}'),
    'error',
    'unique-ids',
    /refId "main" already/,
  ],
  [
    'one key for two choices',
    inboundCall('- menuDisconnect: {name: A, dtmf: digit_1}\n- menuDisconnect: {name: B, dtmf: «digit_1}'),
    'error',
    'menu-choices',
    /digit_1/,
  ],
  [
    'a misspelled variable that is read',
    secureCall(decide('{exp: \'«Task.enterd == "1"\'}')),
    'error',
    'variable-names',
    /did you mean Task.entered/,
  ],
  [
    'one further into an expression',
    secureCall(decide('{exp: "IsSet(Task.entered) and IsSet(«Task.cuont)"}')),
    'error',
    'variable-names',
    /Task.cuont is not declared/,
  ],
  [
    'one behind an escaped quote',
    secureCall(decide('{exp: "Task.entered == \\"1\\" or «Task.contt == 2"}')),
    'error',
    'variable-names',
    /Task.contt/,
  ],
  [
    'a misspelled variable that is assigned to',
    secureCall(`${collect('- disconnect: {}', '«Task.entred')}\n${END}`),
    'error',
    'variable-names',
    /did you mean Task.entered/,
  ],
  [
    'a variable of another task',
    secureCall(
      goto('b'),
      `- task:\n    name: b\n    refId: b\n    actions:\n      - decision: {condition: {exp: IsSet(«Task.entered)}}\n      ${END}`,
    ),
    'error',
    'variable-names',
    /belongs to the task "main"/,
  ],
] as const)('%s is named at its place', (_, marked, severity, rule, message) => {
  expectAtPlace(marked, { severity, rule, message });
});
