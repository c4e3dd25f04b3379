import { afterEach, describe, expect, test } from 'vitest';
import type { Inputs, Key, Made, Observed, Outputs, Receipt, Shape } from '../../src/engine/contract.ts';
import type { Kind } from '../../src/resources/context.ts';
import { openRig, type Rig } from './rig.ts';

type Drift<S extends Shape> = readonly (keyof Inputs<S> & string)[];

/** What the laws need to know of one kind. */
export interface Subject<S extends Shape> {
  readonly step: string;
  readonly key: Key<S>;
  readonly inputs: Inputs<S>;
  /** Other inputs, and what the change to them is called. */
  readonly change?: { readonly inputs: Inputs<S>; readonly drift: Drift<S> };
  /** Makes a thing of this key that is somebody else's. */
  readonly makeForeign: () => Promise<unknown>;
  /** Adds something to ours by hand, and says whether it is still there. */
  readonly addition?: { readonly add: () => Promise<unknown>; readonly isThere: () => Promise<boolean> };
}

/** What an installation remembers of one thing between two runs. */
export interface Memory<S extends Shape> {
  outputs?: Outputs<S> | undefined;
  receipt?: Receipt<S> | undefined;
}

/** Reads, and reconciles if there is anything to do: a run of one step. What it learns is kept, whatever happens. */
export async function converge<S extends Shape>(
  kind: Kind<S>,
  rig: Rig,
  subject: Subject<S>,
  memory: Memory<S>,
  wanted = subject.inputs,
) {
  const context = rig.context(subject.step);
  const observed = await kind.read(context, { key: subject.key, ...memory }, wanted);
  if (observed && observed.drift.length === 0 && !observed.unready && memory.outputs) return;
  const keep = async (made: Made<S>) => {
    // Through JSON, as the state has it.
    Object.assign(memory, JSON.parse(JSON.stringify(made)));
  };
  await keep(await kind.reconcile(context, subject.key, wanted, observed, keep));
}

const look = <S extends Shape>(
  kind: Kind<S>,
  rig: Rig,
  { step, key, inputs }: Subject<S>,
  memory: Memory<S>,
  wanted = inputs,
) => kind.read(rig.context(step), { key, ...memory }, wanted);

const isOurs = <S extends Shape>({ mark, outputs }: Observed<S>, memory: Memory<S>) =>
  mark === 'ours' || (mark === 'none' && JSON.stringify(outputs) === JSON.stringify(memory.outputs));

const remove = async <S extends Shape>(kind: Kind<S>, rig: Rig, subject: Subject<S>, outputs: Outputs<S>) =>
  kind.delete(rig.context(subject.step), outputs, 'delete');

const faults = [
  ['refused', 'refuse'],
  ['carried out, its answer lost,', 'lose'],
] as const;

/** What every kind of resource must hold. `prepare` makes what the thing stands on, and says what it should be. */
export function laws<S extends Shape>(kind: Kind<S>, prepare: (rig: Rig) => Promise<Subject<S>>): void {
  const opened: Rig[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ sandbox }) => sandbox.close()));
  });
  const begin = async () => {
    const rig = await openRig();
    opened.push(rig);
    const subject = await prepare(rig);
    await rig.signIn();
    rig.writes();
    const memory: Memory<S> = {};
    return { rig, subject, memory };
  };

  describe(`the laws, for the ${kind.label}`, () => {
    test('what is absent reads as undefined', async () => {
      const { rig, subject } = await begin();
      expect(await look(kind, rig, subject, {})).toBeUndefined();
      expect(await kind.read(rig.context(subject.step), { key: subject.key })).toBeUndefined();
    });

    test('reconcile makes it ours, and leaves no drift', async () => {
      const { rig, subject, memory } = await begin();
      await converge(kind, rig, subject, memory);
      const observed = await look(kind, rig, subject, memory);
      expect(observed).toMatchObject({ outputs: memory.outputs, drift: [] });
      expect(observed?.unready).toBeUndefined();
      expect(observed && isOurs(observed, memory)).toBe(true);
    });

    test('again writes nothing', async () => {
      const { rig, subject, memory } = await begin();
      await converge(kind, rig, subject, memory);
      rig.writes();
      const context = rig.context(subject.step);
      const observed = await look(kind, rig, subject, memory);
      await kind.reconcile(context, subject.key, subject.inputs, observed, async () => {});
      expect(rig.writes()).toEqual([]);
    });

    test('a change is named as drift, and converges with the same outputs', async () => {
      const { rig, subject, memory } = await begin();
      const { change } = subject;
      await converge(kind, rig, subject, memory);
      const before = memory.outputs;
      if (!change) return expect(kind.foreign).toBe('use');
      expect((await look(kind, rig, subject, memory, change.inputs))?.drift).toEqual(change.drift);
      await converge(kind, rig, subject, memory, change.inputs);
      expect(await look(kind, rig, subject, memory, change.inputs)).toMatchObject({ drift: [], outputs: before });
      expect(memory.outputs).toEqual(before);
    });

    test.each(faults)('a call that is %s is repaired by running again', async (_, go) => {
      for (let nth = 1; ; nth += 1) {
        const { rig, subject, memory } = await begin();
        rig.requests();
        rig[go](nth);
        await converge(kind, rig, subject, memory).catch(() => undefined);
        const wasReached = rig.sandbox.faults.list().some(({ struck }) => struck > 0);
        rig.sandbox.faults.set([]);
        if (!wasReached) return expect(nth).toBeGreaterThan(2);
        await rig.pass(kind.visibleWithin ?? 0);
        await converge(kind, rig, subject, memory);
        const observed = await look(kind, rig, subject, memory);
        expect(observed, `${nth}`).toMatchObject({ drift: [], outputs: memory.outputs });
        await remove(kind, rig, subject, memory.outputs as Outputs<S>);
        expect(await look(kind, rig, subject, {}), `${nth}: made twice`).toBeUndefined();
      }
    });

    test("what is somebody else's is not ours", async () => {
      const { rig, subject } = await begin();
      await subject.makeForeign();
      const observed = await look(kind, rig, subject, {});
      expect(observed && isOurs(observed, {})).toBe(false);
    });

    test('to delete it twice is fine', async () => {
      const { rig, subject, memory } = await begin();
      await converge(kind, rig, subject, memory);
      const outputs = memory.outputs as Outputs<S>;
      expect(await remove(kind, rig, subject, outputs)).toBe('gone');
      expect(await look(kind, rig, subject, memory)).toBeUndefined();
      expect(await remove(kind, rig, subject, outputs)).toBe('gone');
    });

    test('what somebody added to it stays', async () => {
      const { rig, subject, memory } = await begin();
      const { addition, change } = subject;
      if (!addition) return expect(['credential', 'data action', 'flow', 'trigger', 'DID pool']).toContain(kind.label);
      await converge(kind, rig, subject, memory);
      await addition.add();
      await converge(kind, rig, subject, memory, change?.inputs);
      await converge(kind, rig, subject, memory);
      expect(await addition.isThere()).toBe(true);
    });

    test('outputs and receipt survive JSON, and their schemas', async () => {
      const { rig, subject, memory } = await begin();
      const made = await kind.reconcile(
        rig.context(subject.step),
        subject.key,
        subject.inputs,
        undefined,
        async () => {},
      );
      expect(JSON.parse(JSON.stringify(made.outputs))).toEqual(made.outputs);
      expect(kind.outputs.parse(made.outputs)).toEqual(made.outputs);
      if (kind.receipt) expect(kind.receipt.parse(JSON.parse(JSON.stringify(made.receipt)))).toEqual(made.receipt);
      expect(memory).toEqual({});
    });
  });
}
