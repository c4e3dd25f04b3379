import { describe, expect, test } from 'vitest';
import { converge } from '../../src/engine/apply.ts';
import type { AnyResource, Run } from '../../src/engine/contract.ts';
import type { StepEvent } from '../../src/engine/events.ts';
import type { Target } from '../../src/engine/target.ts';
import { install, OBJECTS } from '../support/fake-solution.ts';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';

describe('a run that is stopped', () => {
  /** Steps that wait for ever, and one that fails. */
  function waiters(world: FakeWorld, waits: readonly string[], fails: readonly string[] = []) {
    const target = (id: string, reconcile: (context: Run) => Promise<never>): Target => ({
      id,
      resource: { ...world.resources['plain'], read: async () => undefined, reconcile } as AnyResource,
      key: { name: id },
      needs: [],
      after: [],
      inputs: () => ({}),
    });
    const forEver = ({ signal }: Run) =>
      new Promise<never>((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    return [
      ...waits.map((id) => target(id, forEver)),
      ...fails.map((id) => target(id, () => Promise.reject(new Error(`no ${id}`)))),
    ];
  }
  const endsOf = (world: FakeWorld) =>
    Object.fromEntries(
      world.events
        .filter((event): event is StepEvent => event.type === 'step' && event.state !== 'started')
        .map(({ id, state, message }) => [id, [state, message]]),
    );

  test('waits for nothing any more, and leaves what it was at reconciling', async () => {
    const world = fakeWorld(1);
    const stop = new AbortController();
    const emit = (event: { readonly type: string }) => {
      if (event.type === 'step') queueMicrotask(() => stop.abort(new Error('Ctrl-C')));
    };
    const run = converge(waiters(world, ['a', 'b']), world.run({ signal: stop.signal, emit }));
    await expect(run).rejects.toThrow('Ctrl-C');
    expect(Object.values(world.state().steps).map(({ status }) => status)).not.toContain('ready');
    expect(world.state().settled).toEqual({ steps: {} });
  });

  test('by the failure of one step tells which one it was', async () => {
    const world = fakeWorld(1);
    await expect(converge(waiters(world, ['a', 'b'], ['c']), world.run())).rejects.toThrow('no c');
    expect(endsOf(world)).toEqual({
      a: ['stopped', 'Stopped, because another step failed.'],
      b: ['stopped', 'Stopped, because another step failed.'],
      c: ['failed', 'no c'],
    });
    expect(world.state().steps).toMatchObject({
      a: { status: 'reconciling', since: undefined },
      c: { status: 'reconciling', since: undefined },
    });
  });

  test('in the middle of everything is finished by another', async () => {
    for (let calls = 15; ; calls += 5) {
      const world = fakeWorld(1);
      const stop = new AbortController();
      const emit = () => {
        if (world.log.length > calls) stop.abort(new Error('Ctrl-C'));
      };
      await install(world, {}, { signal: stop.signal, emit }).catch(() => undefined);
      if (!stop.signal.aborted) return expect(calls).toBeGreaterThan(40);
      await install(world);
      expect(world.look(), `${calls}`).toHaveLength(OBJECTS);
      expect(world.violations).toEqual([]);
    }
  });
});

describe('how many run at a time', () => {
  async function most(options: { parallel: number; lanes?: Record<string, number> }, lane?: string) {
    const world = fakeWorld(1);
    let [running, highest] = [0, 0];
    const reconcile = async () => {
      running += 1;
      highest = Math.max(highest, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { outputs: { id: '1' } };
    };
    const resource = { ...world.resources['plain'], lane, read: async () => undefined, reconcile } as AnyResource;
    const targets = Array.from({ length: 12 }, (_, n): Target => {
      return { id: `n${n}`, resource, key: { name: `n${n}` }, needs: [], after: [], inputs: () => ({}) };
    });
    await converge(targets, world.run(options));
    return highest;
  }

  test('is as many as may', async () => {
    expect(await most({ parallel: 8 })).toBe(8);
    expect(await most({ parallel: 1 })).toBe(1);
  });

  test('is fewer in a lane, and one where its width is not said', async () => {
    expect(await most({ parallel: 8, lanes: { jobs: 2 } }, 'jobs')).toBe(2);
    expect(await most({ parallel: 8 }, 'jobs')).toBe(1);
  });
});
