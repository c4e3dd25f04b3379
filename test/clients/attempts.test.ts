import { expect, test } from 'vitest';
import { createAttempts } from '../../src/clients/attempts.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { createWaiting } from './waiting.ts';

const { signal } = new AbortController();
const failed = (error: unknown) =>
  new VendorError({ service: 'S3', operation: 'PutObject', message: String(error), cause: error });

test('at most eight are under way at a time, and all are done', async () => {
  const waiting = createWaiting();
  const attempt = createAttempts(waiting.clock);
  let underWay = 0;
  let most = 0;
  const send = async (n: number) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await waiting.clock.sleepInside(100);
    underWay -= 1;
    return n;
  };
  const numbers = Array.from({ length: 20 }, (_, n) => n);
  expect(await Promise.all(numbers.map((n) => attempt({ ms: 30_000, send: () => send(n), failed, signal })))).toEqual(
    numbers,
  );
  expect(most).toBe(8);
  expect(waiting.clock.now()).toBe(300);
});

test('a failure makes room for the next', async () => {
  const attempt = createAttempts(createWaiting().clock);
  const sent = Array.from({ length: 20 }, () =>
    attempt({ ms: 30_000, send: () => Promise.reject(new Error('no')), failed, signal }),
  );
  const ends = await Promise.allSettled(sent);
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
});

test('what takes too long is told to end and not waited for', async () => {
  const waiting = createWaiting();
  let told = false;
  const deaf = async (signal: AbortSignal) => {
    signal.addEventListener('abort', () => {
      told = true;
    });
    await waiting.clock.sleepInside(1_000_000);
  };
  await expect(createAttempts(waiting.clock)({ ms: 30_000, send: deaf, failed, signal })).rejects.toThrow(
    'no answer within 30 s',
  );
  expect(told).toBe(true);
  expect(waiting.clock.now()).toBe(30_000);
});

test('the end of the run cuts nothing short that was sent, and keeps the others from being sent', async () => {
  const waiting = createWaiting();
  const attempt = createAttempts(waiting.clock);
  let sent = 0;
  const send = async () => {
    sent += 1;
    await waiting.clock.sleepInside(100);
    return 'answer';
  };
  const all = Promise.allSettled(
    Array.from({ length: 10 }, () => attempt({ ms: 30_000, send, failed, signal: waiting.signal })),
  );
  waiting.stop();
  const ends = await all;
  expect(sent).toBe(8);
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
  expect(ends.at(-1)).toMatchObject({ reason: { message: 'stopped' } });
});

test('what is thrown at once leaves as a failure too', async () => {
  const send = () => {
    throw 'Missing the required parameter "id"';
  };
  await expect(createAttempts(createWaiting().clock)({ ms: 30_000, send, failed, signal })).rejects.toBeInstanceOf(
    VendorError,
  );
});
