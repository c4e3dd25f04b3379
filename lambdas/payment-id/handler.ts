import { randomUUID } from 'node:crypto';

/** Digits of a card number: nine in this demonstration, thirteen to nineteen on real cards. */
const CARD_NUMBER = /^\d{9,19}$/;

/**
 * Takes a card number and answers with a payment id that has nothing to do with it. What it is given is never logged, and
 * never part of an error.
 */
export async function handler(event: unknown): Promise<{ paymentId: string }> {
  const cardNumber =
    typeof event === 'object' && event !== null && 'cardNumber' in event ? event.cardNumber : undefined;
  if (cardNumber === undefined || cardNumber === null || cardNumber === '') throw new Error('cardNumber missing');
  if (typeof cardNumber !== 'string' || !CARD_NUMBER.test(cardNumber))
    throw new Error('cardNumber is not a string of 9 to 19 digits');
  return { paymentId: randomUUID() };
}
