import { describe, expect, test } from 'vitest';
import { lintFlow } from '../../../src/architect/lint/lint-flow.ts';
import { assets, packageRoot } from '../../../src/assets.ts';
import { inboundCall, secureCall, workflow } from './seeded.ts';

const errorsOf = (text: string) => lintFlow(text, 'a.yaml').filter(({ severity }) => severity === 'error');
const worse = (text: string) => lintFlow(text, 'a.yaml').filter(({ severity }) => severity !== 'note');

test.each(['inbound-call', 'secure-call', 'workflow'])('nothing is wrong with our own flow %s', async (name) => {
  expect(worse(await assets(packageRoot(import.meta.url)).flow(name))).toEqual([]);
});

const END = '- disconnect: {none: true}';

describe('what is valid, if not usual, is no error', () => {
  test.each([
    ['an action that nobody knows', secureCall(`- playSomethingNew: {loud: true}\n${END}`)],
    ['a key that nobody knows', secureCall('- disconnect: {name: End, trackingId: 42}')],
    [
      'a function that nobody knows',
      secureCall(`- decision: {condition: {exp: MakeCommunication("Hello") == "a"}}\n${END}`),
    ],
    ['actions without names', secureCall(`- playAudio: {audio: {tts: Goodbye}}\n${END}`)],
    [
      'a variable that is only assigned, as Architect makes it',
      secureCall(`- updateData: {statements: [{string: {variable: Task.other, value: {lit: x}}}]}\n${END}`),
    ],
    [
      'one that is assigned and then read',
      secureCall(
        `- updateData: {statements: [{integer: {variable: Task.counts, value: {lit: 1}}}]}\n- decision: {condition: {exp: Task.counts > 0}}\n${END}`,
      ),
    ],
    [
      'a variable of another task that is made here too',
      secureCall(
        '- jumpToTask: {targetTaskRef: "/secureCall/tasks/task[b]"}',
        '- task: {name: b, refId: b, actions: [{updateData: {statements: [{string: {variable: Task.entered, value: {lit: x}}}]}}, {decision: {condition: {exp: IsSet(Task.entered)}}}, {disconnect: {}}]}',
      ),
    ],
    ['variables in another case', secureCall(`- decision: {condition: {exp: isset(task.ENTERED)}}\n${END}`)],
    [
      'prompts, built-in variables and members',
      secureCall(
        `- playAudio: {audio: {prompt: Prompt.Hello}}\n- setParticipantData: {attributes: [{attribute: {name: {lit: a}, value: {exp: ToPhoneNumber(Call.Ani).e164}}}]}\n${END}`,
      ),
    ],
    ['a ref from where it stands', workflow('').replace('"/workflow/states/state[main]"', './states/state[main]')],
    ['a ref by name', secureCall(END).replace('        refId: main\n', '').replace('task[main]', 'task[Main]')],
    [
      'a ref into another file',
      secureCall(END).replace('"/secureCall/tasks/task[main]"', '../other.yaml#/tasks/task[x]'),
    ],
    [
      'a task that is called, and ends',
      secureCall(
        `- callTask: {targetTaskRef: "/secureCall/tasks/task[b]"}\n${END}`,
        '- task: {name: b, refId: b, actions: [{playAudio: {}}, {endTask: {outputPath: {name: default}}}]}',
      ),
    ],
    [
      'a loop that is counted',
      secureCall(
        `- loop: {currentIndex: {var: Task.count}, loopCount: {lit: 3}, outputs: {loop: {actions: [{playAudio: {}}, {loopExit: {}}]}}}\n${END}`,
      ),
    ],
    [
      'a task that goes back to itself until it has counted enough',
      secureCall(
        `- updateData: {statements: [{integer: {variable: Task.count, value: {exp: Task.count + 1}}}]}\n- decision: {condition: {exp: Task.count > 3}, outputs: {"yes": {actions: [{disconnect: {}}]}}}\n- jumpToTask: {targetTaskRef: "/secureCall/tasks/task[main]"}`,
      ),
    ],
    [
      'going back to a menu, which can be left',
      inboundCall(
        '- menuTask: {name: A, dtmf: digit_1, task: {actions: [{playAudio: {}}, {jumpToMenu: {targetMenuRef: "/inboundCall/menus/menu[main]"}}]}}',
      ),
    ],
    ['terms that are said', inboundCall('- menuDisconnect: {name: A, speechRecTerms: {en-us: {terms: [no, yes]}}}')],
    [
      'a transfer as the last action',
      inboundCall(
        '- menuTask: {name: A, dtmf: digit_1, task: {actions: [{transferToAcd: {targetQueue: {lit: {name: Q}}}}]}}',
      ),
    ],
    [
      'a data action of somebody else',
      workflow(
        '- callData: {category: {Mine: {dataAction: {Look up: {inputs: {a: {exp: Flow.conversationId}}, successOutputs: {b.c: {var: Flow.paymentId}}}}}}}',
      ),
    ],
    [
      'ways out without quotes',
      workflow('- decision: {condition: {exp: Flow.isDone}, outputs: {yes: {actions: []}, no: {actions: []}}}'),
    ],
    [
      'a switch',
      workflow(
        '- switch: {evaluate: {firstTrue: {default: {actions: []}, cases: [{case: {value: {exp: IsSet(Flow.paymentId)}, actions: [{endWorkflow: {}}]}}]}}}',
      ),
    ],
    [
      'dates and times, whose members are not known here',
      workflow('- x: {value: {exp: ToString(Flow.when)}}').replace(
        '- booleanVariable',
        '- dateVariable: {name: Flow.when}\n    - booleanVariable',
      ),
    ],
    ['a variable without a first value', workflow('').replace('initialValue: {lit: false}, ', '')],
  ])('%s', (_, text) => {
    expect(errorsOf(text)).toEqual([]);
  });
});

describe('a flow of another type is read too', () => {
  test.each([
    ['inqueueCall', 'startUpTaskActions: [{holdMusic: {prompt: {exp: Flow.HoldPrompt}}}]'],
    [
      'inboundEmail',
      'startUpRef: "/inboundEmail/states/state[a]"\n  states: [{state: {name: a, refId: a, actions: [{sendAutoReply: {messageBody: {exp: Email.Message.body}}}]}}]',
    ],
    [
      'inboundShortMessage',
      'states: [{state: {name: a, refId: a, actions: [{sendResponse: {messageBody: {exp: Message.Message.body}}}]}}]',
    ],
    ['inboundChat', 'states: [{state: {name: a, actions: [{disconnect: {}}]}}]'],
    [
      'outboundCall',
      'settingsOutboundCall: {contactList: {lit: {name: a}}}\n  startUpRef: "/outboundCall/menus/menu[a]"\n  menus: [{menu: {name: a, refId: a, choices: []}}]',
    ],
    [
      'workitem',
      'states: [{state: {name: a, actions: [{decision: {condition: {exp: Workitem.EventType == "x"}}}, {exitWorkitemFlow: {}}]}}]',
    ],
    [
      'commonModule',
      'variables: [{stringVariable: {name: Common.a}}]\n  startUpTaskActions: [{updateData: {statements: [{string: {variable: Common.a, value: {exp: Common.b}}}]}}, {endTask: {}}]',
    ],
    [
      'botFlow',
      'startUpRef: "/botFlow/bots/bot[a]"\n  bots: [{bot: {name: a, refId: a, actions: [{askForSlot: {slot: {name: Email}, question: {exp: Slot.Email}}}, {exitBotFlow: {}}]}}]',
    ],
    ['digitalBotFlow', 'settingsUserInput: {noMatchesMax: {lit: 3}}'],
    ['surveyInvite', 'settings: {}'],
    ['somethingQuiteNew', 'settings: {}'],
  ])('%s', (root, body) => {
    expect(errorsOf(`${root}:\n  name: A Flow\n  ${body}\n`)).toEqual([]);
  });
});
