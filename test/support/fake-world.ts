import type { AnyResource } from '../../src/engine/contract.ts';
import type { Deps } from '../../src/engine/deps.ts';
import type { EngineEvent } from '../../src/engine/events.ts';
import { createLedger } from '../../src/engine/ledger.ts';
import { emptyState, type State } from '../../src/engine/record.ts';
import { type FakeCloud, fakeResource, kinds, type Thing } from './fake-resource.ts';

/** How the N-th call goes wrong: refused, done but unanswered, or the process dies before or after it. */
export type Fault = 'fail' | 'lost' | 'kill-before' | 'kill-after';

class Dead extends Error {}
class Lost extends Error {}

/** Somebody else's: a pool that may be used, and a thing that has nothing to do with us. */
const bystanders: readonly Thing[] = [
  { id: 'theirs1', kind: 'pool', name: 'shared', size: 7, fixed: 'theirs', refs: [], owner: 'theirs', visibleFrom: 0 },
  {
    id: 'theirs2',
    kind: 'plain',
    name: 'other',
    size: 7,
    fixed: '',
    refs: ['theirs1'],
    owner: undefined,
    visibleFrom: 0,
  },
];

/** All that a world is made of. */
export interface Contents {
  readonly things: ReadonlyMap<string, Thing>;
  readonly state: State;
  readonly ids: number;
  readonly now: number;
}
const empty: Contents = {
  things: new Map(bystanders.map((thing) => [thing.id, thing])),
  state: emptyState,
  ids: 0,
  now: 1_000_000,
};

const random = (seed: number) => {
  let value = seed;
  return () => {
    value = (value * 1103515245 + 12345) & 0x7fffffff;
    return value / 0x7fffffff;
  };
};

/** A small cloud with ids of its own, references it checks, and deletes it refuses; every call may go wrong. */
export function fakeWorld(seed: number, from: Contents = empty) {
  const next = random(seed);
  const things = new Map<string, Thing>(from.things);
  const violations: string[] = [];
  const log: string[] = [];
  const events: EngineEvent[] = [];
  let { ids, now, state: saved } = from;
  let at: number | string = Number.POSITIVE_INFINITY;
  let [count, dead] = [0, false];
  let fault: Fault = 'fail';

  const setState = (state: State) => {
    saved = state;
  };
  const interleave = async () => {
    for (let ticks = Math.floor(next() * 4); ticks > 0; ticks -= 1) await undefined;
    if (dead) throw new Dead();
  };
  async function call<T>(name: string, effect: () => T): Promise<T> {
    await interleave();
    const n = count++;
    log.push(name);
    const isHit = n === at || name === at;
    if (isHit) at = Number.POSITIVE_INFINITY;
    if (isHit && (fault === 'fail' || fault === 'kill-before')) {
      dead = fault === 'kill-before';
      throw dead ? new Dead(name) : new Error(`refused: ${name}`);
    }
    const result = effect();
    if (isHit) {
      dead = fault === 'kill-after';
      throw dead ? new Dead(name) : new Lost(name);
    }
    await interleave();
    return result;
  }
  const cloud: FakeCloud = {
    things,
    call,
    now: () => now,
    newId: () => {
      ids += 1;
      return `id${ids}`;
    },
    violate: (what) => void violations.push(what),
  };
  const resources: Readonly<Record<string, AnyResource>> = Object.fromEntries(
    Object.entries(kinds).map(([kind, traits]) => [kind, fakeResource(kind, traits, cloud)]),
  );

  const run = (options: Partial<Deps> = {}): Deps => {
    dead = false;
    const signal = options.signal ?? new AbortController().signal;
    const sleep = async (ms: number, stop: AbortSignal) => {
      stop.throwIfAborted();
      await interleave();
      now += ms;
    };
    return {
      resources,
      ledger: createLedger(saved, (state) => call('save', () => setState(state))),
      context: (step, note, stop = signal) => ({
        step,
        note,
        sleep: (ms) => sleep(ms, stop),
        now: () => now,
        signal: stop,
      }),
      parallel: 3,
      signal,
      emit: (event) => void events.push(event),
      data: 'keep',
      isAmbiguous: (error) => error instanceof Lost,
      ...options,
    };
  };
  const named = (name: string) => [...things.values()].filter((thing) => thing.name === name);
  const nameOf = (id: string) => things.get(id)?.name ?? `GONE ${id}`;
  const show = ({ kind, name, size, fixed, refs, owner }: Thing) =>
    `${kind} ${name} ${size} ${fixed} [${refs.map(nameOf)}] ${owner}`;
  return {
    violations,
    log,
    events,
    resources,
    run,
    put: (thing: Pick<Thing, 'kind' | 'name'> & Partial<Thing>) => {
      const whole = { id: `x-${thing.name}`, size: 1, fixed: '', refs: [], owner: undefined, visibleFrom: 0, ...thing };
      things.set(whole.id, whole);
    },
    remove: (name: string) => {
      for (const { id } of named(name)) things.delete(id);
    },
    /** Changes things of a name by hand. */
    edit: (name: string, to: Partial<Thing>) => {
      for (const thing of named(name)) things.set(thing.id, { ...thing, ...to });
    },
    /** Lets the n-th call from now on go wrong, or the next of a name. */
    arm: (call: number | string, mode: Fault) => {
      [count, at, fault] = [0, call, mode];
    },
    disarm: () => {
      [at, dead] = [Number.POSITIVE_INFINITY, false];
    },
    calls: () => count,
    now: () => now,
    wait: (ms: number) => {
      now += ms;
    },
    state: () => saved,
    setState,
    /** From which a like world can be made; the state as a file would give it back. */
    contents: (): Contents => ({ things: new Map(things), state: JSON.parse(JSON.stringify(saved)), ids, now }),
    /** Everything of ours that is there, ids replaced by names. */
    look: () =>
      [...things.values()]
        .filter((thing) => !bystanders.includes(thing))
        .map(show)
        .sort(),
    /** Whether what is somebody else's is as it ever was. */
    isUntouched: () => bystanders.every((thing) => things.get(thing.id) === thing),
  };
}

export type FakeWorld = ReturnType<typeof fakeWorld>;
