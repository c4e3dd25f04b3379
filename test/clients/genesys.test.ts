import { once } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { type Answer, cutOff, hangUp, inTurn, json, text } from './local-server.ts';
import { CLIENT_ID, CLIENT_SECRET, flow, getFlow, ok, organization, postFlow, refuses, token } from './organization.ts';
import { createWaiting } from './waiting.ts';

const operation = 'DELETE /api/v2/flows/{flowId}';
const deleteFlow = { operation, path: { flowId: 'f-1' }, schema: z.unknown() } as const;

describe('a call', () => {
  test('sends path, query and body, and reads the answer', async () => {
    const { genesys, calls } = await organization(json(200, { id: 'f-1', more: true }));
    const found = await genesys.call({
      operation: 'PUT /api/v2/flows/{flowId}/versions/{version}',
      path: { flowId: 'a/b ü?', version: '1' },
      query: { deleted: false, page: 0, name: 'x & y', absent: undefined },
      body: { name: 'Main' },
      schema: flow,
    });
    expect(found).toEqual({ id: 'f-1' });
    const [call] = calls();
    expect(call).toMatchObject({ method: 'PUT', body: '{"name":"Main"}' });
    expect(call?.url).toBe('/api/v2/flows/a%2Fb%20%C3%BC%3F/versions/1?deleted=false&page=0&name=x+%26+y');
    expect(call?.headers['content-type']).toBe('application/json');
  });

  test.each([
    ['no body', (response: Parameters<Answer>[0]) => void response.writeHead(204).end(), undefined],
    ['a text', text(200, '{"a": 1}', { 'content-type': 'text/plain' }), '{"a": 1}'],
    ['JSON', json(200, { a: 1 }), { a: 1 }],
  ] as const)('may be answered with %s', async (_, answer, expected) => {
    const { genesys } = await organization(answer);
    expect(await genesys.call({ ...getFlow, schema: z.unknown() })).toEqual(expected);
  });

  test.each(['', '.', '..', undefined])(
    'is not sent where an id is %o, which would make it another one',
    async (id) => {
      const { genesys, logins, calls } = await organization(ok);
      const path = id === undefined ? {} : { flowId: id };
      await expect(genesys.call({ ...deleteFlow, path })).rejects.toThrow('needs a flowId');
      expect([...logins(), ...calls()]).toEqual([]);
    },
  );

  test.each([
    ['something else', json(200, { id: 7, name: [] }), 'the answer is not as documented (id: Invalid input'],
    ['nothing', text(200, ''), 'the answer is not as documented (it: Invalid input'],
    ['an error with a good status', json(200, { error: 'none' }), 'the answer is not as documented (id: Invalid input'],
  ])('fails, and is not repeated, where it is answered with %s', async (_, answer, message) => {
    const { genesys, calls } = await organization(answer);
    const error = await genesys.call(postFlow).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VendorError);
    expect(error).toMatchObject({ operation: postFlow.operation, retryable: false, ambiguous: true });
    expect(String(error)).toContain(message);
    await expect(genesys.call(getFlow)).rejects.toMatchObject({ retryable: false, ambiguous: false });
    expect(calls()).toHaveLength(2);
  });
});

describe('a call that fails on its way', () => {
  const html = text(200, '<html><body>Sign in to the hotel</body></html>', { 'content-type': 'text/html' });
  const truncated = text(200, '{"id": "f-', { 'content-type': 'application/json' });
  const unsure: readonly (readonly [string, Answer])[] = [
    ['502 without a body', text(502, '')],
    ['503 with a page', text(503, '<html></html>', { 'content-type': 'text/html' })],
    ['500', refuses(500)],
    ['408', refuses(408)],
    ['504', refuses(504)],
    ['a hang-up before the headers', hangUp],
    ['a hang-up after the headers', cutOff],
    ['a web page', html],
    ['half of the JSON', truncated],
  ];

  test.each(unsure)('is sent again after %s', async (_, answer) => {
    const { genesys, calls } = await organization(inTurn(answer, answer, ok));
    await genesys.call(deleteFlow);
    expect(calls()).toHaveLength(3);
  });

  test.each(unsure)('is not where it creates something, after %s', async (_, answer) => {
    const { genesys, calls } = await organization(answer);
    await expect(genesys.call(postFlow)).rejects.toMatchObject({ retryable: true, ambiguous: true });
    expect(calls()).toHaveLength(1);
  });

  test('is where its caller says that it does no harm', async () => {
    const { genesys, calls } = await organization(inTurn(hangUp, ok));
    await genesys.call({ ...postFlow, safe: true });
    expect(calls()).toHaveLength(2);
  });

  test.each([400, 403, 404, 405, 409, 413])('is not after %d', async (status) => {
    const { genesys, calls } = await organization(refuses(status));
    await expect(genesys.call(getFlow)).rejects.toMatchObject({ status, code: 'x', retryable: false });
    expect(calls()).toHaveLength(1);
  });

  test('is not sent after a redirect, nor is the token', async () => {
    const elsewhere = text(302, '', { location: '/elsewhere' });
    const { genesys, calls } = await organization(elsewhere);
    await expect(genesys.call(getFlow)).rejects.toMatchObject({ status: 302, retryable: false });
    expect(calls()).toHaveLength(1);
  });

  test.each([
    ['1', 1_000],
    ['0', 250],
    ['9999', 60_000],
    ['Thu, 01 Jan 1970 00:00:07 GMT', 7_000],
    ['a while', 250],
  ])('is sent again after 429 with Retry-After: %s, whatever it does', async (value, expected) => {
    const busy = json(429, { message: 'slow', code: 'too.many.requests' }, { 'retry-after': value });
    const { genesys, waiting, calls } = await organization(inTurn(busy, ok));
    await genesys.call(postFlow);
    expect(waiting.clock.now()).toBe(expected);
    expect(calls()).toHaveLength(2);
  });

  test('ends when no answer comes, and cuts the connection', async () => {
    const waiting = createWaiting();
    const closed: Promise<unknown>[] = [];
    const stall: Answer = (response) => {
      const gone = new AbortController();
      closed.push(once(response, 'close').finally(() => gone.abort()));
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      waiting.clock.sleepInside(86_400_000, gone.signal).catch(() => undefined);
    };
    const { genesys } = await organization(stall, { waiting });
    await expect(genesys.call(postFlow)).rejects.toMatchObject({ code: 'ETIMEDOUT', message: 'no answer within 30 s' });
    expect(waiting.clock.now()).toBe(30_000);
    await Promise.all(closed);
    await expect(genesys.call({ ...postFlow, timeoutMs: 5_000 })).rejects.toThrow('no answer within 5 s');
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
  });

  test('ends at once when the run is stopped while it waits', async () => {
    const waiting = createWaiting();
    const busy: Answer = json(429, {}, { 'retry-after': '50' });
    const { genesys, calls } = await organization(busy, { waiting: { ...waiting, note: waiting.stop } });
    await expect(genesys.call(getFlow)).rejects.toThrow('stopped');
    await expect(genesys.call(getFlow)).rejects.toThrow('stopped');
    expect(waiting.clock.now()).toBe(0);
    expect(calls()).toHaveLength(1);
  });

  test('of a part of the run ends with that part, and with it only', async () => {
    const waiting = createWaiting();
    const part = new AbortController();
    const note = () => part.abort(new Error('another step failed'));
    const busy: Answer = json(429, {}, { 'retry-after': '50' });
    const { genesys, logins, calls } = await organization(inTurn(busy, ok), { waiting: { ...waiting, note } });
    const within = genesys.within(part.signal);
    await expect(within.call(getFlow)).rejects.toThrow('another step failed');
    await expect(within.page({ ...getFlow, query: {} })).rejects.toThrow('another step failed');
    await expect(within.upload('http://127.0.0.1:1/', {}, new Uint8Array(1))).rejects.toThrow('another step failed');
    expect(calls()).toHaveLength(1);
    expect(await genesys.call(getFlow)).toEqual({ id: 'f-1' });
    expect(logins()).toHaveLength(1);
  });
});

describe('no secret is in an error', () => {
  const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');
  const login = `${CLIENT_SECRET} ${basic} ${encodeURIComponent(CLIENT_SECRET)}`;
  const echo = `${login} ${token(1)}`;
  const said = { message: echo, code: echo, contextId: echo, details: [{ errorCode: echo }], errors: [{ code: echo }] };

  test.each([
    ['a refused call that echoes everything', json(400, said), undefined],
    ['a failed connection', hangUp, undefined],
    ['an answer that is cut off', cutOff, undefined],
    ['an answer that is something else', json(200, { [echo]: echo }), undefined],
    ['a refused login that echoes everything', ok, json(400, { error: login, description: login })],
    ['a failed login', ok, hangUp],
  ])('%s', async (_, api, refusal) => {
    const { genesys } = await organization(api, { login: refusal });
    const error = await genesys
      .call({ ...postFlow, schema: z.strictObject({ id: z.string() }) })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(VendorError);
    const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack].join('\n');
    for (const secret of [CLIENT_SECRET, basic, token(1), encodeURIComponent(CLIENT_SECRET), 'hunter2'])
      expect(shown).not.toContain(secret);
  });
});

test('at most eight calls are under way at a time', async () => {
  const waiting = createWaiting();
  let underWay = 0;
  let most = 0;
  const slow: Answer = async (response, seen) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await waiting.clock.sleepInside(100);
    underWay -= 1;
    ok(response, seen);
  };
  const { genesys } = await organization(slow, { waiting });
  await Promise.all(Array.from({ length: 20 }, () => genesys.call(getFlow)));
  expect(most).toBe(8);
});
