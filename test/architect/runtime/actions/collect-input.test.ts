import { describe, expect, test } from 'vitest';
import { flowOf, rehearse, saying, variables } from '../rehearse.ts';

const collect = (more: object) => ({
  collectInput: {
    name: 'Ask',
    inputData: { var: 'Task.entered' },
    inputAudio: { tts: 'number?' },
    verificationType: 'none',
    ...more,
    outputs: {
      success: { actions: [saying('Task.entered')] },
      failure: { actions: [saying('If(IsSet(Task.entered), "kept", "failed")')] },
    },
  },
});
const run = (more: object, keys: string, root = 'inboundCall', settings: object = {}) =>
  rehearse(flowOf([collect(more)], settings, root, { variables: variables({ 'Task.entered': 'string' }) }), { keys });
const star = { digits: { range: { terminatingDtmf: 'digit_*', min: 2, max: 4 } } };
const kept = { ...star, includeTerminatingDtmfInResultData: true };
const exact = { digits: { exact: 3 } };

describe('what counts as entered', () => {
  test.each([
    ['exactly so many', exact, '123', '123'],
    ['a leading zero', exact, '007', '007'],
    ['too few', exact, '12.', 'failed'],
    ['nothing', exact, '', 'failed'],
    ['a star where nothing is ended by one', exact, '1*3', 'failed'],
    ['a star alone, which is not accepted', { ...exact, acceptJustStar: { lit: false } }, '*', 'failed'],
    ['a star alone, which is', { ...exact, acceptJustStar: { lit: true } }, '*', '*'],
    ['a hash alone, which is', { ...exact, acceptJustPound: { lit: true } }, '#', '#'],
    ['a star alone, where a hash is', { ...exact, acceptJustPound: { lit: true } }, '*', 'failed'],
    ['the most', star, '1234', '1234'],
    ['enough and the key that ends it', star, '12*', '12'],
    ['enough and silence', star, '123.', '123'],
    ['too few and the key that ends it', star, '1*', 'failed'],
    ['too few and silence', star, '1.', 'failed'],
    ['the opposite of the key that ends it', star, '123#', 'failed'],
    ['the key that ends it, as part of it', kept, '12*', '12*'],
    ['a digit that ends it', { digits: { range: { terminatingDtmf: 'digit_9', min: 1, max: 2 } } }, '19', '1'],
    ['a range that nothing ends', { digits: { range: { min: 1, max: 3 } } }, '12.', '12'],
  ])('%s', async (_, more, keys, said) => {
    expect((await run(more, keys)).heard).toEqual(['number?', said]);
  });
});

test('digits beyond the last go into the next action', async () => {
  const twice = flowOf([collect(exact), collect(exact)]);
  expect((await rehearse(twice, { keys: '123456' })).heard).toEqual(['number?', '123', 'number?', '456']);
});

describe('time-outs', () => {
  test('are five and three seconds by default', async () => {
    expect((await run(exact, '1')).waits).toEqual([5_000, 3_000]);
  });

  test('are the action’s own, else the flow’s', async () => {
    const own = { ...exact, noEntryTimeout: { lit: { seconds: 9 } }, interDigitTimeout: { noValue: true } };
    const settings = {
      settingsActionDefaults: {
        collectInput: { noEntryTimeout: { lit: { seconds: 7 } }, interDigitTimeout: { lit: { seconds: 2 } } },
      },
    };
    expect((await run(own, '1', 'inboundCall', settings)).waits).toEqual([9_000, 2_000]);
  });
});

test('an entry that failed leaves nothing of the one before', async () => {
  const { heard } = await rehearse(flowOf([collect(exact), collect(exact)]), { keys: '123' });
  expect(heard.at(-1)).toBe('failed');
});

describe('a secret', () => {
  test('is not said, read back or told in a secure flow', async () => {
    const { heard, trace, secretKeys } = await run(
      { ...exact, verificationType: 'individualDigits' },
      '123',
      'secureCall',
    );
    expect(heard).toEqual(['number?', '• • •', '•••']);
    expect(JSON.stringify(trace)).not.toContain('123');
    expect(secretKeys).toBe(3);
  });

  test('is what a secure variable holds in any flow', async () => {
    const secure = { stringVariable: { name: 'Task.entered', initialValue: { noValue: true }, isSecure: true } };
    const ask = { collectInput: { name: 'Ask', inputData: { var: 'Task.entered' }, ...exact } };
    const { trace, secretKeys } = await rehearse(flowOf([ask], {}, 'inboundCall', { variables: [secure] }), {
      keys: '123',
    });
    expect(trace[0]?.detail).toBe('•••');
    expect(secretKeys).toBe(3);
  });

  test('is not what is entered elsewhere', async () => {
    const { heard, trace, secretKeys } = await run({ ...exact, verificationType: 'numeric' }, '123');
    expect(heard).toEqual(['number?', '123', '123']);
    expect(trace[0]?.detail).toBe('123');
    expect(secretKeys).toBe(0);
  });
});

test('so many digits that nobody could enter them are an error', async () => {
  expect((await run({ digits: { range: { min: 3, max: 2 } } }, '123')).ending).toMatchObject({
    kind: 'error',
    message: 'so many digits cannot be entered: 1 to 40, the least first',
  });
});
