import { describe, expect, test } from 'vitest';
import type { DataActionResult } from '../../../../src/architect/runtime/contract.ts';
import { flowOf, rehearse, saying, variables, workflowOf } from '../rehearse.ts';

interface Body {
  readonly inputs?: object;
  readonly successOutputs?: object;
  readonly failureOutputs?: object;
}
const call = (body: Body, more: object = {}, kind = 'callData') => ({
  [kind]: { name: 'Call', category: { Tools: { dataAction: { 'Do It': body } } }, ...more },
});
const declared = variables({
  'Flow.text': ['string', { lit: 'a' }],
  'Flow.number': ['integer', { lit: 7 }],
  'Flow.unset': 'string',
  'Flow.names': 'stringCollection',
  'Flow.code': 'string',
});
const succeed = (outputs: Record<string, unknown>) => (): DataActionResult => ({ outcome: 'success', outputs });

test('what it is given is JSON, without what is NOT_SET', async () => {
  const inputs = {
    text: { exp: 'Flow.text' },
    number: { exp: 'Flow.number + 1' },
    literal: { lit: true },
    word: { lit: 'word' },
    none: { noValue: true },
    unset: { exp: 'Flow.unset' },
    __proto__x: { lit: 1 },
  };
  const { calls } = await rehearse(flowOf([call({ inputs })], { variables: declared }));
  expect(calls).toEqual([
    {
      category: 'Tools',
      name: 'Do It',
      isSecure: false,
      inputs: { text: 'a', number: 8, literal: true, word: 'word', __proto__x: 1 },
      timeoutMs: undefined,
    },
  ]);
});

test('what it gives goes into variables, what it does not give makes them NOT_SET', async () => {
  const successOutputs = {
    count: { var: 'Flow.number' },
    'user.name': { var: 'Flow.code' },
    'items.name': { var: 'flow.NAMES' },
    gone: { var: 'Flow.text' },
    ignored: { noValue: true },
  };
  const outputs = { count: 3, user: { name: 'Ann' }, items: [{ name: 'x' }, { name: 'y' }], ignored: 1 };
  const said = saying('ToString(Flow.number) + Flow.code + Flow.names[1] + ToString(IsSet(Flow.text))');
  const flow = flowOf([call({ successOutputs }), said], { variables: declared });
  const { heard } = await rehearse(flow, { answer: succeed(outputs) });
  expect(heard).toEqual(['3Annyfalse']);
});

test('what does not fit its variable is an error there', async () => {
  const successOutputs = { count: { var: 'Flow.number' } };
  const { ending } = await rehearse(flowOf([call({ successOutputs })], { variables: declared }), {
    answer: succeed({ count: 'many' }),
  });
  expect(ending).toMatchObject({
    kind: 'error',
    message: 'Flow.number is an integer, and cannot hold JSON',
    where: expect.stringMatching(/^f.yaml:\d+:\d+ \/inboundCall\/tasks\/task\[main\]\/actions\/callData\[Call\]$/),
  });
});

describe('its three ways', () => {
  const outputs = {
    success: { actions: [saying('"well"')] },
    failure: { actions: [saying('"failed " + Flow.code')] },
    timeout: { actions: [saying('"late"')] },
  };
  const failureOutputs = { errorCode: { var: 'Flow.code' } };
  test.each([
    [{ outcome: 'success', outputs: {} }, 'well'],
    [{ outcome: 'failure', errors: { errorCode: 'E1' } }, 'failed E1'],
    [{ outcome: 'timeout' }, 'late'],
  ] as const)('%j', async (answer, said) => {
    const flow = flowOf([call({ failureOutputs }, { outputs }), saying('"on"')], { variables: declared });
    expect((await rehearse(flow, { answer: () => answer })).heard).toEqual([said, 'on']);
  });

  test('one that is not written goes on', async () => {
    const flow = flowOf([call({}), saying('"on"')]);
    expect((await rehearse(flow, { answer: () => ({ outcome: 'timeout' }) })).heard).toEqual(['on']);
  });
});

describe('its time-out', () => {
  test.each([
    [{ lit: { minutes: 1 } }, 60_000],
    [{ lit: { ms: 500 } }, 500],
    [{ exp: 'MakeDuration(0, 0, 0, 9)' }, 9_000],
    [{ noValue: true }, undefined],
  ])('%j', async (timeout, timeoutMs) => {
    expect((await rehearse(flowOf([call({}, { timeout })]))).calls[0]?.timeoutMs).toBe(timeoutMs);
  });
});

describe('the prompt while it runs', () => {
  const settingsActionDefaults = { callData: { processingPrompt: { lit: { name: 'Prompt.wait' } } } };
  test.each([
    [
      'of its own',
      { processingPrompt: { lit: { name: 'PromptSystem.processing' } } },
      ['[prompt PromptSystem.processing]'],
    ],
    ['of the flow', { processingPrompt: { noValue: true } }, ['[prompt Prompt.wait]']],
    ['of the flow, where nothing is said', {}, ['[prompt Prompt.wait]']],
    ['none at all', { processingPrompt: { noValueWithNoFallback: true } }, []],
  ])('%s', async (_, more, heard) => {
    expect((await rehearse(flowOf([call({}, more)], { settingsActionDefaults }))).heard).toEqual(heard);
  });

  test('is heard by nobody in a workflow', async () => {
    expect((await rehearse(workflowOf([call({})], { settingsActionDefaults }))).heard).toEqual([]);
  });
});

describe('what is secure', () => {
  const task = {
    variables: [
      { stringVariable: { name: 'Task.card', initialValue: { lit: '4111111111111111' }, isSecure: true } },
      { stringVariable: { name: 'Task.token', initialValue: { noValue: true } } },
    ],
  };
  const body = { inputs: { card: { exp: 'Task.card' } }, successOutputs: { token: { var: 'Task.token' } } };

  test('goes to a secure data action', async () => {
    const { ending, calls } = await rehearse(flowOf([call(body, {}, 'callDataSecure')], {}, 'secureCall', task));
    expect(ending.kind).toBe('disconnect');
    expect(calls).toMatchObject([{ isSecure: true, inputs: { card: '4111111111111111' } }]);
  });

  test('and to nothing else', async () => {
    for (const action of [call(body), saying('Task.card')]) {
      const { ending, calls, heard } = await rehearse(flowOf([action], {}, 'secureCall', task));
      expect(ending).toMatchObject({
        kind: 'error',
        message: 'Task.card is secure: only a secure data action can read it',
      });
      expect([calls, heard]).toEqual([[], []]);
    }
  });

  test('is masked where it comes back by another way', async () => {
    const flow = flowOf([call(body, {}, 'callDataSecure'), saying('"it is " + Task.token')], {}, 'secureCall', task);
    const { heard } = await rehearse(flow, { answer: succeed({ token: '4111 1111 1111 1111' }) });
    expect(heard).toEqual(['it is •••• •••• •••• ••••']);
  });
});

test('one that is not named is an error', async () => {
  const { ending } = await rehearse(flowOf([{ callData: { name: 'Call', category: {} } }]));
  expect(ending).toMatchObject({ kind: 'error', message: 'it is not said which data action to call' });
});
