import { expect, test } from 'vitest';
import { exitCode, SetupError } from '../../src/errors/setup-error.ts';
import { jsonReporter } from '../../src/ui/json-reporter.ts';
import { told } from './events.ts';
import { fakeTerminal } from './fake-terminal.ts';

function rig() {
  const { terminal, stdout, stderr } = fakeTerminal();
  const records = () =>
    stdout
      .raw()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return { reporter: jsonReporter(terminal), records, stderr };
}

test('with --json stdout has JSON only, each line with its type and the version', () => {
  const { reporter, records, stderr } = rig();
  reporter.say('progress');
  reporter.show(['for people']);
  reporter.plan({ steps: [], removals: [] });
  reporter.event({ type: 'phase', phase: 'forward' });
  reporter.event(told('waiting', { message: 'x' }));
  reporter.tick();
  reporter.data('serving', { origin: 'http://127.0.0.1:1' });
  reporter.result({ command: 'install', exit: 0, changes: true });
  expect(records()).toEqual([
    { type: 'plan', schema: 1, steps: [], removals: [] },
    { type: 'phase', schema: 1, phase: 'forward' },
    { ...told('waiting', { message: 'x' }), schema: 1 },
    { type: 'serving', schema: 1, origin: 'http://127.0.0.1:1' },
    { type: 'result', schema: 1, command: 'install', exit: 0, changes: true },
  ]);
  expect(stderr.raw()).toBe('progress\n');
});

test('an error is a line of its own, and in the result, which stays the last', () => {
  const { reporter, records } = rig();
  const error = new SetupError('No.', { exit: exitCode.preflight, hint: 'Do.' });
  reporter.error(error);
  reporter.result({ command: 'install', exit: 4 });
  const record = { exit: 4, message: 'No.', hint: 'Do.' };
  expect(records()).toEqual([
    { type: 'error', schema: 1, ...record },
    { type: 'result', schema: 1, command: 'install', exit: 4, error: record },
  ]);
});

test('a name cannot break a line or change what it is', () => {
  const { reporter, records } = rig();
  reporter.event(told('done', { name: '"}\n{"type":"result"' }));
  expect(records()).toHaveLength(1);
  expect(records()[0]).toMatchObject({ type: 'step', name: '"}\n{"type":"result"' });
});

test('nothing comes after the result, whatever still goes on', () => {
  const { reporter, records } = rig();
  reporter.result({ command: 'install', exit: 130 });
  reporter.event(told('done'));
  reporter.error(new SetupError('Too late.', { exit: exitCode.failed }));
  reporter.result({ command: 'install', exit: 1 });
  expect(records()).toEqual([{ type: 'result', schema: 1, command: 'install', exit: 130 }]);
});
