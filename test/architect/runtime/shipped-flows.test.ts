import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DataActionResult } from '../../../src/architect/runtime/contract.ts';
import { type Outside, rehearse } from './rehearse.ts';

const read = (name: string) => readFileSync(new URL(`../../../flows/${name}.yaml`, import.meta.url), 'utf8');
const [inbound, secure, workflow] = [read('inbound-call'), read('secure-call'), read('workflow')];

const paid = { outcome: 'success', outputs: { paymentId: 'p-1' } } as const satisfies DataActionResult;
const GOODBYE = 'Thank you for calling Cloud Store. Goodbye.';
const MENU = 'To pay by card, press 1. To end this call, press 9.';

describe('the main flow', () => {
  test('greets, and transfers who presses 1 to the secure flow', async () => {
    const { ending, heard, transfers, done } = await rehearse(inbound, { keys: '1' });
    expect(ending).toEqual({ kind: 'transferred', to: 'EventOrchestrator Secure Flow' });
    expect(heard).toEqual([
      'Welcome to Cloud Store.',
      MENU,
      'Please hold while we connect you to our secure payment line.',
    ]);
    expect(transfers).toEqual([['EventOrchestrator Secure Flow', undefined]]);
    expect(done).toEqual(['menuTask to Pay by Card', 'actionTransferFlowSecure transferred']);
  });

  test('says goodbye to who presses 9', async () => {
    const { ending, heard } = await rehearse(inbound, { keys: '9' });
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(heard.at(-1)).toBe(GOODBYE);
  });

  test.each([
    ['is silent', '', 4 * 10_000],
    ['presses what is no choice', '2*#0', 0],
    ['is silent, then presses what is no choice', '..55', 2 * 10_000],
  ])('who %s hears the menu three more times, and goodbye', async (_, keys, waited) => {
    const { ending, heard, took, waits } = await rehearse(inbound, { keys });
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(heard).toEqual(['Welcome to Cloud Store.', MENU, MENU, MENU, MENU, GOODBYE]);
    expect(waits).toEqual([10_000, 10_000, 10_000, 10_000]);
    expect(took).toBe(waited + heard.length * 1_000);
  });

  test('may still be paid in after a wrong key', async () => {
    expect((await rehearse(inbound, { keys: '5.1' })).ending.kind).toBe('transferred');
  });

  test('records a transfer that failed, and asks to call again', async () => {
    const transfer = { errorType: 'busy', errorMessage: 'Nobody is there.' };
    const { ending, heard, attributes, done } = await rehearse(inbound, { keys: '1', transfer });
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(heard.slice(-2)).toEqual([
      'Sorry, we cannot take payments at the moment.',
      'Please call again later. Goodbye.',
    ]);
    expect(attributes).toEqual({ eo_paymentStatus: 'transfer failed' });
    expect(done).toContain('actionTransferFlowSecure failure');
  });
});

describe('the secure flow', () => {
  const CARD = '123456789';
  const run = (keys: string, answer: DataActionResult = paid, more: Outside = {}) =>
    rehearse(secure, { keys, answer: () => answer, ...more });

  test('takes nine digits, and records the payment before it says so', async () => {
    const { ending, heard, calls, attributes, done, secretKeys, trace } = await run(CARD);
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(calls).toEqual([
      {
        category: 'PaymentCategory',
        name: 'PaymentAction',
        isSecure: false,
        inputs: { cardNumber: CARD },
        timeoutMs: 20_000,
      },
    ]);
    expect(attributes).toEqual({ eo_paymentId: 'p-1', eo_paymentStatus: 'paid' });
    expect(heard).toEqual([
      'You are connected to our secure payment line.',
      'Please enter your nine digit card number.',
      '[prompt PromptSystem.processing]',
      'Thank you. Your payment went through. Goodbye.',
    ]);
    expect(done).toEqual([
      'actionCollectInput success',
      'actionCallData success',
      'actionDecision no',
      'actionSetParticipantData',
      'actionPlayAudio',
      'actionDisconnect disconnect',
    ]);
    expect(secretKeys).toBe(9);
    expect(JSON.stringify(trace)).not.toContain(CARD);
    expect(trace[0]).toMatchObject({
      path: '/secureCall/tasks/task[takePayment]/actions/collectInput[Card Number, First Try]',
      detail: '•••••••••',
    });
  });

  test.each([
    ['says nothing', '', 3, [15_000, 15_000, 15_000]],
    ['enters too few digits', '123.45.6789.', 3, undefined],
    ['presses star', '*1*12*', 3, undefined],
    ['presses hash', '#12345678##', 3, undefined],
  ])('who %s three times is told that nothing was paid', async (_, keys, tries, waits) => {
    const { ending, heard, calls, attributes, ...seen } = await run(keys);
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(heard).toHaveLength(1 + tries + 1);
    expect(heard.at(-1)).toBe('We did not get a card number, so no payment was made. Goodbye.');
    expect(attributes).toEqual({ eo_paymentStatus: 'no card number' });
    expect(calls).toEqual([]);
    if (waits) expect(seen.waits).toEqual(waits);
  });

  test('between digits six seconds are allowed', async () => {
    const { waits, took } = await run(`123.${CARD}`);
    expect(waits.slice(0, 4)).toEqual([15_000, 6_000, 6_000, 6_000]);
    expect(took).toBe(6_000 + 5 * 1_000);
  });

  test.each([`.${CARD}`, `12.#${CARD}`, `12*.${CARD}`])('a later try is as good as the first: %s', async (keys) => {
    const { attributes, calls } = await run(keys);
    expect(calls.map(({ inputs }) => inputs)).toEqual([{ cardNumber: CARD }]);
    expect(attributes).toEqual({ eo_paymentId: 'p-1', eo_paymentStatus: 'paid' });
  });

  test.each([
    ['failed', { outcome: 'failure', errors: { errorCode: 'bad', userMessage: 'no' } }, 'failed', 'did not go through'],
    ['timed out', { outcome: 'timeout' }, 'timed out', 'taking too long'],
    ['gave no payment id', { outcome: 'success', outputs: {} }, 'failed', 'did not go through'],
    ['gave an empty one', { outcome: 'success', outputs: { paymentId: '' } }, 'failed', 'did not go through'],
    ['gave null', { outcome: 'success', outputs: { paymentId: null } }, 'failed', 'did not go through'],
  ] as const)('a data action that %s is recorded and said', async (_, answer, status, said) => {
    const { ending, attributes, heard } = await run(CARD, answer);
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(attributes).toEqual({ eo_paymentStatus: status });
    expect(heard.at(-1)).toContain(said);
  });

  test('a failure is told in the trace with the place of the name', async () => {
    const errors = { errorCode: 'not.found', userMessage: 'There is no such data action.' };
    const { trace } = await run(CARD, { outcome: 'failure', errors });
    const line = secure.split('\n').findIndex((text) => text.includes('PaymentAction:')) + 1;
    expect(trace.find(({ outcome }) => outcome === 'failure')).toMatchObject({
      action: 'actionCallData',
      path: '/secureCall/tasks/task[takePayment]/actions/callData[Get Payment Id]',
      detail: `PaymentCategory/PaymentAction at f.yaml:${line}:21: not.found: There is no such data action.`,
    });
  });

  test('what is entered beyond nine digits is left for whatever comes next', async () => {
    const { calls } = await run(`${CARD}00`);
    expect(calls[0]?.inputs).toEqual({ cardNumber: CARD });
  });
});

describe('who hangs up', () => {
  const scenes: readonly [string, string, Outside][] = [
    ['the main flow, paying', inbound, { keys: '1' }],
    ['the main flow, leaving', inbound, { keys: '9' }],
    ['the main flow, silent', inbound, {}],
    ['the secure flow, paying', secure, { keys: '123456789', answer: () => paid }],
    ['the secure flow, silent', secure, {}],
  ];
  test.each(scenes)('at any point of %s ends it there', async (_, flow, outside) => {
    const { needed } = await rehearse(flow, outside);
    expect(needed).toBeGreaterThan(2);
    for (let hangUpAt = 0; hangUpAt < needed; hangUpAt += 1) {
      const { ending, heard } = await rehearse(flow, { ...outside, hangUpAt });
      expect(ending, `at ${hangUpAt}`).toEqual({ kind: 'hung up' });
      expect(heard.length).toBeLessThanOrEqual(hangUpAt);
    }
  });

  test('while the payment is made has paid, and that is recorded', async () => {
    // Greeting, question, nine keys, then the prompt.
    const { ending, calls, attributes } = await rehearse(secure, {
      keys: '123456789',
      answer: () => paid,
      hangUpAt: 11,
    });
    expect(ending).toEqual({ kind: 'hung up' });
    expect(calls).toHaveLength(1);
    expect(attributes).toEqual({ eo_paymentId: 'p-1', eo_paymentStatus: 'paid' });
  });

  test('in the middle of the number has not', async () => {
    const { ending, calls, attributes, trace } = await rehearse(secure, { keys: '1234!' });
    expect(ending).toEqual({ kind: 'hung up' });
    expect([calls, attributes]).toEqual([[], {}]);
    expect(trace.at(-1)).toMatchObject({ action: 'actionCollectInput', outcome: 'hung up' });
  });
});

describe('the workflow', () => {
  const event = { 'Flow.conversationId': 'c-1', 'Flow.ani': 'tel:+17205550100', 'Flow.mediaType': 'VOICE' };
  const base: Outside = { variables: event, otherConversation: 'c-1', attributes: { eo_paymentId: 'p-1' } };
  const saved = { outcome: 'success', outputs: { ok: true, message: 'saved' } } as const;

  test('saves payment, number and conversation', async () => {
    const { ending, calls, heard } = await rehearse(workflow, { ...base, answer: () => saved });
    expect(ending).toEqual({ kind: 'ended', exitReason: 'saved' });
    expect(calls).toEqual([
      {
        category: 'SaveCategory',
        name: 'SaveAction',
        isSecure: false,
        inputs: { paymentId: 'p-1', phoneNumber: 'tel:+17205550100', conversationId: 'c-1' },
        timeoutMs: 20_000,
      },
    ]);
    expect(heard).toEqual([]);
  });

  test('an anonymous caller has an empty number', async () => {
    const variables = { 'Flow.conversationId': 'c-1' };
    const { calls } = await rehearse(workflow, { ...base, variables, answer: () => saved });
    expect(calls[0]?.inputs).toMatchObject({ phoneNumber: '' });
  });

  const reasons: readonly [string, Outside][] = [
    ['no conversation id', { ...base, variables: {} }],
    ['no conversation id', { ...base, variables: { 'Flow.conversationId': '' } }],
    ['conversation not found', { ...base, otherConversation: 'c-2' }],
    ['no payment', { ...base, attributes: {} }],
    ['no payment', { ...base, attributes: { eo_paymentId: '' } }],
    ['not saved', { ...base, answer: () => ({ outcome: 'success', outputs: { ok: false } }) }],
    ['not saved', { ...base, answer: () => ({ outcome: 'success', outputs: {} }) }],
    ['data action failed', { ...base, answer: () => ({ outcome: 'failure', errors: {} }) }],
    ['data action timed out', { ...base, answer: () => ({ outcome: 'timeout' }) }],
  ];
  test.each(reasons)('ends with "%s"', async (exitReason, outside) => {
    expect((await rehearse(workflow, outside)).ending).toEqual({ kind: 'ended', exitReason });
  });
});
