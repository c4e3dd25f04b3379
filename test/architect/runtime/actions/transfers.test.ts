import { describe, expect, test } from 'vitest';
import { flowOf, rehearse, saying, variables } from '../rehearse.ts';

describe('a transfer out of the rehearsal says where the caller would go', () => {
  const objects = [{ queueVariable: { name: 'Flow.queue', initialValue: { lit: { name: 'Support' } } } }];
  test.each([
    ['transferToAcd', { targetQueue: { lit: { name: 'Sales' } } }, 'queue Sales'],
    ['transferToAcd', { targetQueue: { exp: 'Flow.queue' } }, 'queue Support'],
    ['transferToUser', { targetUser: { lit: { name: 'Ann' } } }, 'user Ann'],
    ['transferToGroup', { targetGroup: { lit: { name: 'Desk' } } }, 'group Desk'],
    ['transferToNumber', { targetNumber: { lit: '+17205550100' } }, 'number +17205550100'],
    ['transferToFlow', { targetFlow: { name: 'Other' } }, 'flow Other'],
    ['transferToVoicemail', { target: { queue: { targetQueue: { lit: { name: 'Sales' } } } } }, 'voicemail Sales'],
    ['transferToAcd', {}, 'queue'],
  ])('%s %j', async (kind, body, where) => {
    const action = { [kind]: { name: 'Go', preTransferAudio: { tts: 'hold on' }, ...body } };
    const { ending, heard, bargeable } = await rehearse(flowOf([action], { variables: objects }));
    expect(ending).toEqual({ kind: 'left', where });
    expect([heard, bargeable]).toEqual([['hold on'], [false]]);
  });
});

describe('a transfer to a secure flow', () => {
  const transfer = (more: object = {}) => ({
    transferToFlowSecure: {
      name: 'Pay',
      targetFlow: { name: 'Secure' },
      invocationData: { exp: 'Call.ConversationId' },
      failureTransferAudio: { tts: 'sorry' },
      failureOutputs: { errorType: { var: 'Flow.type' }, errorMessage: { noValue: true } },
      outputs: { failure: { actions: [saying('Flow.type')] } },
      ...more,
    },
  });
  const more = { variables: variables({ 'Flow.type': 'string' }) };
  const failed = { errorType: 'busy', errorMessage: 'Nobody there.' };

  test('ends this flow, and hands on the data', async () => {
    const outside = { variables: { 'Call.ConversationId': 'c-1' } };
    const { ending, transfers } = await rehearse(flowOf([transfer()], more), outside);
    expect(ending).toEqual({ kind: 'transferred', to: 'Secure' });
    expect(transfers).toEqual([['Secure', 'c-1']]);
  });

  test('that fails is told, and goes on', async () => {
    const { heard } = await rehearse(flowOf([transfer(), saying('"on"')], more), { transfer: failed });
    expect(heard).toEqual(['sorry', 'busy', 'on']);
  });

  test('that fails in a secure flow ends the call', async () => {
    const { ending, heard } = await rehearse(flowOf([transfer()], more, 'secureCall'), { transfer: failed });
    expect([ending, heard]).toEqual([{ kind: 'disconnect' }, []]);
  });

  test('without a flow is an error', async () => {
    const { ending } = await rehearse(flowOf([transfer({ targetFlow: { noValue: true } })], more));
    expect(ending).toMatchObject({ kind: 'error', message: 'it is not said which flow to transfer to' });
  });
});
