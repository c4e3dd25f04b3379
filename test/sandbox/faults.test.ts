import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createFaults, type FaultInput } from '../../src/sandbox/faults.ts';
import { notes } from '../support/notes-protocol.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

describe('which requests a fault strikes', () => {
  const strikes = (fault: FaultInput, calls: readonly (readonly [string, string])[]) => {
    const faults = createFaults();
    faults.set([fault]);
    return calls.map(([service, operation]) => faults.draw(service, operation).before !== undefined);
  };
  const thrice = [
    ['s3', 'PutObject'],
    ['s3', 'PutObject'],
    ['s3', 'PutObject'],
  ] as const;
  const mixed = [
    ['s3', 'PutObject'],
    ['iam', 'GetRole'],
    ['s3', 'GetObject'],
  ] as const;
  test.each([
    ['all', {}, {}, mixed, [true, true, true]],
    ['a service', { service: 's3' }, {}, mixed, [true, false, true]],
    ['an operation', { operation: 'GetRole' }, {}, mixed, [false, true, false]],
    ['the second, once', { nth: 2 }, {}, thrice, [false, true, false]],
    ['the second of a service', { service: 's3', nth: 2 }, {}, mixed, [false, false, true]],
    ['the first two', {}, { times: 2 }, thrice, [true, true, false]],
    ['two from the second on', { nth: 2 }, { times: 2 }, thrice, [false, true, true]],
  ] as const)('%s', (_which, match, more, calls, struck) => {
    expect(strikes({ match, when: 'before', then: 'drop', ...more }, calls)).toEqual(struck);
  });

  test('it says how many it saw and struck, and counts afresh when it is set again', () => {
    const faults = createFaults();
    const fault: FaultInput = { match: { nth: 2 }, when: 'after', then: 'drop' };
    faults.set([fault]);
    for (const _ of [1, 2, 3]) faults.draw('s3', 'PutObject');
    expect(faults.list()).toMatchObject([{ seen: 3, struck: 1 }]);
    faults.set([fault]);
    expect(faults.list()).toMatchObject([{ seen: 0, struck: 0 }]);
  });

  test('one before and one after can strike the same request', () => {
    const faults = createFaults();
    faults.set([
      { when: 'after', then: 'drop' },
      { when: 'before', then: 'hold' },
    ]);
    expect(faults.draw('s3', 'x')).toMatchObject({ before: { then: 'hold' }, after: { then: 'drop' } });
  });
});

describe('what a fault does', () => {
  const open: TestSandbox[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
  });
  const broken = async (fault: FaultInput, virtual?: VirtualClock) => {
    const functions = { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() };
    const sandbox = await openTestSandbox({
      protocols: [notes],
      functions,
      broken: [fault],
      ...(virtual && { virtual }),
    });
    open.push(sandbox);
    return sandbox;
  };
  const create = (origin: string, signal: AbortSignal | null = null) =>
    fetch(`${origin}/notes`, { method: 'POST', headers: { authorization: 'me' }, body: '{"text":"x"}', signal });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('refuse %s: the vendor refuses, and %i note was made', async (when, made) => {
    const { origin, world, history } = await broken({
      when,
      then: 'refuse',
      status: 429,
      headers: { 'retry-after': '1' },
    });
    const response = await create(origin);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await response.json()).toMatchObject({ code: 'too.many.requests' });
    expect(world.list('notes')).toHaveLength(made);
    expect(history.entries()).toMatchObject([{ status: 429, committed: made === 1, fault: `${when} refuse` }]);
  });

  test('refuse: 503 where nothing else is said, and the words that are given', async () => {
    const { origin, faults } = await broken({ when: 'before', then: 'refuse' });
    expect((await create(origin)).status).toBe(503);
    faults.set([{ when: 'before', then: 'refuse', status: 200, code: 'odd', message: 'An error in a 200.' }]);
    expect(await (await create(origin)).json()).toEqual({ code: 'odd', message: 'An error in a 200.' });
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('drop %s: the connection ends, and %i note was made', async (when, made) => {
    const { origin, world } = await broken({ when, then: 'drop' });
    await expect(create(origin)).rejects.toThrow('fetch failed');
    expect(world.list('notes')).toHaveLength(made);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('hold %s: nothing is answered until it is released', async (when, made) => {
    const { origin, world, history, faults } = await broken({ when, then: 'hold' });
    const response = create(origin);
    const { n } = await history.until(({ held }) => held === when);
    expect(world.list('notes')).toHaveLength(made);
    expect(faults.held()).toEqual([n]);
    expect(faults.release(n + 1)).toBe(0);
    expect(faults.release()).toBe(1);
    expect((await response).status).toBe(201);
    expect(world.list('notes')).toHaveLength(1);
    expect(history.entries().at(0)?.held).toBeUndefined();
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('hold %s: a client that leaves is not waited for, and %i note remains', async (when, made) => {
    const { origin, world, history, faults } = await broken({ when, then: 'hold' });
    const leave = new AbortController();
    const response = create(origin, leave.signal);
    await history.until(({ held }) => held === when);
    leave.abort();
    await expect(response).rejects.toThrow('aborted');
    await history.until(({ held }) => held === undefined);
    expect(faults.held()).toEqual([]);
    expect(world.list('notes')).toHaveLength(made);
  });

  test('hold: virtual time goes on, so that a client gives up', async () => {
    const virtual = createVirtualClock();
    const { origin } = await broken({ when: 'after', then: 'hold' }, virtual);
    const leave = new AbortController();
    const timeout = virtual.sleep(16_000).then(() => leave.abort());
    await virtual.track(async () => {
      await expect(create(origin, leave.signal)).rejects.toThrow('aborted');
    });
    await timeout;
    expect(virtual.now()).toBe(16_000);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('stall %s: the headers come, half a body, and no more', async (when, made) => {
    const { origin, world } = await broken({ when, then: 'stall' });
    const { length, received } = await firstBytes(`${origin}/notes`);
    expect(received).toBe(Math.floor(length / 2));
    expect(world.list('notes')).toHaveLength(made);
  });

  test.each([
    ['cut', '{"id":"00000000-0000'],
    ['html', '<html>'],
    ['empty', ''],
  ] as const)('garble as %s: the status is fine and the body is not', async (as, begin) => {
    const { origin, world } = await broken({ when: 'after', then: 'garble', as });
    const response = await create(origin);
    expect(response.status).toBe(201);
    const text = await response.text();
    expect(text.startsWith(begin)).toBe(true);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(world.list('notes')).toHaveLength(1);
  });

  test('garble before: nothing was made', async () => {
    const { origin, world } = await broken({ when: 'before', then: 'garble', as: 'html', status: 502 });
    const response = await create(origin);
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(world.list('notes')).toEqual([]);
  });
});

function firstBytes(url: string): Promise<{ length: number; received: number }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { authorization: 'me' } }, (response) => {
      response.once('data', (chunk: Buffer) => {
        resolve({ length: Number(response.headers['content-length']), received: chunk.length });
        sent.destroy();
      });
    });
    sent.on('error', reject);
    sent.end('{"text":"x"}');
  });
}
