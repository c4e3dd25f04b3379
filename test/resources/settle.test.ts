import { describe, expect, test } from 'vitest';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { onceFree, onceSettled, onceShown, untilGone } from '../../src/resources/settle.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const refusal = (status: number) =>
  new VendorError({ service: 'Genesys Cloud', operation: 'DELETE /x', message: 'no', status });

function begin() {
  const clock = createVirtualClock();
  const stop = new AbortController();
  const notes: string[] = [];
  return { ctx: { clock, signal: stop.signal, note: (note: string) => notes.push(note) }, notes, stop, now: clock.now };
}

/** Fails until it is late enough. */
const until = (now: () => number, ms: number, error: unknown) => {
  const at: number[] = [];
  return {
    at,
    send: async () => {
      at.push(now());
      if (now() < ms) throw error;
      return 'done';
    },
  };
};
const passing = { passes: () => true, within: 30_000, what: 'it' };

describe('what passes by itself', () => {
  test('is tried again, less and less often, and told once', async () => {
    const { ctx, notes, now } = begin();
    const { at, send } = until(now, 9_000, refusal(400));
    expect(await onceSettled(ctx, passing, send)).toBe('done');
    expect(at).toEqual([0, 500, 1_500, 3_500, 7_500, 12_500]);
    expect(notes).toEqual(['it']);
  });

  test('is tried a last time when the time is over', async () => {
    const { ctx, now } = begin();
    const { send } = until(now, 30_000, refusal(400));
    expect(await onceSettled(ctx, passing, send)).toBe('done');
    expect(now()).toBe(30_000);
  });

  test('is refused in the words of the vendor after that', async () => {
    const { ctx, now } = begin();
    const error = refusal(400);
    await expect(onceSettled(ctx, passing, until(now, 30_001, error).send)).rejects.toBe(error);
    expect(now()).toBe(30_000);
  });

  test('is nothing that is told where it does not come up, nor where it does not pass', async () => {
    const { ctx, notes, now } = begin();
    await onceSettled(ctx, passing, until(now, 0, refusal(400)).send);
    await expect(onceFree(ctx, 'it', until(now, 1, refusal(405)).send)).rejects.toMatchObject({ status: 405 });
    expect([notes, now()]).toEqual([[], 0]);
  });

  test('ends with the run', async () => {
    const { ctx, now, stop } = begin();
    const waiting = onceFree(ctx, 'it', until(now, 20_000, refusal(409)).send);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});

test('what was made is looked for until it is shown', async () => {
  const { ctx, notes, now } = begin();
  expect(await onceShown(ctx, 'the flow', async () => (now() < 60_000 ? undefined : 'it'))).toBe('it');
  expect(notes).toEqual(['Genesys Cloud to show the flow, usually a second or two']);
});

test('what was deleted is looked for until it is not shown', async () => {
  const { ctx, now } = begin();
  await untilGone(ctx, 'the flow', async () => (now() < 10_000 ? {} : undefined));
  await expect(untilGone(ctx, 'the flow', async () => ({}))).rejects.toThrow(
    'Waited 30 s for Genesys Cloud to finish deleting the flow, usually a few seconds, in vain.',
  );
});
