import { describe, expect, test } from 'vitest';
import { type Edges, inOrder, type Limits, reversed, walk } from '../../src/engine/walk.ts';

const edges = (all: Readonly<Record<string, readonly string[]>>): Edges => new Map(Object.entries(all));
const diamond = edges({ top: ['left', 'right'], left: ['root'], right: ['root'], root: [] });

/** Walks, and says in which order things began and ended, and how many were under way at the most. */
async function record(of: Edges, limits: Limits, fails: readonly string[] = []) {
  const log: string[] = [];
  let [running, most] = [0, 0];
  const walked = walk(of, limits, async (id) => {
    running += 1;
    most = Math.max(most, running);
    log.push(`+${id}`);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (fails.includes(id)) throw new Error(`no ${id}`);
    log.push(`-${id}`);
  });
  const error = await walked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { log, most, error };
}

test('each begins as soon as its edges are done', async () => {
  const { log, most } = await record(diamond, { parallel: 8 });
  expect(log).toEqual(['+root', '-root', '+left', '+right', '-left', '-right', '+top', '-top']);
  expect(most).toBe(2);
});

test('no more are under way than may be', async () => {
  const many = edges(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`n${n}`, []])));
  expect((await record(many, { parallel: 3 })).most).toBe(3);
});

test('a lane is narrower than the road', async () => {
  const many = edges(Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`flow${n}`, []])));
  const lane = () => ({ name: 'flow-jobs', limit: 2 });
  expect((await record(many, { parallel: 8, lane })).most).toBe(2);
});

test('an edge that leads out of the graph is no edge', async () => {
  expect((await record(edges({ a: ['elsewhere'] }), { parallel: 1 })).log).toEqual(['+a', '-a']);
});

test('after a failure nothing new begins, and what is under way ends', async () => {
  const graph = edges({ bad: [], good: [], later: ['good'] });
  const { log, error } = await record(graph, { parallel: 8 }, ['bad']);
  expect(log).toEqual(['+bad', '+good', '-good']);
  expect(error).toMatchObject({ message: 'no bad' });
});

test('several failures are told together', async () => {
  const { error } = await record(edges({ a: [], b: [] }), { parallel: 2 }, ['a', 'b']);
  expect(error).toBeInstanceOf(AggregateError);
  expect(error).toMatchObject({ errors: [{ message: 'no a' }, { message: 'no b' }] });
});

test('one reason for several failures is told once', async () => {
  const full = new Error('disk full');
  const walked = walk(edges({ a: [], b: [] }), { parallel: 2 }, () => Promise.reject(full));
  await expect(walked).rejects.toBe(full);
});

test('a failure ends the waits of what is under way, which is no failure of its own', async () => {
  const ended: string[] = [];
  const walked = walk(edges({ bad: [], waiting: [] }), { parallel: 2 }, async (id, signal) => {
    if (id === 'bad') throw new Error('no bad');
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    }).finally(() => ended.push(id));
  });
  await expect(walked).rejects.toThrow('no bad');
  expect(ended).toEqual(['waiting']);
});

test('what fails by itself after another failure is told too', async () => {
  const walked = walk(edges({ bad: [], worse: [] }), { parallel: 2 }, async (id, signal) => {
    if (id === 'worse') await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    throw new Error(`no ${id}`);
  });
  await expect(walked).rejects.toMatchObject({ errors: [{ message: 'no bad' }, { message: 'no worse' }] });
});

test('the waits of what is under way end when it is stopped, for the same reason', async () => {
  const stop = new AbortController();
  const reasons: unknown[] = [];
  const walked = walk(edges({ a: [], b: [] }), { parallel: 2, signal: stop.signal }, async (id, signal) => {
    if (id === 'b') stop.abort('Ctrl-C');
    reasons.push(signal.reason);
    signal.throwIfAborted();
  });
  await expect(walked).rejects.toBe('Ctrl-C');
  expect(reasons).toEqual([undefined, 'Ctrl-C']);
});

test('nothing at all is still stopped', async () => {
  await expect(walk(edges({}), { parallel: 1, signal: AbortSignal.abort('Ctrl-C') }, async () => {})).rejects.toBe(
    'Ctrl-C',
  );
});

test('once it is stopped nothing new begins, and its reason is thrown', async () => {
  const stop = new AbortController();
  const log: string[] = [];
  const walked = walk(edges({ a: [], b: ['a'] }), { parallel: 1, signal: stop.signal }, async (id) => {
    log.push(id);
    stop.abort(new Error('Ctrl-C'));
  });
  await expect(walked).rejects.toThrow('Ctrl-C');
  expect(log).toEqual(['a']);
});

describe('edges', () => {
  test('turned round say who must be gone first', () => {
    expect(Object.fromEntries(reversed(diamond))).toEqual({
      top: [],
      left: ['top'],
      right: ['top'],
      root: ['left', 'right'],
    });
  });

  test('have an order in which each comes after its own', () => {
    expect(inOrder(diamond)).toEqual(['root', 'left', 'right', 'top']);
  });

  test('in a circle are refused', async () => {
    const circle = edges({ a: ['b'], b: ['a'] });
    expect(() => inOrder(circle)).toThrow('wait for each other: a → b → a');
    expect((await record(circle, { parallel: 1 })).error).toMatchObject({
      message: expect.stringContaining('wait for each other'),
    });
  });
});
