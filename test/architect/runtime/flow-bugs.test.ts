import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { flowOf, rehearse, saying, textOf, workflowOf } from './rehearse.ts';

const secure = readFileSync(new URL('../../../flows/secure-call.yaml', import.meta.url), 'utf8');
const paid = { outcome: 'success', outputs: { paymentId: 'p-1' } } as const;
const TASK = '/secureCall/tasks/task[takePayment]';

/** `file:line:column` of the n-th time that a text stands there. */
function placeOf(text: string, part: string, offset = 0): string {
  const before = text.slice(0, text.indexOf(part) + offset);
  return `f.yaml:${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`;
}

async function broken(from: string, to: string, mark = to, offset = 0) {
  const text = secure.replace(from, to);
  expect(text).not.toBe(secure);
  const seen = await rehearse(text, { keys: '123456789', answer: () => paid });
  return { ...seen, place: placeOf(text, mark, offset) };
}

describe('a bug in the secure flow is named where it is', () => {
  test('a task ref that leads nowhere', async () => {
    const { ending, place, heard } = await broken('task[takePayment]"', 'task[takePaiment]"', '"/secureCall/tasks');
    expect(ending).toEqual({
      kind: 'error',
      message: 'there is no task "takePaiment": did you mean "takePayment"?',
      where: `${place} /secureCall`,
    });
    expect(heard).toEqual(['Sorry, something went wrong. Please call again later.']);
  });

  test('a variable that is misspelled where it is read', async () => {
    const { ending, place, trace } = await broken('exp: Task.cardNumber', 'exp: Task.cardNumbre', 'Task.cardNumbre');
    expect(ending).toEqual({
      kind: 'error',
      message: 'there is no variable Task.cardNumbre here: did you mean Task.cardNumber?',
      where: `${place} ${TASK}/actions/callData[Get Payment Id]`,
    });
    expect(trace.find(({ outcome }) => outcome === 'error')).toMatchObject({
      action: 'actionCallData',
      name: 'Get Payment Id',
    });
  });

  test('a variable that is misspelled within an expression', async () => {
    const { ending, place } = await broken(
      'IsNotSetOrEmpty(Task.paymentId)',
      'IsNotSetOrEmpty(Task.payId)',
      'Task.payId',
    );
    expect(ending).toMatchObject({
      message: expect.stringContaining('there is no variable Task.payId here'),
      where: `${place} ${TASK}/actions/callData[Get Payment Id]/outputs/success/actions/decision[Is There a Payment Id?]`,
    });
  });

  test('a variable that is misspelled where it is assigned to', async () => {
    const { ending, place } = await broken('var: Task.paymentId', 'var: Task.paymentID2', 'Task.paymentID2');
    expect(ending).toMatchObject({
      message: 'there is no variable Task.paymentID2 here: did you mean Task.paymentId?',
      where: `${place} ${TASK}/actions/callData[Get Payment Id]`,
    });
  });

  test('a data action that is not the one that was meant', async () => {
    const text = secure.replace('PaymentAction:', 'SaveAction:');
    const errors = { errorCode: 'not.found', userMessage: 'There is none.' };
    const { ending, trace, calls } = await rehearse(text, {
      keys: '123456789',
      answer: () => ({ outcome: 'failure', errors }),
    });
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(calls).toMatchObject([{ category: 'PaymentCategory', name: 'SaveAction' }]);
    expect(trace.find(({ outcome }) => outcome === 'failure')).toMatchObject({
      path: `${TASK}/actions/callData[Get Payment Id]`,
      detail: `PaymentCategory/SaveAction at ${placeOf(text, 'SaveAction')}: not.found: There is none.`,
    });
  });

  test('an expression that cannot be read', async () => {
    const { ending } = await broken('IsNotSetOrEmpty(Task.paymentId)', 'IsNotSetOrEmpty(Task.paymentId');
    expect(ending).toMatchObject({ kind: 'error', where: expect.stringContaining('decision[Is There a Payment Id?]') });
  });
});

describe('jumps', () => {
  const jump = (kind: string, key: string, ref: string) => flowOf([{ [kind]: { name: 'Jump', [key]: ref } }]);
  test.each([
    ['jumpToTask', 'targetTaskRef', '/inboundCall/tasks/task[mains]', 'there is no task "mains": did you mean "main"?'],
    ['jumpToMenu', 'targetMenuRef', '/inboundCall/menus/menu[x]', 'there is no "menus"'],
    ['jumpToMenu', 'targetMenuRef', '/inboundCall/tasks/task[main]', 'jumpToMenu leads to a task, not to a menu'],
    ['jumpToTask', 'targetTaskRef', 'main', '"main" is no ref'],
    ['jumpToTask', 'other', '/inboundCall/tasks/task[main]', 'there is no targetTaskRef here'],
    ['jumpToTask', 'targetTaskRef', '../other.yaml#/x', '"../other.yaml#/x" leads where a rehearsal cannot follow it'],
  ])('%s %s %s', async (kind, key, ref, message) => {
    expect((await rehearse(jump(kind, key, ref))).ending).toMatchObject({
      kind: 'error',
      message,
      where: expect.stringMatching(
        new RegExp(`^f.yaml:\\d+:\\d+ /inboundCall/tasks/task\\[main\\]/actions/${kind}\\[Jump\\]$`),
      ),
    });
  });
});

describe('what goes round in circles', () => {
  test('is stopped after ten thousand actions, and named', async () => {
    const flow = workflowOf([{ changeState: { name: 'Again', targetStateRef: './states/state[main]' } }]);
    const { ending, trace } = await rehearse(flow);
    expect(ending).toEqual({
      kind: 'error',
      message: 'more than 10,000 actions: the flow goes round in circles',
      where: `${placeOf(textOf(flow), 'changeState')} /workflow/states/state[main]/actions/changeState[Again]`,
    });
    expect(trace.filter(({ action }) => action === 'actionChangeState')).toHaveLength(10_001);
  });

  test('without anything in it too', async () => {
    const loop = { loop: { name: 'Loop', loopCount: { lit: 999_999_999 }, outputs: { loop: { actions: [] } } } };
    expect((await rehearse(flowOf([loop]))).ending).toMatchObject({
      kind: 'error',
      where: expect.stringContaining('/loop[Loop]'),
    });
  });

  test('in the error handling is stopped after a thousand more, silently', async () => {
    const again = { targetTaskRef: '/inboundCall/tasks/task[main]' };
    const circle = [{ playAudio: { audio: { tts: 'again' } } }, { jumpToTask: { name: 'Again', ...again } }];
    const settingsErrorHandling = { errorHandling: { jumpToTask: again } };
    const { ending, heard } = await rehearse(
      flowOf(circle, { startUpRef: './tasks/task[gone]', settingsErrorHandling }),
    );
    expect(ending).toMatchObject({ kind: 'error', message: 'there is no task "gone"' });
    expect(heard).toHaveLength(500);
  });
});

describe('error handling', () => {
  const failing = [saying('Flow.gone')];
  const settings = (errorHandling: object) => ({
    settingsErrorHandling: { preHandlingAudio: { tts: 'sorry' }, errorHandling },
  });
  test('is carried out before the end', async () => {
    const queue = { queue: { targetQueue: { lit: { name: 'Help' } } } };
    const { ending, heard, bargeable, trace } = await rehearse(flowOf(failing, settings(queue)));
    expect(ending).toMatchObject({ kind: 'error', message: 'there is no variable Flow.gone here' });
    expect([heard, bargeable]).toEqual([['sorry'], [false]]);
    expect(trace.at(-1)).toMatchObject({ action: 'errorHandling', name: 'queue', outcome: 'Help' });
  });

  test('plays a task, if it says so', async () => {
    const sorry = { name: 'Sorry', refId: 'sorry', actions: [{ playAudio: { audio: { tts: 'call again' } } }] };
    const more = settings({ task: { targetTaskRef: './tasks/task[sorry]' } });
    const { heard } = await rehearse(flowOf(failing, more, 'inboundCall', {}, [sorry]));
    expect(heard).toEqual(['sorry', 'call again']);
  });

  test('goes on to the end though nobody listens any more', async () => {
    const { ending } = await rehearse(flowOf(failing, settings({ disconnect: { none: true } })), { hangUpAt: 0 });
    expect(ending.kind).toBe('error');
  });

  test('of a workflow says nothing', async () => {
    const end = [{ endWorkflow: { name: 'End', exitReason: { exp: 'Flow.gone' } } }];
    const { ending, heard, trace } = await rehearse(workflowOf(end, settings({ endWorkflow: { none: true } })));
    expect(ending.kind).toBe('error');
    expect(heard).toEqual([]);
    expect(trace.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'actionEndWorkflow End',
      'errorHandling endWorkflow',
    ]);
  });
});

describe('what is not rehearsed is said, without any error handling', () => {
  test.each([
    ['dataTableLookup', 'the action "dataTableLookup" is not rehearsed here'],
    ['toString', 'the action "toString" is not rehearsed here'],
    ['menu', 'the action "menu" is not rehearsed here'],
  ])('the action %s', async (kind, message) => {
    const settingsErrorHandling = { preHandlingAudio: { tts: 'sorry' } };
    const { ending, heard } = await rehearse(flowOf([{ [kind]: { name: 'Do' } }], { settingsErrorHandling }));
    expect(ending).toMatchObject({ kind: 'error', message, where: expect.stringContaining(`/actions/${kind}[Do]`) });
    expect(heard).toEqual([]);
  });

  test('a flow of another type', async () => {
    const { ending } = await rehearse({ outboundCall: { name: 'Out', startUpRef: './tasks/task[x]' } });
    expect(ending).toEqual({
      kind: 'error',
      message: 'a flow of the type "outboundCall" is not rehearsed here',
      where: 'f.yaml:2:3 /outboundCall',
    });
  });

  test('an alias', async () => {
    const text = 'workflow:\n  name: &n A\n  description: *n\n  startUpRef: ./states/state[x]\n';
    expect((await rehearse(text)).ending).toMatchObject({
      kind: 'error',
      message: 'an alias is not followed here: write out what it stands for',
      where: 'f.yaml:3:3 /workflow/description',
    });
  });
});

test('a mistake of the host is not taken for one of the flow', async () => {
  const answer = () => {
    throw new TypeError('broken');
  };
  const call = { callData: { name: 'Call', category: { A: { dataAction: { B: {} } } } } };
  await expect(rehearse(flowOf([call]), { answer })).rejects.toThrow(TypeError);
});
