import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Functions, Refusal } from '../../src/sandbox/contract.ts';
import { listen } from '../../src/sandbox/serve.ts';
import { notes } from '../support/notes-protocol.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const idle: Functions = {
  run: () => Promise.resolve({ payload: new Uint8Array(), log: '' }),
  close: () => Promise.resolve(),
};
const open: TestSandbox[] = [];
const sandboxOf = async (options: Parameters<typeof openTestSandbox>[0] = {}) => {
  const sandbox = await openTestSandbox({ protocols: [notes], functions: idle, ...options });
  open.push(sandbox);
  return sandbox;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

function createGate() {
  const gate = { open: (): void => undefined };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  return { opened, open: () => gate.open() };
}

const headers = { authorization: 'me' };
const create = (origin: string, text: string, signal: AbortSignal | null = null) =>
  fetch(`${origin}/notes`, { method: 'POST', headers, body: JSON.stringify({ text }), signal });
const list = async (origin: string, path = '/notes') => (await fetch(origin + path, { headers })).json();

test('a request is carried out, answered and remembered, without its body', async () => {
  const { origin, history } = await sandboxOf();
  const response = await create(origin, 'four digits');
  expect(response.status).toBe(201);
  expect(await list(origin)).toMatchObject([{ text: 'four digits' }]);
  expect(history.entries()).toMatchObject([
    { n: 1, operation: 'createNote', path: '/notes', write: true, committed: true, status: 201, caller: 'me' },
    { n: 2, operation: 'listNotes', write: false, committed: false, status: 200 },
  ]);
  expect(JSON.stringify(history.entries())).not.toContain('four digits');
});

describe('a request that is refused changes nothing', () => {
  test.each([
    ['by its handler, though it had written', { text: 'refused' }, headers, 409, 'note.refused'],
    ['for its body', { text: 7 }, headers, 400, 'bad.request'],
    ['for its caller', { text: 'x' }, {}, 401, 'who'],
  ])('%s', async (_why, body, sent, status, code) => {
    const { origin, world, history } = await sandboxOf();
    const response = await fetch(`${origin}/notes`, { method: 'POST', headers: sent, body: JSON.stringify(body) });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(world.list('notes')).toEqual([]);
    expect(history.entries()).toMatchObject([{ status, code, committed: false }]);
  });
});

test('a handler that breaks is a 500 in the form of its vendor, and a bug', async () => {
  const sandbox = await openTestSandbox({ protocols: [notes], functions: idle });
  const response = await create(sandbox.origin, 'broken');
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ code: 'internal.server.error' });
  expect(sandbox.world.list('notes')).toEqual([]);
  await expect(sandbox.close()).rejects.toThrow('a bug');
});

test('what no operation fits is refused, and not in the history', async () => {
  const { origin, history } = await sandboxOf();
  expect((await fetch(`${origin}/nowhere`)).status).toBe(404);
  expect(history.entries()).toEqual([]);
});

test('a path that begins with two slashes is a path, not another host', async () => {
  const { origin } = await sandboxOf();
  expect((await fetch(`${origin}//elsewhere/notes`)).status).toBe(404);
});

test('a request that awaits a function lets others in, and keeps what it wrote when one of them is refused', async () => {
  const started = createGate();
  const finished = createGate();
  const functions: Functions = {
    ...idle,
    run: async () => {
      started.open();
      await finished.opened;
      return { payload: new Uint8Array(), log: '' };
    },
  };
  const { origin, world } = await sandboxOf({ functions });
  const slow = fetch(`${origin}/slow`, { method: 'POST', headers });
  await started.opened;
  expect((await create(origin, 'refused')).status).toBe(409);
  expect((await create(origin, 'between')).status).toBe(201);
  finished.open();
  expect((await slow).status).toBe(204);
  expect(world.list('notes')).toMatchObject([{ text: 'begun' }, { text: 'between' }, { text: 'ended' }]);
});

test('a function call that ends in a refusal keeps what was written before it', async () => {
  const functions: Functions = { ...idle, run: () => Promise.reject(new Refusal(409, 'function.refused', 'No.')) };
  const { origin, world, history } = await sandboxOf({ functions });
  expect((await fetch(`${origin}/slow`, { method: 'POST', headers })).status).toBe(409);
  expect(world.list('notes')).toMatchObject([{ text: 'begun' }]);
  expect(history.entries()).toMatchObject([{ status: 409, code: 'function.refused', committed: true }]);
});

test('of many requests at once each is carried out, and remembered as itself', async () => {
  const { origin, world, history } = await sandboxOf();
  await Promise.all(Array.from({ length: 30 }, (_, n) => create(origin, n % 3 === 0 ? 'refused' : `note ${n}`)));
  expect(world.list('notes')).toHaveLength(20);
  const ends = history.entries().map(({ status, committed }) => `${status} ${committed}`);
  expect(ends.filter((end) => end === '201 true')).toHaveLength(20);
  expect(ends.filter((end) => end === '409 false')).toHaveLength(10);
});

test('latency passes in virtual time while the client waits', async () => {
  const virtual = createVirtualClock();
  const { origin } = await sandboxOf({ virtual, profile: { latency: { 'notes.createNote': 90_000 }, windows: {} } });
  await virtual.track(async () => {
    expect((await create(origin, 'late')).status).toBe(201);
  });
  expect(virtual.now()).toBe(90_000);
});

test('a window is over when its time has passed, and no timer runs for it', async () => {
  const virtual = createVirtualClock();
  const { origin } = await sandboxOf({
    virtual,
    profile: { latency: {}, windows: { 'genesys.listed': { ms: 2000 } } },
  });
  await virtual.track(() => create(origin, 'fresh'));
  expect(await list(origin, '/settled')).toEqual([]);
  await virtual.sleep(2000);
  expect(await list(origin, '/settled')).toHaveLength(1);
});

test('closing ends at once, with a request held and a half-sent one open', async () => {
  const { origin, faults, history, close } = await sandboxOf();
  faults.set([{ when: 'before', then: 'hold' }]);
  const held = create(origin, 'held').catch(() => 'gone');
  const half = connect(Number(new URL(origin).port), '127.0.0.1');
  half.on('error', () => undefined);
  half.write('POST /notes HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
  await history.until((entry) => entry.held === 'before');
  await close();
  open.splice(0);
  expect(await held).toBe('gone');
});

test('a body over the limit is read to its end and refused', async () => {
  const server = await listen({ port: 0, now: () => 0, sleep: systemClock.sleep, bodyLimit: 10 });
  server.begin({
    answer: async ({ bytes }) => ({ sent: { status: 200, headers: {}, bytes }, whole: true }),
    tooLarge: () => ({ status: 413, headers: {}, bytes: new Uint8Array() }),
  });
  const statusOf = async (length: number) =>
    (await fetch(server.origin, { method: 'POST', body: new Uint8Array(length) })).status;
  expect([await statusOf(10), await statusOf(11), await statusOf(1_000_000)]).toEqual([200, 413, 413]);
  await server.close();
});

test('a second sandbox on the same port says which, and what to do', async () => {
  const { origin } = await sandboxOf();
  const port = Number(new URL(origin).port);
  await expect(sandboxOf({ port })).rejects.toMatchObject({
    message: `The sandbox cannot listen on port ${port}: it is already in use.`,
    hint: expect.stringContaining(`--sandbox http://127.0.0.1:${port}`),
  });
});
