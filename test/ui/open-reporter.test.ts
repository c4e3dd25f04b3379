import { expect, test } from 'vitest';
import { openReporter } from '../../src/ui/open-reporter.ts';
import { labelOf, told } from './events.ts';
import { fakeTerminal, TTY } from './fake-terminal.ts';

test.each<[string, object, boolean, 'JSON' | 'live' | 'plain']>([
  ['--json', { err: TTY }, true, 'JSON'],
  ['a terminal', { err: TTY }, false, 'live'],
  ['a terminal with --accessible', { err: TTY, accessible: true }, false, 'plain'],
  ['a dumb terminal', { err: TTY, env: { TERM: 'dumb' } }, false, 'plain'],
  ['a pipe', {}, false, 'plain'],
])('%s (%o, %j) gets the reporter that fits: %s', async (_, options, json, expected) => {
  const { terminal, stdout, stderr } = fakeTerminal(options);
  const reporter = await openReporter(terminal, { json, now: () => 0, label: labelOf });
  reporter.event(told('started'));
  reporter.pause();
  const looks = stdout.raw().startsWith('{') ? 'JSON' : stderr.raw().includes('creating') ? 'live' : 'plain';
  expect(looks).toBe(expected);
});
