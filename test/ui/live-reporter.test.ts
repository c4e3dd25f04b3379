import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { liveReporter } from '../../src/ui/live-reporter.ts';
import type { LiveLine } from '../../src/ui/terminal.ts';
import { handClock, labelOf, told } from './events.ts';
import { fakeTerminal, TTY } from './fake-terminal.ts';

/** The reporter on a live line that only notes what it is told. */
async function rig() {
  const shown: (string | undefined)[] = [];
  const line: LiveLine = { show: (text) => void shown.push(text), hide: () => void shown.push(undefined) };
  const { terminal, stderr } = fakeTerminal({ err: TTY, color: false });
  const clock = handClock();
  const reporter = await liveReporter({ ...terminal, liveLine: async () => line }, labelOf, clock.now, false);
  return { reporter, shown, stderr, pass: clock.pass };
}

describe('at a terminal', () => {
  test('the live line says what, where, for how long, and after five seconds why', async () => {
    const { reporter, shown, pass, stderr } = await rig();
    reporter.event(told('started'));
    pass(1_000);
    reporter.event(told('waiting', { message: 'Architect' }));
    pass(3_000);
    reporter.tick();
    pass(1_000);
    reporter.tick();
    reporter.event(told('started', { name: 'dev-Other' }));
    expect(shown).toEqual([
      '0.0 s: creating flow dev-Workflow in Genesys Cloud',
      '1.0 s: creating flow dev-Workflow in Genesys Cloud',
      '4.0 s: creating flow dev-Workflow in Genesys Cloud',
      '5.0 s: waiting for Architect while creating flow dev-Workflow in Genesys Cloud',
      '5.0 s: waiting for Architect while creating flow dev-Workflow in Genesys Cloud, and 1 more',
    ]);
    expect(stderr.raw()).toBe('');
  });

  test('a finished step is written once, and the line goes on to the next or away', async () => {
    const { reporter, shown, pass, stderr } = await rig();
    reporter.event(told('started'));
    reporter.event(told('started', { name: 'dev-Other' }));
    pass(2_000);
    reporter.event(told('done'));
    reporter.event(told('done', { name: 'dev-Other' }));
    expect(shown.slice(-2)).toEqual(['2.0 s: creating flow dev-Other in Genesys Cloud', undefined]);
    expect(stderr.raw()).toBe(
      'done     flow dev-Workflow in Genesys Cloud created (2.0 s)\ndone     flow dev-Other in Genesys Cloud created (2.0 s)\n',
    );
  });

  test('the line is hidden before a question', async () => {
    const { reporter, shown } = await rig();
    reporter.event(told('started'));
    reporter.pause();
    expect(shown.at(-1)).toBeUndefined();
  });

  test('with a real line nothing stays but what is finished', async () => {
    const { terminal, stderr } = fakeTerminal({ err: TTY, color: false });
    const reporter = await liveReporter(terminal, labelOf, () => 0, false);
    reporter.event(told('started'));
    reporter.say('in between');
    reporter.event(told('done'));
    // What stands before the code that wipes a line is not seen any more.
    const kept = stderr
      .raw()
      .split('\n')
      .map((line) => stripVTControlCharacters(line.split('\u001b[K').at(-1) ?? ''));
    expect(kept).toEqual(['in between', 'done     flow dev-Workflow in Genesys Cloud created (0.0 s)', '']);
  });
});

test('what goes on before there are steps has the line, until it is over', async () => {
  const { reporter, shown, pass } = await rig();
  reporter.busy('reading what is there');
  pass(1_000);
  reporter.tick();
  reporter.busy(undefined);
  expect(shown).toEqual(['0.0 s: reading what is there', '1.0 s: reading what is there', undefined]);
});
