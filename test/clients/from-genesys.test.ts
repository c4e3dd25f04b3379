import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { fromGenesys } from '../../src/clients/from-genesys.ts';

const TOKEN = 'abcDEF123-the-bearer-token';
/** Headers come as instances of a class of the SDK's HTTP client. */
class AnswerHeaders {
  constructor(headers: Readonly<Record<string, string>>) {
    Object.assign(this, headers);
  }
}

/** The error of the SDK's HTTP client: it holds all of the request. */
const axiosError = (message: string, code: string, response?: object) =>
  Object.assign(new Error(message), {
    name: 'AxiosError',
    code,
    config: { url: 'https://api.mypurecloud.com/api/v2/flows', headers: { Authorization: `Bearer ${TOKEN}` } },
    ...(response && { response }),
  });

/** An answer as the SDK hands it on when it is asked for all of it, the error included. */
const extended = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  statusText: 'x',
  headers: new AnswerHeaders(headers),
  body,
  text: undefined,
  error: axiosError('Request failed', 'ERR_BAD_REQUEST'),
});

/** As a failed login comes, whatever the SDK was told. */
const refusedLogin = (status: number, data: unknown) =>
  axiosError('Request failed', 'ERR_BAD_REQUEST', { status, headers: new AnswerHeaders({}), data });

const body = {
  message: 'Bad Request',
  code: 'bad.request',
  status: 400,
  contextId: '5a4d0b0c',
  details: [{ errorCode: 'invalid.value', fieldName: 'dnis', entityName: 'Main' }],
  errors: [
    {
      message: 'Number is taken',
      code: 'ivr.dnis.in.use',
      details: [{ errorCode: 'in.use', fieldName: 'dnis' }],
    },
  ],
};

const no = { retryable: false, ambiguous: false };
const later = { retryable: true, ambiguous: false };
const unsure = { retryable: true, ambiguous: true };

describe('what the Genesys SDK rejects with', () => {
  test.each([
    [
      'a whole answer',
      extended(400, body),
      { status: 400, code: 'bad.request', message: 'Bad Request', requestId: '5a4d0b0c', ...no },
    ],
    [
      'a whole answer with details and errors',
      extended(400, body),
      { details: ['invalid.value: dnis: Main', 'ivr.dnis.in.use: Number is taken', 'in.use: dnis'] },
    ],
    [
      'a bare body',
      { ...body, status: 409, code: 'general.conflict' },
      { status: 409, code: 'general.conflict', ...no },
    ],
    [
      'a string',
      'Missing the required parameter "flowId"',
      { message: 'Missing the required parameter "flowId"', ...no },
    ],
    ['nothing', undefined, { message: 'no answer, and no reason', ...unsure }],
    ['null', null, { message: 'no answer, and no reason', ...no }],
    [
      'an answer without a body',
      extended(502, '', { 'inin-correlation-id': 'c-1' }),
      { status: 502, message: 'HTTP 502, without a reason', requestId: 'c-1', ...unsure },
    ],
    [
      "a proxy's page",
      extended(503, '<!DOCTYPE html><html><body>Sorry</body></html>'),
      { status: 503, message: 'HTTP 503, with a web page as the answer', ...unsure },
    ],
    [
      'a body that was not read as JSON',
      extended(404, JSON.stringify({ message: 'Gone', code: 'not.found' })),
      { status: 404, code: 'not.found', message: 'Gone', ...no },
    ],
    [
      'a message with parameters',
      extended(400, { messageWithParams: 'Flow {name} of {org}', messageParams: { name: 'Main' } }),
      { message: 'Flow Main of {org}' },
    ],
    [
      'a body with members of other types',
      extended(409, { message: 'no', code: 7, details: 'x', errors: {}, messageParams: [], status: '409' }),
      { status: 409, code: undefined, message: 'no', details: [] },
    ],
    [
      'too many requests',
      extended(429, { message: 'slow', code: 'too.many.requests' }, { 'retry-after': '17' }),
      { status: 429, retryAfterMs: 17_000, ...later },
    ],
    [
      'too many requests, with the seconds in the message',
      extended(429, { message: 'Rate limit exceeded. Retry the request in [12] seconds' }, { 'retry-after': 'soon' }),
      { retryAfterMs: 12_000, ...later },
    ],
    [
      'too many requests, until a date',
      extended(429, {}, { 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' }),
      { retryAfterMs: 8_000, ...later },
    ],
    [
      'a login that is refused',
      refusedLogin(400, {
        error: 'invalid_client',
        description: 'client not found: x',
        error_description: 'client not found',
      }),
      { status: 400, code: 'invalid_client', message: 'client not found: x', ...no },
    ],
    [
      'a login too many',
      refusedLogin(400, { error: 'invalid_request', description: 'rate limit exceeded;too many logins' }),
      { status: 400, code: 'invalid_request', ...later },
    ],
    [
      'a login too many, said elsewhere',
      refusedLogin(400, { error: 'invalid_request', description: 'no', error_description: 'Rate limit exceeded' }),
      later,
    ],
    [
      'no connection',
      axiosError('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'),
      { status: undefined, code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1', ...later },
    ],
    ['no connection to any address', axiosError('', 'ECONNREFUSED'), { message: 'no answer (ECONNREFUSED)' }],
    ['a hang-up', axiosError('socket hang up', 'ECONNRESET'), { code: 'ECONNRESET', ...unsure }],
    ["the SDK's time-out", axiosError('timeout of 16000ms exceeded', 'ECONNABORTED'), unsure],
    ['our time-out', Object.assign(new Error('no answer within 30 s'), { code: 'ETIMEDOUT' }), unsure],
    [
      'an answer that is cut off after good headers',
      extended(200, undefined),
      { status: undefined, code: 'ECONNRESET', message: 'the answer was cut off', ...unsure },
    ],
    ['a certificate that is not trusted', axiosError('self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'), no],
    ['a bug', new TypeError('x is not a function'), { message: 'x is not a function', ...no }],
  ])('%s', (_, rejection, expected) => {
    const error = fromGenesys(rejection, 'GET /api/v2/flows', { now: 1_000 });
    expect(error).toMatchObject({ service: 'Genesys Cloud', operation: 'GET /api/v2/flows', ...expected });
    for (const shown of [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack])
      expect(shown).not.toMatch(/bearer-token|Bearer/);
  });

  test('takes the known secrets out of what the vendor says', () => {
    const redact = (text: string) => text.replaceAll('hunter2', '[secret]');
    const said = { message: 'no hunter2', code: 'x', details: [{ errorCode: 'hunter2' }] };
    const error = fromGenesys(extended(400, said), 'GET /api/v2/flows', { redact });
    expect(error).toMatchObject({ message: 'no [secret]', details: ['[secret]'] });
  });

  test('leaves alone what is one of ours already', () => {
    const error = fromGenesys('x', 'GET /api/v2/flows');
    expect(fromGenesys(error, 'GET /api/v2/ivrs')).toBe(error);
  });
});
