import { describe, expect, test } from 'vitest';
import { lintFlow } from '../../../src/architect/lint/lint-flow.ts';
import { expectAtPlace, inboundCall, secureCall, seeded, workflow } from './seeded.ts';

/** A flow that asks for a card number as carelessly as can be. */
const careless = (marker: string) => {
  const text = secureCall(`- collectInput:
    name: Ask
    inputData: {var: Task.entered}
    digits: {range: {terminatingDtmf: digit_*, min: 1, max: 9}}
    interDigitTimeout: {noValue: true}
    noEntryTimeout: {noValue: true}
    inputAudio: {tts: Please enter your 9 digit number}
    verificationType: individualDigits
    outputs:
      success:
        actions:
          - callData:
              name: Call
              processingPrompt: {noValue: true}
              timeout: {lit: {minutes: 1}}
              category: {pay: {dataAction: {make id: {inputs: {card: {exp: Task.entered}}}}}}
              outputs: {success: {actions: [{playAudio: {audio: {tts: Thanks}}}]}}
      failure:
        actions:
          - setParticipantData: {attributes: [{attribute: {name: {lit: id}, value: {lit: "null"}}}]}
- disconnect: {name: End}`).replace(
    '  tasks:',
    '  settingsMenu: {listenForExtensionDialing: {lit: true}}\n  settingsSpeechRec: {asrEnabledOnFlow: true}\n  supportedLanguages: {en-us: {textToSpeech: {defaultEngine: {voice: Jill}}}}\n  tasks:',
  );
  return text.replace(marker, `«${marker}`);
};

describe('what goes wrong for callers is named where it is written', () => {
  test.each([
    ['one digit that will do', '{range:', 'warning', 'caller-input', /one digit will do where 9 are meant/],
    ['a key to end with that is not told', 'digit_*', 'warning', 'caller-input', /the caller is not told/],
    [
      'no time between digits',
      '{noValue: true}\n              noEntry',
      'warning',
      'caller-input',
      /interDigitTimeout/,
    ],
    ['no time to begin', '{noValue: true}\n              inputAudio', 'warning', 'caller-input', /noEntryTimeout/],
    ['a number that is read aloud', 'individualDigits', 'warning', 'secure-flow', /read aloud/],
    ['a failure without a word', 'setParticipantData', 'warning', 'caller-input', /hears nothing/],
    ['a data action whose failure is not seen', 'callData:', 'warning', 'missing-outputs', /failure and timeout/],
    ['a minute of silence', '{lit: {minutes: 1}}', 'warning', 'dead-air', /60 seconds/],
    ['a text that says that there is none', '"null"', 'warning', 'empty-values', /the text "null"/],
    ['extensions in a secure flow', '{lit: true}}\n  settingsSpeech', 'warning', 'secure-flow', /extensions/],
    ['listening in a secure flow', 'true}\n  supported', 'warning', 'secure-flow', /speech recognition/],
    ['a voice that is not everywhere', 'textToSpeech', 'note', 'portable-voice', /voice/],
    ['a secret as ordinary data', 'Task.entered}}}}}', 'note', 'secure-flow', /not as secure/],
    ['a silent end', 'disconnect: {name: End}', 'note', 'silent-ends', /without a word/],
  ] as const)('%s', (_, marker, severity, rule, message) => {
    expectAtPlace(careless(marker), { severity, rule, message });
  });

  test('a processing prompt, of the action or of the whole flow, is no silence', () => {
    const { text } = seeded(careless('callData:'));
    const prompt = '{lit: {name: PromptSystem.processing}}';
    const own = text.replace('processingPrompt: {noValue: true}', `processingPrompt: ${prompt}`);
    const ofFlow = text.replace(
      '  tasks:',
      `  settingsActionDefaults: {callData: {processingPrompt: ${prompt}}}\n  tasks:`,
    );
    for (const one of [own, ofFlow])
      expect(lintFlow(one, 'a.yaml').filter(({ rule }) => rule === 'dead-air')).toEqual([]);
  });
});

describe('what goes wrong in a workflow is named where it is written', () => {
  const read = (guard: string) =>
    workflow(`${guard}
- getConversationData:
    name: Read
    conversationId: {exp: Flow.conversationId}
    attributes: [{attribute: {name: {lit: id}, variable: Flow.paymentId}}]
    outputs: {found: {actions: []}}
- callData:
    name: Save
    category: {save: {dataAction: {keep: {inputs: {id: {exp: Flow.paymentId}}}}}}
    outputs: {failure: {actions: []}, timeout: {actions: []}}
- endWorkflow: {name: Other, exitReason: {noValue: true}}`);

  test.each([
    [
      'an attribute that may not be there',
      read('').replace('id: {exp: Flow', 'id: {exp: «Flow'),
      'warning',
      'unset-inputs',
    ],
    [
      'a conversation that may not be found',
      read('').replace('getConversation', '«getConversation'),
      'warning',
      'missing-outputs',
    ],
    ['an end without a reason', read('').replace('endWorkflow', '«endWorkflow'), 'note', 'exit-reasons'],
    [
      'a variable that does not say what it is for',
      read('')
        .replace('- booleanVariable', '- «booleanVariable')
        .replace(', isOutput: false}\n  states', '}\n  states'),
      'note',
      'variable-options',
    ],
  ] as const)('%s', (_, marked, severity, rule) => {
    expectAtPlace(marked, { severity, rule });
  });

  test('an attribute that is asked for before is passed on', () => {
    const guarded = read('- decision: {condition: {exp: IsNotSetOrEmpty(Flow.paymentId)}}');
    expect(lintFlow(guarded, 'a.yaml').filter(({ rule }) => rule === 'unset-inputs')).toEqual([]);
  });
});

describe('what goes wrong in a menu is named where it is written', () => {
  const transfer = (data: string) =>
    inboundCall(
      `- menuTask: {name: A, dtmf: digit_1, task: {actions: [{transferToFlowSecure: {targetFlow: {name: B}, invocationData: ${data}}}]}}`,
    );

  test.each([
    ['an empty text that is handed over', transfer('{lit: «""}'), 'warning', 'empty-values'],
    ['one in an expression', transfer('{exp: «\'""\'}'), 'warning', 'empty-values'],
    [
      'nothing for those who press something else',
      transfer('{noValue: true}')
        .replace('- menu:', '- «menu:')
        .replace(/ +default.*\n/, ''),
      'note',
      'menu-choices',
    ],
    [
      'a transfer whose failure is not seen',
      transfer('{noValue: true}').replace('transferTo', '«transferTo'),
      'note',
      'missing-outputs',
    ],
    [
      'a key that no telephone has',
      inboundCall('- menuDisconnect: {name: A, dtmf: «digit_12}'),
      'note',
      'menu-choices',
    ],
  ] as const)('%s', (_, marked, severity, rule) => {
    expectAtPlace(marked, { severity, rule });
  });
});
