import { describe, expect, test } from 'vitest';
import { TimeoutError } from '../../src/clients/retry.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { ChangedError } from '../../src/engine/changed-error.ts';
import { ConflictError } from '../../src/engine/conflict-error.ts';
import type { PlannedStep } from '../../src/engine/plan.ts';
import { errorRecord } from '../../src/errors/error-record.ts';
import { renderError } from '../../src/errors/render-error.ts';
import { exitCode, SetupError } from '../../src/errors/setup-error.ts';
import { SandboxError } from '../../src/sandbox/sandbox-error.ts';

const text = (error: unknown, isDebug = false) => renderError(error, isDebug).join('\n');
const conflict = (name: string, why: string): PlannedStep => ({
  id: name,
  kind: 'aws.iam-role',
  name,
  action: 'conflict',
  drift: [],
  why,
  notes: [],
});
const refusal = new VendorError({
  service: 'Genesys Cloud',
  operation: 'POST /api/v2/integrations/actions',
  status: 400,
  code: 'bad.request',
  message: 'Bad Request',
  requestId: '5a4d',
  details: ['invalid.schema: contract'],
});
const TOKEN = 'Bearer eyJhbGciOi1234567890';

describe('an error', () => {
  test('of a person says what happened, what there is to know, and what to do', () => {
    const error = new SetupError('2 values are missing.', {
      exit: exitCode.usage,
      details: ['first: --first', 'second: --second'],
      hint: 'Give them.',
    });
    expect(text(error)).toBe('Error: 2 values are missing.\n  first: --first\n  second: --second\nTo do: Give them.');
  });

  test('of a vendor that nobody foresaw names service, operation and request', () => {
    expect(text(refusal)).toBe(
      [
        'Error: Genesys Cloud refused POST /api/v2/integrations/actions: Bad Request.',
        '  Genesys Cloud POST /api/v2/integrations/actions (HTTP 400, bad.request, request 5a4d)',
        '  invalid.schema: contract',
        'To do: Mend what it names, then run the command again. If there is nothing to mend, ask the support of Genesys, and tell them the request.',
      ].join('\n'),
    );
  });

  test('of a conflict names everything that is in the way', () => {
    const error = new ConflictError([
      conflict('dev-x', 'it belongs to somebody.'),
      conflict('dev-y', 'it is no one’s.'),
    ]);
    expect(text(error)).toMatch(
      /^Error: 2 things are in the way.*\n {2}dev-x: it belongs to somebody\.\n {2}dev-y: it is no one’s\.\nTo do: /,
    );
  });

  test.each([
    ['a changed world', new ChangedError('x.'), 'look at the new plan'],
    ['a wait in vain', new TimeoutError('the role', 60_000), 'goes on from there'],
    ['the sandbox', new SandboxError('port', 'The port is taken.', 'Choose another.'), 'To do: Choose another.'],
  ])('of %s is no mistake of ours, and says what to do', (_, error, hint) => {
    expect(text(error)).toContain(`Error: ${error.message}`);
    expect(text(error)).toContain(hint);
    expect(text(error)).not.toContain('mistake in eo-setup');
  });

  test.each([
    ['an exception', new TypeError('x is not a function'), 'TypeError: x is not a function.'],
    ['a text', 'odd', 'something was thrown that is no error (string).'],
    ['an answer', { headers: { authorization: TOKEN } }, 'something was thrown that is no error (object).'],
    ['nothing', undefined, 'something was thrown that is no error (undefined).'],
    ['several of none', new AggregateError([], 'none'), 'AggregateError: none.'],
  ])('that is a bug is told apart: %s', (_, error, what) => {
    expect(text(error)).toMatch(/^Error: This is a mistake in eo-setup, not yours: /);
    expect(text(error)).toContain(what);
    expect(text(error)).toContain('--debug');
  });

  test('of several says each once', () => {
    const again = new SetupError('Stopped by Ctrl-C.', { exit: exitCode.interrupted });
    const error = new AggregateError([again, refusal, new AggregateError([again, refusal])]);
    expect(text(error).match(/^Error:/gm)).toHaveLength(2);
  });

  test('of a connection that fails for every address is one', () => {
    const both = [new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED 127.0.0.1:1')];
    const error = Object.assign(new AggregateError(both, ''), { code: 'ECONNREFUSED' });
    expect(renderError(error, false).filter((line) => line.startsWith('Error:'))).toHaveLength(1);
  });

  test('has its stack only for those who debug, and that of what caused it', () => {
    const error = new TypeError('outer', { cause: new Error('inner') });
    expect(text(error)).not.toContain('    at ');
    expect(text(error, true)).toMatch(/TypeError: outer\n +at .*caused by\n +Error: inner\n +at /s);
  });

  test('that causes itself has an end', () => {
    const error = new Error('round');
    error.cause = error;
    expect(text(error, true).match(/caused by/g)).toHaveLength(5);
  });

  test.each([false, true])('shows no token and steers no terminal (debug: %s)', (isDebug) => {
    const error = new Error(`\u001b[2J\r${TOKEN}\u202e`, { cause: new Error(TOKEN) });
    Object.assign(error, { config: { headers: { Authorization: TOKEN } } });
    const details = [`\u001b]0;title\u0007${TOKEN}`];
    for (const shown of [text(error, isDebug), text(new SetupError('x', { details }), isDebug)])
      for (const hidden of ['eyJhb', 'title', '\u001b', '\r', '\u202e']) expect(shown).not.toContain(hidden);
  });

  test('keeps the lines that a person is to see apart', () => {
    expect(text(new SetupError('One:\ntwo', { details: ['a\nb'] }))).toBe('Error: One:\n  two\n  a\n    b');
  });
});

describe('the record of an error', () => {
  test('of a vendor has what its support asks for', () => {
    expect(errorRecord(refusal)).toEqual({
      exit: 1,
      message: 'Genesys Cloud refused POST /api/v2/integrations/actions: Bad Request.',
      details: [
        'Genesys Cloud POST /api/v2/integrations/actions (HTTP 400, bad.request, request 5a4d)',
        'invalid.schema: contract',
      ],
      hint: expect.stringContaining('support of Genesys'),
      service: 'Genesys Cloud',
      operation: 'POST /api/v2/integrations/actions',
      status: 400,
      code: 'bad.request',
      requestId: '5a4d',
    });
  });

  test('of several is that of the most telling, with the others in it', () => {
    const denied = new SetupError('No.', { exit: exitCode.preflight });
    expect(errorRecord(new AggregateError([refusal, denied, refusal]))).toMatchObject({
      exit: 4,
      message: 'No.',
      others: [{ code: 'bad.request' }],
    });
  });

  test('of a bug says so, and has no cause in it', () => {
    const record = errorRecord(new TypeError('x', { cause: { token: TOKEN } }));
    expect(record).toMatchObject({ exit: 1, bug: true });
    expect(JSON.stringify(record)).not.toContain('eyJhb');
  });
});
