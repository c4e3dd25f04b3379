import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { fromAws } from '../../src/clients/from-aws.ts';

/** As the SDK throws it: an Error with members. */
const thrown = (message: string, members: object) => Object.assign(new Error(message), members);
const answered = (name: string, httpStatusCode: number, message: string, more: object = {}) =>
  thrown(message, { name, $fault: 'client', $metadata: { httpStatusCode, requestId: 'req-1' }, ...more });

describe('what AWS throws', () => {
  test.each([
    [
      'a refusal',
      answered('EntityAlreadyExistsException', 409, 'Role with name x already exists.'),
      { status: 409, code: 'EntityAlreadyExistsException', message: 'Role with name x already exists.' },
      { retryable: false, ambiguous: false },
    ],
    [
      'a denial',
      answered('AccessDenied', 403, 'User: arn:x is not authorized to perform: iam:CreateRole'),
      { status: 403, code: 'AccessDenied', requestId: 'req-1' },
      { retryable: false, ambiguous: false },
    ],
    [
      'an S3 HEAD of nothing',
      answered('NotFound', 404, 'UnknownError'),
      { status: 404, code: 'NotFound', message: 'HTTP 404, without a reason' },
      { retryable: false, ambiguous: false },
    ],
    [
      'an S3 HEAD of what is not ours',
      answered('Unknown', 403, 'UnknownError'),
      { status: 403, code: 'Unknown', message: 'HTTP 403, without a reason' },
      { retryable: false, ambiguous: false },
    ],
    [
      'too many requests',
      answered('TooManyRequestsException', 429, 'Rate exceeded', {
        $response: { statusCode: 429, headers: { 'retry-after': '3' } },
      }),
      { status: 429, code: 'TooManyRequestsException', retryAfterMs: 3_000 },
      { retryable: true, ambiguous: false },
    ],
    [
      "too many requests in Lambda's own way",
      answered('TooManyRequestsException', 429, 'Rate exceeded', { retryAfterSeconds: '2' }),
      { retryAfterMs: 2_000 },
      { retryable: true, ambiguous: false },
    ],
    [
      'throttling with a 400',
      answered('ThrottlingException', 400, 'Rate exceeded'),
      { status: 400, code: 'ThrottlingException' },
      { retryable: true, ambiguous: false },
    ],
    [
      'another change under way',
      answered('ConcurrentModificationException', 409, 'The request was rejected because of another change'),
      { status: 409, code: 'ConcurrentModificationException' },
      { retryable: true, ambiguous: false },
    ],
    [
      'a bucket that S3 has not let go of, which is waited for elsewhere',
      answered('OperationAborted', 409, 'A conflicting conditional operation is currently in progress'),
      { status: 409, code: 'OperationAborted' },
      { retryable: false, ambiguous: false },
    ],
    [
      'a quota, which does not pass',
      answered('LimitExceededException', 409, 'Cannot exceed quota for RolesPerAccount: 1000'),
      { status: 409, code: 'LimitExceededException' },
      { retryable: false, ambiguous: false },
    ],
    [
      'a clock that was wrong, and is corrected now',
      thrown('Signature expired', {
        name: 'InvalidSignatureException',
        $fault: 'client',
        $metadata: { httpStatusCode: 403, clockSkewCorrected: true },
      }),
      { status: 403, code: 'InvalidSignatureException' },
      { retryable: true, ambiguous: false },
    ],
    [
      'a failure of the service',
      answered('ServiceFailure', 500, 'We have a problem'),
      { status: 500, code: 'ServiceFailure' },
      { retryable: true, ambiguous: true },
    ],
    [
      "a proxy's page with a bad status",
      thrown('Unexpected token <\n  Deserialization error: to see the raw response, inspect …', {
        name: 'SyntaxError',
        $metadata: { httpStatusCode: 502 },
        $response: { statusCode: 502, headers: {} },
      }),
      { status: 502, code: undefined, message: 'HTTP 502, with an answer that cannot be read' },
      { retryable: true, ambiguous: true },
    ],
    [
      'half of an answer',
      thrown('Unterminated string in JSON', { name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }),
      { status: undefined, code: 'ERR_BAD_RESPONSE', message: 'HTTP 200, with an answer that cannot be read' },
      { retryable: true, ambiguous: true },
    ],
    [
      'a connection that ends within the answer',
      thrown('aborted', { code: 'ECONNRESET', $metadata: { httpStatusCode: 200 } }),
      { status: undefined, code: 'ECONNRESET' },
      { retryable: true, ambiguous: true },
    ],
    [
      'a connection that ends before it',
      thrown('socket hang up', { name: 'TimeoutError', code: 'ECONNRESET', $metadata: { attempts: 1 } }),
      { status: undefined, code: 'ECONNRESET', message: 'socket hang up' },
      { retryable: true, ambiguous: true },
    ],
    [
      'a connection that is refused for every address',
      Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:1')]), { code: 'ECONNREFUSED' }),
      { code: 'ECONNREFUSED', message: 'no answer (ECONNREFUSED)' },
      { retryable: true, ambiguous: false },
    ],
    [
      'a time-out of ours',
      thrown('no answer within 30 s', { code: 'ETIMEDOUT' }),
      { code: 'ETIMEDOUT', message: 'no answer within 30 s' },
      { retryable: true, ambiguous: true },
    ],
    [
      'no credentials',
      thrown('Could not load credentials from any providers', { name: 'CredentialsProviderError', tryNextLink: false }),
      { code: 'CredentialsProviderError', message: 'Could not load credentials from any providers' },
      { retryable: false, ambiguous: false },
    ],
    [
      'a session that is over',
      answered('ExpiredTokenException', 403, 'The security token included in the request is expired'),
      { code: 'ExpiredTokenException' },
      { retryable: false, ambiguous: false },
    ],
    [
      'no region',
      thrown('Region is missing', {}),
      { code: 'Error', message: 'Region is missing' },
      { retryable: false, ambiguous: false },
    ],
    ['a string', 'odd', { message: 'no answer, and no reason' }, { retryable: false, ambiguous: false }],
    ['nothing', undefined, { message: 'no answer, and no reason' }, { retryable: false, ambiguous: false }],
    [
      'members of other types',
      thrown('odd', { name: 7, code: [], $metadata: 'x', $response: { headers: 7 }, $fault: 'client' }),
      { message: 'odd' },
      { retryable: false, ambiguous: false },
    ],
  ])('%s', (_, error, expected, nature) => {
    expect(fromAws(error, 'IAM', 'CreateRole')).toMatchObject({
      service: 'IAM',
      operation: 'CreateRole',
      ...expected,
      ...nature,
    });
  });

  test('keeps nothing of the request', () => {
    const error = answered('AccessDenied', 403, 'no', {
      $response: { headers: { authorization: 'AWS4-HMAC-SHA256 Signature=abc' }, body: 'SECRET' },
    });
    const shown = inspect(fromAws(error, 'IAM', 'CreateRole'), { depth: 9, showHidden: true });
    expect(shown).not.toMatch(/AWS4|SECRET/);
  });

  test('leaves alone what is one of ours already', () => {
    const error = fromAws(undefined, 'IAM', 'CreateRole');
    expect(fromAws(error, 'S3', 'PutObject')).toBe(error);
  });
});
