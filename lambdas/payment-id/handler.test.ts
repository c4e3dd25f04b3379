import { expect, test } from 'vitest';
import { handler } from './handler.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test.each([['123456789'], ['4111111111111111'], ['1234567890123456789']])(
  '%s gets a payment id',
  async (cardNumber) => {
    const answer = await handler({ cardNumber });
    expect(Object.keys(answer)).toEqual(['paymentId']);
    expect(answer.paymentId).toMatch(UUID);
  },
);

test('the same card gets another payment id each time', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => handler({ cardNumber: '123456789' })));
  expect(new Set(answers.map(({ paymentId }) => paymentId)).size).toBe(50);
});

test.each([
  ['no event', undefined, 'cardNumber missing'],
  ['null', null, 'cardNumber missing'],
  ['a text', '123456789', 'cardNumber missing'],
  ['no card number', {}, 'cardNumber missing'],
  ['a null', { cardNumber: null }, 'cardNumber missing'],
  ['an empty text', { cardNumber: '' }, 'cardNumber missing'],
  ['a number', { cardNumber: 123456789 }, 'cardNumber is not a string of 9 to 19 digits'],
  ['too few digits', { cardNumber: '12345678' }, 'cardNumber is not a string of 9 to 19 digits'],
  ['too many digits', { cardNumber: '12345678901234567890' }, 'cardNumber is not a string of 9 to 19 digits'],
  ['other characters', { cardNumber: '12345678*' }, 'cardNumber is not a string of 9 to 19 digits'],
  ['other digits', { cardNumber: '１２３４５６７８９' }, 'cardNumber is not a string of 9 to 19 digits'],
  ['a line end', { cardNumber: '123456789\n' }, 'cardNumber is not a string of 9 to 19 digits'],
  ['a list', { cardNumber: ['123456789'] }, 'cardNumber is not a string of 9 to 19 digits'],
])('%s is refused, and the error does not repeat it', async (_, event, message) => {
  await expect(handler(event)).rejects.toThrow(new Error(message));
});
