import { describe, expect, test } from 'vitest';
import { SetupError } from '../../src/errors/setup-error.ts';
import { plainReporter } from '../../src/ui/plain-reporter.ts';
import { handClock, labelOf, told } from './events.ts';
import { fakeTerminal, TTY } from './fake-terminal.ts';

function rig({ isDebug = false, ...options }: { isDebug?: boolean } & Parameters<typeof fakeTerminal>[0] = {}) {
  const { terminal, stdout, stderr } = fakeTerminal(options);
  const clock = handClock();
  const reporter = plainReporter(terminal, labelOf, clock.now, isDebug);
  return { reporter, stdout, stderr, pass: clock.pass, lines: () => stderr.raw().split('\n').slice(0, -1) };
}

describe('a pipe', () => {
  test('gets one line as each step ends: what, where, and how long it took', () => {
    const { reporter, pass, lines } = rig();
    reporter.event({ type: 'phase', phase: 'forward' });
    reporter.event(told('started'));
    pass(12_300);
    reporter.event(told('done'));
    reporter.event(told('started', { doing: 'delete', kind: 'aws.s3-bucket', name: 'b' }));
    pass(400);
    reporter.event(told('kept', { doing: 'delete', kind: 'aws.s3-bucket', name: 'b', message: 'it holds 3 objects' }));
    reporter.event(told('started', { doing: 'update' }));
    reporter.event(told('failed', { doing: 'update', message: 'no' }));
    reporter.event(told('started'));
    reporter.event(told('stopped', { message: 'another step failed' }));
    expect(lines()).toEqual([
      'done     flow dev-Workflow in Genesys Cloud created (12 s)',
      'kept     s3-bucket b in AWS: it holds 3 objects',
      'FAILED   flow dev-Workflow in Genesys Cloud not changed (0.0 s)',
      'stopped  creating flow dev-Workflow in Genesys Cloud (0.0 s)',
    ]);
  });

  test('gets a line for each copy that is kept', () => {
    const { reporter, lines } = rig();
    reporter.event({ type: 'copy', id: 'workflow', kind: 'genesys.flow', name: 'dev-Workflow', file: '/b/a.yaml' });
    expect(lines()).toEqual(['copied   flow dev-Workflow is kept as it was in /b/a.yaml']);
  });

  test('hears what is waited for after five seconds, once', () => {
    const { reporter, pass, lines } = rig();
    reporter.event(told('started'));
    reporter.event(told('waiting', { message: 'Architect to publish the flow' }));
    pass(4_000);
    reporter.tick();
    expect(lines()).toEqual([]);
    pass(1_000);
    reporter.tick();
    reporter.event(told('waiting', { message: 'Architect to publish the flow' }));
    pass(1_000);
    reporter.tick();
    reporter.event(told('waiting', { message: 'IAM propagation' }));
    expect(lines()).toEqual([
      'waiting  creating flow dev-Workflow in Genesys Cloud: waiting for Architect to publish the flow (5.0 s so far)',
      'waiting  creating flow dev-Workflow in Genesys Cloud: waiting for IAM propagation (6.0 s so far)',
    ]);
  });

  test('hears every 30 seconds that something still runs, and what', () => {
    const { reporter, pass, lines } = rig();
    const second = 1_000;
    const wait = (seconds: number) => {
      for (let n = 0; n < seconds; n += 1) {
        pass(second);
        reporter.tick();
      }
    };
    wait(60);
    expect(lines()).toEqual([]);
    reporter.event(told('started'));
    reporter.event(told('started', { id: 'ivr', name: 'dev-IVR', kind: 'genesys.ivr' }));
    reporter.say('Begun.');
    wait(29);
    expect(lines()).toEqual(['Begun.']);
    wait(31);
    expect(lines().slice(1)).toEqual([
      'still    30 s: creating flow dev-Workflow in Genesys Cloud, and 1 more',
      'still    1 min 0 s: creating flow dev-Workflow in Genesys Cloud, and 1 more',
    ]);
    reporter.event(told('done'));
    reporter.event(told('done', { id: 'ivr', name: 'dev-IVR', kind: 'genesys.ivr' }));
    const before = lines().length;
    wait(90);
    expect(lines()).toHaveLength(before);
  });

  test('hears nothing of what is only checked, unless it fails', () => {
    const { reporter, pass, lines } = rig();
    reporter.event(told('waiting', { doing: 'keep', message: 'an interrupted create to become visible' }));
    pass(60_000);
    reporter.tick();
    expect(lines()).toEqual([]);
    reporter.event(told('failed', { doing: 'keep' }));
    expect(lines()).toEqual(['FAILED   flow dev-Workflow in Genesys Cloud not checked (0.0 s)']);
  });

  test('gets no escape sequence and no carriage return, whatever a name has in it', () => {
    const { reporter, stderr, stdout } = rig();
    reporter.event(told('started', { name: 'dev\u001b[31m\r\nx' }));
    reporter.event(told('done', { name: 'dev\u001b[31m\r\nx' }));
    reporter.error(new SetupError('no \u001b[2J', { details: ['\r'] }));
    reporter.show(['\u001b[31m']);
    for (const text of [stderr.raw(), stdout.raw()])
      expect([...text].filter((one) => one < ' ' && one !== '\n')).toEqual([]);
    expect(stderr.raw()).toMatch(/^done {5}flow dev x in/);
  });
});

describe('what a command shows', () => {
  test('is on stdout, and what it says is on stderr', () => {
    const { reporter, stdout, stderr } = rig();
    reporter.say('progress');
    reporter.show(['result', '']);
    reporter.data('serving', {});
    reporter.result({ command: 'status', exit: 0 });
    expect([stdout.raw(), stderr.raw()]).toEqual(['result\n\n', 'progress\n']);
  });

  test('of a plan is a table', () => {
    const { reporter, stdout } = rig();
    const step = {
      id: 'a',
      kind: 'aws.iam-role',
      name: 'dev-x',
      action: 'create',
      drift: [],
      from: undefined,
      why: undefined,
      notes: [],
    } as const;
    reporter.plan({ steps: [step], removals: [] });
    expect(stdout.raw()).toBe('  create  iam-role  dev-x\n');
  });

  test.each([
    [false, false],
    [true, true],
  ])('of an error with --debug %j has a stack: %j', (isDebug, expected) => {
    const { reporter, stderr, stdout } = rig({ isDebug, err: TTY });
    reporter.error(new SetupError('No.', { hint: 'Do.' }));
    expect(stderr.text()).toContain('Error: No.\nTo do: Do.\n');
    expect(stderr.raw()).toContain('\u001b[31mError:\u001b[39m No.');
    expect(stderr.text().includes('    at ')).toBe(expected);
    expect(stdout.raw()).toBe('');
  });
});

test('what goes on before there are steps is told by the heartbeat too', () => {
  const { reporter, stderr, pass } = rig();
  reporter.busy('reading what is there');
  pass(29_000);
  reporter.tick();
  pass(1_000);
  reporter.tick();
  reporter.busy(undefined);
  pass(30_000);
  reporter.tick();
  expect(stderr.raw()).toBe('still    30 s: reading what is there\n');
});
