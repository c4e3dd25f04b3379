import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

test('time jumps from sleeper to sleeper, in order', async () => {
  const clock = createVirtualClock(1000);
  const woken: string[] = [];
  const sleep = (name: string, ms: number) => clock.sleep(ms).then(() => woken.push(`${name} ${clock.now()}`));
  await Promise.all([sleep('late', 60_000), sleep('early', 5), sleep('also early', 5)]);
  expect(woken).toEqual(['early 1005', 'also early 1005', 'late 61000']);
  expect(clock.jumps()).toBe(3);
});

test('time stands still while tracked work is under way', async () => {
  const clock = createVirtualClock();
  let finish = (): void => undefined;
  const work = clock.track(() => new Promise<void>((resolve) => (finish = resolve)));
  const slept = clock.sleep(10);
  for (let turn = 0; turn < 10; turn += 1) await turnOfTheLoop();
  expect(clock.now()).toBe(0);
  finish();
  await Promise.all([work, slept]);
  expect(clock.now()).toBe(10);
});

test('who sleeps inside tracked work lets it go on', async () => {
  const clock = createVirtualClock();
  await clock.track(() => clock.sleepInside(90_000));
  expect(clock.now()).toBe(90_000);
});

test.each(['sleep', 'sleepInside'] as const)('%s ends with the reason of its signal, before or during', async (how) => {
  const clock = createVirtualClock();
  const stop = new AbortController();
  await clock.track(async () => {
    const slept = clock[how](1000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
    await expect(clock[how](1000, stop.signal)).rejects.toThrow('enough');
  });
  await clock.sleep(7);
  expect(clock.now()).toBe(7);
});
