import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { redactor, Secret } from '../../src/clients/redact.ts';
import { natureOf, retryAfter, VendorError } from '../../src/clients/vendor-error.ts';

const SECRET = 'hunter2-hunter2';

describe('a vendor error', () => {
  const remote = `two\nlines \u001b[31mred\u001b[0m hunter2\u0007-hunter2`;
  const sdkError = Object.assign(new Error(remote), { config: { headers: { Authorization: `Bearer ${SECRET}` } } });
  const error = new VendorError(
    {
      service: 'S3',
      operation: 'PutObject',
      message: remote,
      code: remote,
      requestId: remote,
      details: [remote],
      cause: sdkError,
    },
    redactor(() => [new Secret(SECRET)]),
  );

  test('is on one line and clean', () => {
    const expected = 'two lines red [secret]';
    const { message, code, requestId, details } = error;
    expect({ message, code, requestId, details }).toEqual({
      message: expected,
      code: expected,
      requestId: expected,
      details: [expected],
    });
  });

  test('keeps of its cause the message and the stack, and no secret', () => {
    expect(error.cause).toBeInstanceOf(Error);
    expect(error.cause).not.toBe(sdkError);
    for (const shown of [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack])
      expect(shown).not.toMatch(/hunter2|Bearer/);
  });

  test('does not show a half of a secret that was cut', () => {
    const long = new VendorError(
      { service: 'S3', operation: 'PutObject', message: `${'x'.repeat(1_990)}${SECRET}` },
      redactor(() => [new Secret(SECRET)]),
    );
    expect(long.message).not.toContain('hunter');
  });

  test('is neither retryable nor ambiguous unless that is said', () => {
    expect(new VendorError({ service: 'S3', operation: 'PutObject', message: 'no' })).toMatchObject({
      retryable: false,
      ambiguous: false,
    });
  });
});

describe('the nature of a failure', () => {
  test.each([
    [400, false, false],
    [401, false, false],
    [403, false, false],
    [404, false, false],
    [408, true, true],
    [409, false, false],
    [429, true, false],
    [500, true, true],
    [502, true, true],
    [503, true, true],
    [504, true, true],
  ])('HTTP %d: retryable %s, ambiguous %s', (status, retryable, ambiguous) =>
    expect(natureOf(status, undefined)).toEqual({ retryable, ambiguous }),
  );

  test.each([
    ['ECONNREFUSED', true, false],
    ['ENOTFOUND', true, false],
    ['EAI_AGAIN', true, false],
    ['ECONNRESET', true, true],
    ['ECONNABORTED', true, true],
    ['EPIPE', true, true],
    ['ETIMEDOUT', true, true],
    ['TimeoutError', true, true],
    ['HPE_INVALID_CONSTANT', true, true],
    ['CERT_HAS_EXPIRED', false, false],
    ['CredentialsProviderError', false, false],
    [undefined, false, false],
  ])('%s: retryable %s, ambiguous %s', (code, retryable, ambiguous) =>
    expect(natureOf(undefined, code)).toEqual({ retryable, ambiguous }),
  );
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  test.each([
    ['1', 1_000],
    ['0', 0],
    [' 17 ', 17_000],
    ['9999', 9_999_000],
    ['Tue, 24 Nov 2026 12:00:05 GMT', 5_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['Tue, 99 Nov 2026 12:00:05 GMT', undefined],
    ['soon', undefined],
    ['in 5 minutes', undefined],
    ['-3', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (value, expected) => expect(retryAfter(value, now)).toBe(expected));
});
