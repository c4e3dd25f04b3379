import * as z from 'zod';
import type { AnyResource, Observed, Resource } from '../../src/engine/contract.ts';
import type { Deps } from '../../src/engine/deps.ts';
import type { EngineEvent } from '../../src/engine/events.ts';
import { createLedger } from '../../src/engine/ledger.ts';
import { emptyState, type State } from '../../src/engine/record.ts';
import type { Target } from '../../src/engine/target.ts';

/** How the N-th call goes wrong: refused, done but unanswered, or the process dies before or after it. */
export type Fault = 'fail' | 'lost' | 'kill-before' | 'kill-after';

class Dead extends Error {}
class Lost extends Error {}

interface Thing {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly size: number;
  readonly fixed: string;
  readonly refs: readonly string[];
  readonly owner: string | undefined;
  readonly visibleFrom: number;
}

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({ size: z.number(), fixed: z.string(), refs: z.array(z.string()) }),
  outputs: z.object({ id: z.string() }),
  receipt: z.object({ sent: z.number() }),
};
type Fake = Resource<typeof shape, { readonly step: string; readonly now: () => number }>;

/** `hidden`: ms for which a fresh one is not found by name. `receipted`: its size cannot be read back. */
interface Kind {
  readonly marked: boolean;
  readonly twoCalls?: boolean;
  readonly hidden?: number;
  readonly receipted?: boolean;
  readonly foreign?: 'use';
}

const kinds: Readonly<Record<string, Kind>> = {
  plain: { marked: true },
  unmarked: { marked: false, hidden: 4_000 },
  twocall: { marked: true, twoCalls: true, hidden: 4_000 },
  receipted: { marked: true, receipted: true },
  pool: { marked: true, foreign: 'use' },
};

const random = (seed: number) => {
  let value = seed;
  return () => {
    value = (value * 1103515245 + 12345) & 0x7fffffff;
    return value / 0x7fffffff;
  };
};

/** A small cloud with ids of its own, references it checks, and deletes it refuses; every call may go wrong. */
export function fakeWorld(seed: number, from?: { readonly things: Map<string, Thing>; readonly state: State }) {
  const next = random(seed);
  const things = new Map<string, Thing>(from?.things);
  const violations: string[] = [];
  const log: string[] = [];
  const events: EngineEvent[] = [];
  let [ids, count, at, now, dead] = [things.size, 0, Number.POSITIVE_INFINITY, 1_000_000, false];
  let fault: Fault = 'fail';
  let saved = from?.state ?? emptyState;

  const setState = (state: State) => {
    saved = state;
  };
  const interleave = async () => {
    for (let ticks = Math.floor(next() * 6); ticks > 0; ticks -= 1) await Promise.resolve();
    if (dead) throw new Dead();
  };
  async function call<T>(name: string, effect: () => T): Promise<T> {
    await interleave();
    const n = count++;
    log.push(name);
    const isHit = n === at;
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

  const put = (thing: Thing) => void things.set(thing.id, thing);
  const byName = (kind: string, name: string) => [...things.values()].find((t) => t.kind === kind && t.name === name);
  const visible = (kind: string, name: string, id: string | undefined) => {
    const thing = (id && things.get(id)) || byName(kind, name);
    return thing && (thing.id === id || thing.visibleFrom <= now) ? thing : undefined;
  };
  const checkRefs = (name: string, refs: readonly string[]) => {
    for (const ref of refs) if (!things.has(ref)) throw new Error(`400 ${name} refers to ${ref}, which is not there`);
  };

  const resource = (kind: string, { marked, twoCalls, hidden = 0, receipted, foreign }: Kind): Fake => {
    const ownerOf = (step: string) => (marked ? `ours/${step}` : undefined);
    const markOf = (thing: Thing, step: string): Observed<typeof shape>['mark'] => {
      if (thing.owner === undefined) return 'none';
      return thing.owner === ownerOf(step) ? 'ours' : { other: thing.owner };
    };
    return {
      ...shape,
      kind,
      label: kind,
      immutable: ['fixed'],
      visibleWithin: hidden,
      ...(foreign && { foreign }),
      read: ({ step }, { key, outputs, receipt }, wanted) =>
        call(`get ${key.name}`, () => {
          const thing = visible(kind, key.name, outputs?.id);
          if (!thing) return undefined;
          const live = receipted ? { ...thing, size: receipt?.sent } : thing;
          const names = ['size', 'fixed', 'refs'] as const;
          const drift = wanted ? names.filter((n) => JSON.stringify(live[n]) !== JSON.stringify(wanted[n])) : [];
          const unfinished = twoCalls && thing.owner === undefined && thing.size === 0;
          const unready = unfinished ? { unready: { settling: false, why: 'half made' } } : {};
          return { outputs: { id: thing.id }, mark: markOf(thing, step), drift, ...unready };
        }),
      reconcile: async ({ step }, key, inputs, observed, made) => {
        const receipt = { sent: inputs.size };
        const create = () =>
          call(`create ${key.name}`, () => {
            checkRefs(key.name, inputs.refs);
            if (byName(kind, key.name)) violations.push(`second ${key.name}`);
            const whole = twoCalls ? { size: 0, refs: [], owner: undefined } : { ...inputs, owner: ownerOf(step) };
            ids += 1;
            const thing = { id: `id${ids}`, kind, name: key.name, fixed: inputs.fixed, visibleFrom: now + hidden };
            put({ ...thing, size: whole.size, refs: whole.refs, owner: whole.owner });
            return thing.id;
          });
        const id = observed?.outputs.id ?? (await create());
        if (!observed) await made({ outputs: { id }, receipt });
        if (observed ? observed.drift.length > 0 || observed.unready : twoCalls)
          await call(`update ${key.name}`, () => {
            checkRefs(key.name, inputs.refs);
            const thing = things.get(id);
            if (!thing) throw new Error(`404 ${key.name}`);
            if (thing.fixed !== inputs.fixed) violations.push(`${key.name} cannot change what is fixed`);
            put({ ...thing, size: inputs.size, refs: inputs.refs, owner: ownerOf(step) });
          });
        return { outputs: { id }, receipt };
      },
      delete: (_, { id }) =>
        call(`delete ${things.get(id)?.name}`, () => {
          const user = [...things.values()].find((other) => other.refs.includes(id));
          if (user) {
            violations.push(`delete of ${things.get(id)?.name}, used by ${user.name}`);
            throw new Error(`409 ${id} is used by ${user.name}`);
          }
          things.delete(id);
          return 'gone' as const;
        }),
    };
  };
  const resources: Readonly<Record<string, AnyResource>> = Object.fromEntries(
    Object.entries(kinds).map(([kind, traits]) => [kind, resource(kind, traits)]),
  );

  const run = (options: Partial<Deps> = {}): Deps => {
    dead = false;
    const signal = options.signal ?? new AbortController().signal;
    const sleep = async (ms: number) => {
      signal.throwIfAborted();
      await interleave();
      now += ms;
    };
    return {
      resources,
      ledger: createLedger(saved, (state) => call('save', () => setState(structuredClone(state)))),
      context: (step) => ({ step, sleep, now: () => now, signal }),
      parallel: 3,
      signal,
      emit: (event) => void events.push(event),
      data: 'keep',
      isAmbiguous: (error) => error instanceof Lost,
      ...options,
    };
  };
  const nameOf = (id: string) => things.get(id)?.name ?? `GONE ${id}`;
  return {
    violations,
    log,
    events,
    resources,
    run,
    put,
    remove: (name: string) => void [...things.values()].filter((t) => t.name === name).map((t) => things.delete(t.id)),
    /** Lets the `n`-th call from now on go wrong. */
    arm: (n: number, mode: Fault) => {
      [count, at, fault] = [0, n, mode];
    },
    disarm: () => {
      [at, dead] = [Number.POSITIVE_INFINITY, false];
    },
    calls: () => count,
    wait: (ms: number) => {
      now += ms;
    },
    state: () => saved,
    setState,
    copy: (newSeed: number) => fakeWorld(newSeed, { things, state: saved }),
    /** Everything that is there, ids replaced by names. */
    look: () =>
      [...things.values()]
        .map((t) => `${t.kind} ${t.name} ${t.size} ${t.fixed} [${t.refs.map(nameOf)}] ${t.owner}`)
        .sort(),
  };
}

export type FakeWorld = ReturnType<typeof fakeWorld>;

export interface Variant {
  readonly prefix?: string;
  readonly size?: number;
  readonly range?: string;
  readonly without?: readonly string[];
}

/** A small copy of the real graph. */
export function fakeSolution(world: FakeWorld, { prefix = '', size = 1, range = '1', without = [] }: Variant) {
  const target = (
    id: string,
    kind: string,
    name: string,
    needs: readonly string[],
    own: object,
    after: string[] = [],
  ) => {
    const { [kind]: resource } = world.resources;
    if (!resource) throw new Error(kind);
    const inputs: Target['inputs'] = (outputs) => ({
      size: 1,
      fixed: '',
      refs: needs.map((need) => String(Reflect.get(outputs(need), 'id'))),
      ...own,
    });
    return { id, resource, key: { name }, needs, after: after.filter((other) => !without.includes(other)), inputs };
  };
  const all: readonly Target[] = [
    target('logs', 'plain', `${prefix}logs`, [], {}),
    target('role', 'plain', `${prefix}role`, [], { size }),
    target('credential', 'unmarked', `${prefix}credential`, ['role'], {}),
    target('integration', 'twocall', `${prefix}integration`, ['credential'], { size }),
    target('action', 'plain', `${prefix}action`, ['integration'], {}, ['logs']),
    target('flow', 'receipted', 'flow', ['action'], { size }),
    target('pool', 'pool', 'pool', [], { fixed: range }),
    target('extra', 'plain', 'extra', ['role'], {}),
    target('trigger', 'plain', 'trigger', ['flow'], {}),
    target('ivr', 'plain', 'ivr', ['flow', 'pool'], { size: Number(range) }, ['trigger']),
  ];
  return all.filter(({ id }) => !without.includes(id));
}
