import { describe, expect, test } from 'vitest';
import { flowOf, rehearse, saying, variables, workflowOf } from '../rehearse.ts';

const attribute = (name: object, value: object) => ({ attribute: { name, ...value } });
const declared = variables({ 'Flow.x': 'string', 'Flow.n': ['integer', { lit: 5 }], 'Flow.unset': 'string' });

describe('participant data', () => {
  test('is set as text; what is NOT_SET is set to nothing', async () => {
    const set = {
      setParticipantData: {
        name: 'Set',
        attributes: [
          attribute({ lit: 'a' }, { value: { lit: 'one' } }),
          attribute({ exp: '"b" + "c"' }, { value: { exp: 'Flow.n' } }),
          attribute({ lit: 'none' }, { value: { exp: 'Flow.unset' } }),
          attribute({ lit: 'number' }, { value: { lit: 42 } }),
        ],
      },
    };
    const { attributes, trace } = await rehearse(flowOf([set], { variables: declared }));
    expect(attributes).toEqual({ a: 'one', bc: '5', none: '', number: '42' });
    expect(trace[0]).toMatchObject({ detail: 'a = one, bc = 5, none = NOT_SET, number = 42' });
  });

  test('is read; what is not there is NOT_SET', async () => {
    const get = {
      getParticipantData: {
        name: 'Get',
        attributes: [
          attribute({ lit: 'tier' }, { variable: 'Flow.x' }),
          attribute({ lit: 'gone' }, { variable: 'Flow.unset' }),
        ],
      },
    };
    const flow = flowOf([get, saying('Flow.x + ToString(IsSet(Flow.unset))')], { variables: declared });
    expect((await rehearse(flow, { attributes: { tier: 'gold' } })).heard).toEqual(['goldfalse']);
  });

  test('without a name is an error', async () => {
    const set = { setParticipantData: { attributes: [attribute({ exp: 'Flow.unset' }, { value: { lit: 'x' } })] } };
    const { ending } = await rehearse(flowOf([set], { variables: declared }));
    expect(ending).toMatchObject({ message: "an attribute's name is NOT_SET" });
  });
});

describe('conversation data', () => {
  const about = (conversationId: object) => ({ conversationId, participantId: { noValue: true } });
  const end = (lit: string) => ({ actions: [{ endWorkflow: { name: lit, exitReason: { lit } } }] });
  const get = (conversationId: object) => ({
    getConversationData: {
      name: 'Get',
      ...about(conversationId),
      attributes: [attribute({ lit: 'tier' }, { variable: 'Flow.x' })],
      outputs: { found: end('found'), notFound: end('not found') },
    },
  });
  const set = (conversationId: object) => ({
    setConversationData: {
      name: 'Set',
      ...about(conversationId),
      attributes: [attribute({ lit: 'tier' }, { value: { lit: 'gold' } })],
      outputs: { success: end('set'), failure: end('not set') },
    },
  });
  test.each([
    [get({ lit: 'c' }), 'found'],
    [get({ lit: 'd' }), 'not found'],
    [set({ lit: 'c' }), 'set'],
    [set({ lit: 'd' }), 'not set'],
  ])('goes by whether the conversation is there', async (action, exitReason) => {
    const { ending } = await rehearse(workflowOf([action], { variables: declared }), { otherConversation: 'c' });
    expect(ending).toEqual({ kind: 'ended', exitReason });
  });

  test('of no conversation is an error', async () => {
    const { ending } = await rehearse(workflowOf([get({ exp: 'Flow.unset' })], { variables: declared }));
    expect(ending).toMatchObject({ kind: 'error', message: 'the conversation id is NOT_SET' });
  });
});

describe('updateData', () => {
  const update = (variable: string, value: object, type = 'string') => ({
    updateData: { name: 'Update', statements: [{ [type]: { variable, value } }] },
  });
  test.each([
    ['Flow.x', { lit: 'a' }, 'a'],
    ['flow.X', { exp: 'Flow.n + 1' }, '6'],
    ['Flow.x', { lit: 7 }, '7'],
  ])('%s = %j', async (variable, value, said) => {
    const flow = flowOf([update(variable, value), saying('Flow.x')], { variables: declared });
    expect((await rehearse(flow)).heard).toEqual([said]);
  });

  test('can make a variable NOT_SET again', async () => {
    const actions = [update('Flow.n', { noValue: true }, 'integer'), saying('ToString(IsSet(Flow.n))')];
    expect((await rehearse(flowOf(actions, { variables: declared }))).heard).toEqual(['false']);
  });

  test('makes a variable that was not declared', async () => {
    expect((await rehearse(flowOf([update('Task.made', { lit: 'a' }), saying('Task.made')]))).heard).toEqual(['a']);
  });

  test('changes nothing that is built in', async () => {
    const { ending } = await rehearse(flowOf([update('Call.Ani', { lit: 'a' })]));
    expect(ending).toMatchObject({ message: 'Call.Ani is built in, and cannot be assigned to' });
  });

  test('tells what it did, but no secret', async () => {
    const secret = [{ stringVariable: { name: 'Flow.x', initialValue: { noValue: true }, isSecure: true } }];
    const open = await rehearse(flowOf([update('Flow.x', { exp: '"a" + "b"' })], { variables: declared }));
    expect(open.trace[0]?.detail).toBe('Flow.x = ab');
    const secure = await rehearse(flowOf([update('Flow.x', { lit: 'ab' })], { variables: secret }));
    expect(secure.trace[0]?.detail).toBe('Flow.x = •');
    const inSecureFlow = flowOf([update('Flow.y', { exp: '"a" + "b"' })], {}, 'secureCall');
    expect((await rehearse(inSecureFlow)).trace[0]?.detail).toBe('Flow.y = •');
  });
});
