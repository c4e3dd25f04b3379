import { expect, test } from 'vitest';
import { countingClock } from '../../src/commands/counting-clock.ts';
import { listenForStop } from '../../src/commands/stop.ts';
import type { SetupError } from '../../src/errors/setup-error.ts';
import { openProgram } from '../support/program.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

type Signal = 'SIGINT' | 'SIGTERM';

function rig(sent: number) {
  const said: string[] = [];
  const ended: SetupError[] = [];
  let listener: (signal: Signal) => void = () => undefined;
  const onSignal = (added: typeof listener) => {
    listener = added;
    return () => undefined;
  };
  const around = {
    say: (line: string) => void said.push(line),
    sent: () => sent,
    endNow: (e: SetupError) => void ended.push(e),
  };
  const { signal } = listenForStop({ onSignal }, around);
  return { said, ended, signal, press: (name: Signal) => listener(name) };
}

test.each([
  [0, 'Stopping: starting nothing new. Ctrl-C again to stop now; nothing will be lost.'],
  [1, 'Stopping: finishing 1 call, starting nothing new. Ctrl-C again to stop now; nothing will be lost.'],
  [3, 'Stopping: finishing 3 calls, starting nothing new. Ctrl-C again to stop now; nothing will be lost.'],
])('the first Ctrl-C with %d calls on their way says: %s', (sent, line) => {
  const { said, ended, signal, press } = rig(sent);
  press('SIGINT');
  expect({ said, ended }).toEqual({ said: [line], ended: [] });
  expect(signal.reason).toMatchObject({ message: 'Stopped by Ctrl-C.', exit: 130 });
});

test('the second ends the program, whichever signal it is', () => {
  const { said, ended, press } = rig(1);
  press('SIGINT');
  press('SIGTERM');
  expect(said).toHaveLength(1);
  expect(ended).toMatchObject([{ message: 'Stopped by SIGTERM.', exit: 143, hint: 'Run the command again to go on.' }]);
});

test('work is under way until it has ended, well or not', async () => {
  const clock = countingClock(createVirtualClock());
  const end = new AbortController();
  const first = new Promise((resolve) => end.signal.addEventListener('abort', resolve));
  const [fine, broken] = [clock.track(() => first), clock.track(() => Promise.reject(new Error('refused')))];
  expect(clock.underWay()).toBe(2);
  await expect(broken).rejects.toThrow('refused');
  expect(clock.underWay()).toBe(1);
  end.abort();
  await fine;
  expect(clock.underWay()).toBe(0);
});

test('what nobody caught ends the program too, and the last line is still the result', async () => {
  const program = await openProgram();
  const ends: number[] = [];
  try {
    const { out } = await program.run(['status', '--sandbox', program.sandbox.origin, '--json'], {
      onCrash: (listener) => {
        queueMicrotask(() => listener(new Error('thrown somewhere')));
        return () => undefined;
      },
      exit: (code) => void ends.push(code),
    });
    expect(ends).toEqual([1]);
    const last = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({
      type: 'result',
      command: 'status',
      exit: 1,
      error: { message: expect.stringContaining('thrown somewhere') },
    });
  } finally {
    await program.close();
  }
});
