import { describe, expect, test } from 'vitest';
import { retrying, TimeoutError, until } from '../../src/clients/retry.ts';
import { VendorError, type VendorFailure } from '../../src/clients/vendor-error.ts';
import { createWaiting } from './waiting.ts';

const failure = (more: Partial<VendorFailure>) =>
  new VendorError({ service: 'S3', operation: 'PutObject', message: 'no', ...more });
const busy = (retryAfterMs?: number) => failure({ status: 429, retryable: true, retryAfterMs });
const down = failure({ status: 503, retryable: true, ambiguous: true });
const refused = failure({ status: 403 });

/** Fails so many times with the error, then answers; keeps when it was tried. */
function failing(error: unknown, times: number, now: () => number) {
  const at: number[] = [];
  return {
    at,
    attempt: async () => {
      at.push(now());
      if (at.length <= times) throw error;
      return 'answer';
    },
  };
}

describe('retrying', () => {
  test('answers at once where nothing fails', async () => {
    const waiting = createWaiting();
    const { at, attempt } = failing(down, 0, waiting.clock.now);
    expect(await retrying(waiting, { safe: true }, attempt)).toBe('answer');
    expect(at).toEqual([0]);
  });

  test('backs off twice as long each time, with jitter', async () => {
    const waiting = createWaiting();
    const { at, attempt } = failing(down, 5, waiting.clock.now);
    await retrying(waiting, { safe: true }, attempt);
    expect(at).toEqual([0, 250, 750, 1_750, 3_750, 7_750]);
  });

  test('backs off for at most ten seconds', async () => {
    const waiting = { ...createWaiting(), random: () => 0.999_999 };
    const { at, attempt } = failing(down, 7, waiting.clock.now);
    await retrying(waiting, { safe: true, attempts: 8 }, attempt);
    expect(Math.round((at[7] ?? 0) - (at[6] ?? 0))).toBe(10_000);
  });

  test('gives up with the last error after six attempts, or as many as it is told', async () => {
    const waiting = createWaiting();
    const six = failing(down, 99, waiting.clock.now);
    await expect(retrying(waiting, { safe: true }, six.attempt)).rejects.toBe(down);
    expect(six.at).toHaveLength(6);
    const two = failing(down, 99, waiting.clock.now);
    await expect(retrying(waiting, { safe: true, attempts: 2 }, two.attempt)).rejects.toBe(down);
    expect(two.at).toHaveLength(2);
  });

  test('asks less often who does not answer in time, as each time takes long', async () => {
    const waiting = createWaiting();
    const late = failure({ code: 'ETIMEDOUT', retryable: true, ambiguous: true });
    const { at, attempt } = failing(late, 99, waiting.clock.now);
    await expect(retrying(waiting, { safe: true }, attempt)).rejects.toBe(late);
    expect(at).toHaveLength(3);
  });

  test.each([
    ['what was not taken', 2, busy()],
    ['what was never sent', 2, failure({ code: 'ECONNREFUSED', retryable: true })],
    ['what may have been carried out', 1, down],
  ])('where repeating is not safe, %s is tried at most %d times', async (_, sent, error) => {
    const waiting = createWaiting();
    const { at, attempt } = failing(error, 1, waiting.clock.now);
    await retrying(waiting, { safe: false }, attempt).catch(() => undefined);
    expect(at).toHaveLength(sent);
  });

  test.each([refused, new Error('a bug'), 'a string'])('leaves alone what will not pass: %s', async (error) => {
    const waiting = createWaiting();
    const { at, attempt } = failing(error, 1, waiting.clock.now);
    await expect(retrying(waiting, { safe: true }, attempt)).rejects.toBe(error);
    expect(at).toHaveLength(1);
  });

  test.each([
    ['as long as it is told', 17_000, 17_000],
    ['a minute at most', 9_999_000, 60_000],
    ['a moment where it is told 0 s', 0, 250],
    ['a moment where it is told nothing', undefined, 250],
  ])('waits %s', async (_, retryAfterMs, expected) => {
    const waiting = createWaiting();
    const { at, attempt } = failing(busy(retryAfterMs), 1, waiting.clock.now);
    await retrying(waiting, { safe: false }, attempt);
    expect(at).toEqual([0, expected]);
  });

  test('says so when the wait is one to notice', async () => {
    const waiting = createWaiting();
    await retrying(waiting, { safe: true }, failing(busy(17_000), 1, waiting.clock.now).attempt);
    await retrying(waiting, { safe: true }, failing(busy(300), 1, waiting.clock.now).attempt);
    expect(waiting.notes).toEqual(['S3, which did not take PutObject (HTTP 429): trying again in 17 s']);
  });

  test('ends at once when the run is stopped, and starts nothing after that', async () => {
    const waiting = createWaiting();
    const { at, attempt } = failing(busy(17_000), 1, waiting.clock.now);
    const end = retrying({ ...waiting, note: waiting.stop }, { safe: true }, attempt);
    await expect(end).rejects.toThrow('stopped');
    await expect(retrying(waiting, { safe: true }, attempt)).rejects.toThrow('stopped');
    expect(at).toEqual([0]);
    expect(waiting.clock.now()).toBe(0);
  });
});

describe('until', () => {
  test('looks until there is something, and says once what it waits for', async () => {
    const waiting = createWaiting();
    const looks: number[] = [];
    const found = await until(waiting, { every: 1_000, within: 30_000, what: 'the moon' }, async () => {
      looks.push(waiting.clock.now());
      return looks.length < 4 ? undefined : 0;
    });
    expect(found).toBe(0);
    expect(looks).toEqual([0, 1_000, 2_000, 3_000]);
    expect(waiting.notes).toEqual(['the moon']);
  });

  test('says nothing where there is nothing to wait for', async () => {
    const waiting = createWaiting();
    await until(waiting, { every: 1_000, within: 30_000, what: 'the moon' }, async () => false);
    expect(waiting.notes).toEqual([]);
  });

  test('may look less and less often, and looks a last time at the end', async () => {
    const waiting = createWaiting();
    const looks: number[] = [];
    const every = (n: number) => 1_000 * 2 ** n;
    const end = until(waiting, { every, within: 10_000, what: 'the moon' }, async () => {
      looks.push(waiting.clock.now());
      return undefined;
    });
    await expect(end).rejects.toThrow(new TimeoutError('the moon', 10_000));
    await expect(end).rejects.toThrow('Waited 10 s for the moon, in vain.');
    expect(looks).toEqual([0, 1_000, 3_000, 7_000, 10_000]);
  });

  test('names long times in minutes', () => expect(new TimeoutError('x', 960_000).message).toContain('16 min'));

  test('lets through what the look throws', async () => {
    const waiting = createWaiting();
    const end = until(waiting, { every: 1_000, within: 10_000, what: 'the moon' }, () => Promise.reject(refused));
    await expect(end).rejects.toBe(refused);
  });

  test('ends at once when the run is stopped', async () => {
    const waiting = createWaiting();
    const end = until({ ...waiting, note: waiting.stop }, { every: 1_000, within: 10_000, what: 'x' }, async () => {});
    await expect(end).rejects.toThrow('stopped');
    expect(waiting.clock.now()).toBe(0);
  });
});
