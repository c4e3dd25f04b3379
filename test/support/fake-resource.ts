import * as z from 'zod';
import type { Observed, Resource, Run } from '../../src/engine/contract.ts';

/** Something in the fake cloud. */
export interface Thing {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly size: number;
  readonly fixed: string;
  readonly refs: readonly string[];
  /** `ours/<step>` where it carries our mark. */
  readonly owner: string | undefined;
  /** From when on it is found by its name. */
  readonly visibleFrom: number;
  /** It holds something that is not to be lost. */
  readonly isFull?: boolean;
  /** What somebody else made of it. */
  readonly edited?: string | undefined;
  readonly lockedBy?: string | undefined;
}

/** What the fake resources work on. */
export interface FakeCloud {
  readonly things: Map<string, Thing>;
  readonly call: <T>(name: string, effect: () => T) => Promise<T>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly violate: (what: string) => void;
}

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({ size: z.number(), fixed: z.string(), refs: z.array(z.string()) }),
  outputs: z.object({ id: z.string() }),
  receipt: z.object({ sent: z.number() }),
};
type Fake = Resource<typeof shape, Pick<Run, 'step' | 'now'>>;
type Inputs = z.infer<typeof shape.inputs>;

/** `hidden`: ms for which a fresh one is not found by name. `receipted`: its size cannot be read back. */
interface Kind {
  readonly marked: boolean;
  readonly twoCalls?: boolean;
  readonly hidden?: number;
  readonly receipted?: boolean;
  readonly foreign?: 'use';
}

/** The kinds there are, by what is awkward about them. */
export const kinds: Readonly<Record<string, Kind>> = {
  plain: { marked: true },
  unmarked: { marked: false, hidden: 4_000 },
  twocall: { marked: true, twoCalls: true, hidden: 4_000 },
  receipted: { marked: true, receipted: true },
  pool: { marked: true, foreign: 'use' },
};

const isTheirs = ({ owner }: Thing): boolean => owner === 'theirs';

const NAMES = ['size', 'fixed', 'refs'] as const;
const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/** A kind of thing in the fake cloud. */
export function fakeResource(kind: string, traits: Kind, { things, call, now, newId, violate }: FakeCloud): Fake {
  const { marked, twoCalls, hidden = 0, receipted, foreign } = traits;
  const ownerOf = (step: string) => (marked ? `ours/${step}` : undefined);
  const markOf = ({ owner }: Thing, step: string): Observed<typeof shape>['mark'] => {
    if (owner === undefined) return 'none';
    return owner === ownerOf(step) ? 'ours' : { other: owner };
  };
  const byName = (name: string) => {
    for (const thing of things.values()) if (thing.kind === kind && thing.name === name) return thing;
    return undefined;
  };
  const find = (name: string, id: string | undefined) => {
    const known = id === undefined ? undefined : things.get(id);
    if (known) return known;
    const thing = byName(name);
    return thing && thing.visibleFrom <= now() ? thing : undefined;
  };
  const checkFree = ({ name, edited, lockedBy }: Thing) => {
    if (edited !== undefined) violate(`${name} is overwritten, and was ${edited}`);
    if (lockedBy !== undefined) throw new Error(`409 ${name} is locked by ${lockedBy}`);
  };
  const checkRefs = (name: string, refs: readonly string[]) => {
    for (const ref of refs) if (!things.has(ref)) throw new Error(`400 ${name} refers to ${ref}, which is not there`);
  };
  const userOf = (id: string) => {
    for (const other of things.values()) if (other.refs.includes(id)) return other;
    return undefined;
  };
  const create = (step: string, name: string, inputs: Inputs) =>
    call(`create ${name}`, () => {
      checkRefs(name, inputs.refs);
      if (byName(name)) violate(`second ${name}`);
      const whole = twoCalls ? { size: 0, refs: [], owner: undefined } : { ...inputs, owner: ownerOf(step) };
      const { size, refs, owner } = whole;
      const id = newId();
      things.set(id, { id, kind, name, fixed: inputs.fixed, visibleFrom: now() + hidden, size, refs, owner });
      return id;
    });
  const update = (step: string, name: string, id: string, { size, refs, fixed }: Inputs) =>
    call(`update ${name}`, () => {
      checkRefs(name, refs);
      const thing = things.get(id);
      if (!thing) throw new Error(`404 ${name}`);
      if (isTheirs(thing)) violate(`${name} is changed, and is theirs`);
      checkFree(thing);
      if (thing.fixed !== fixed) violate(`${name} cannot change what is fixed`);
      things.set(id, { ...thing, size, refs, owner: ownerOf(step) });
    });
  return {
    ...shape,
    kind,
    label: kind,
    immutable: ['fixed'],
    visibleWithin: hidden,
    ...(foreign && { foreign }),
    read: ({ step }, { key, outputs, receipt }, wanted) =>
      call(`get ${key.name}`, () => {
        const thing = find(key.name, outputs?.id);
        if (!thing) return undefined;
        const live = receipted ? { ...thing, size: receipt?.sent } : thing;
        const drift = wanted ? NAMES.filter((name) => differs(live[name], wanted[name])) : [];
        const isHalf = twoCalls && thing.owner === undefined && thing.size === 0;
        return {
          outputs: { id: thing.id },
          mark: markOf(thing, step),
          drift,
          unready: isHalf ? { settling: false, why: 'half made' } : undefined,
          holds: thing.isFull ? '1 object' : undefined,
          overwrites: thing.edited === undefined ? undefined : { what: thing.edited, isTheirs: true },
          locked: thing.lockedBy,
        };
      }),
    reconcile: async ({ step }, { name }, inputs, observed, made) => {
      const receipt = { sent: inputs.size };
      const id = observed?.outputs.id ?? (await create(step, name, inputs));
      if (!observed) await made({ outputs: { id }, receipt });
      if (observed ? observed.drift.length > 0 || observed.unready : twoCalls) await update(step, name, id, inputs);
      return { outputs: { id }, receipt };
    },
    takeOver: (_, { name }, { outputs: { id } }) =>
      call(`take over ${name}`, () => {
        const thing = things.get(id);
        if (thing) things.set(id, { ...thing, edited: undefined, lockedBy: undefined });
        return thing?.edited === undefined ? [] : [`copy of ${name}`];
      }),
    delete: (_, { id }, data) =>
      call(`delete ${things.get(id)?.name}`, () => {
        const thing = things.get(id);
        if (!thing) return 'gone';
        if (isTheirs(thing)) violate(`${thing.name} is deleted, and is theirs`);
        checkFree(thing);
        if (thing.isFull && data === 'keep') return { kept: '1 object' };
        const user = userOf(id);
        if (user) {
          violate(`delete of ${thing.name}, used by ${user.name}`);
          throw new Error(`409 ${id} is used by ${user.name}`);
        }
        things.delete(id);
        return 'gone';
      }),
  };
}
