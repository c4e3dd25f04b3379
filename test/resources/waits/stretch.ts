import { afterEach, describe, expect, test } from 'vitest';
import { explain } from '../../../src/errors/explanations.ts';
import { failureOf } from '../../../src/errors/failure.ts';
import type { Window } from '../../../src/sandbox/contract.ts';
import type { FaultInput } from '../../../src/sandbox/faults.ts';
import { live } from '../../support/installed.ts';
import { openRig, type Rig } from '../rig.ts';

/** How long, in ms, a vendor takes. */
const DELAYS = [100, 1_000, 10_000, 60_000];

/** What is done while the vendor is slow, and how it is. */
interface Prepared {
  /** Done again, it goes on from there. */
  readonly go: () => Promise<unknown>;
  /** How many there have to be in the end, so that nothing is left over and nothing made twice. */
  readonly left: Readonly<Record<string, number>>;
}

/** One thing that the vendors are not yet consistent about, and what is made of it. */
export interface Wait {
  /** These windows are as long, or it is refused so for as long, or what does it. */
  readonly slow: readonly Window[] | Omit<FaultInput, 'when' | 'then'> | ((rig: Rig, ms: number) => void);
  /** Ms that it is waited for. */
  readonly within: number;
  /** What is told meanwhile. */
  readonly note: RegExp;
  /** Whether it is told again with each try, as other things are told in between. */
  readonly isToldAgain?: true;
  /** Whether the sign-in is a part of what is slow. */
  readonly isSignedOut?: true;
  /** What is thrown when it takes longer. */
  readonly late?: object;
  /** The explanation of that. */
  readonly explanation?: string;
  readonly prepare: (rig: Rig) => Promise<Prepared>;
}

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});

/**
 * Tries a wait out for each delay: up to its limit it converges, and is told once; beyond, what is thrown is explained,
 * and running again converges.
 */
export function stretch(what: string, wait: Wait, delays = DELAYS): void {
  describe(what, () => {
    test.each(delays.filter((ms) => ms <= wait.within))('after %i ms is waited for, and told once', async (ms) => {
      const { rig, go, left } = await begin(wait);
      const { error, took, notes } = await goFor(rig, wait, ms, go);
      expect(error).toBeUndefined();
      expect(took).toBeGreaterThanOrEqual(ms - 1);
      expect(took).toBeLessThanOrEqual(ms * 1.6 + 20_000);
      expectTold(notes, wait);
      expectLeft(rig, left);
    });

    const late = delays.filter((ms) => ms > wait.within);
    if (late.length === 0) return;
    test.each(late)('after %i ms is given up in time, explained, and mended by running again', async (ms) => {
      const { rig, go, left } = await begin(wait);
      const { error, took, notes } = await goFor(rig, wait, ms, go);
      expect(error).toMatchObject(wait.late ?? {});
      const failure = failureOf(error);
      expect(failure && explain(failure)?.id).toBe(wait.explanation);
      expect(took).toBeGreaterThanOrEqual(wait.within);
      expect(took).toBeLessThanOrEqual(wait.within + 5_000);
      expectTold(notes, wait);
      await rig.pass(ms);
      rig.sandbox.faults.set([]);
      await go();
      expectLeft(rig, left);
    });
  });
}

async function begin({ prepare, isSignedOut }: Wait) {
  const rig = await openRig();
  rigs.push(rig);
  if (!isSignedOut) await rig.signIn();
  return { rig, ...(await prepare(rig)) };
}

/** Does it while the vendor is slow. */
async function goFor(rig: Rig, { slow }: Wait, ms: number, go: Prepared['go']) {
  const told = rig.notes.length;
  const start = rig.now();
  if (typeof slow === 'function') slow(rig, ms);
  else if ('length' in slow)
    rig.sandbox.setProfile({ latency: {}, windows: Object.fromEntries(slow.map((window) => [window, { ms }])) });
  else {
    rig.sandbox.faults.set([{ ...slow, when: 'before', then: 'refuse' }]);
    void rig.pass(ms).then(() => rig.sandbox.faults.set([]));
  }
  const error = await go().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, took: rig.now() - start, notes: rig.notes.slice(told) };
}

function expectTold(notes: readonly string[], { note, isToldAgain }: Wait): void {
  const told = notes.filter((one) => note.test(one));
  expect(isToldAgain ? [...new Set(told)] : told).toHaveLength(1);
}

function expectLeft(rig: Rig, left: Prepared['left']): void {
  const found = Object.fromEntries(Object.keys(left).map((name) => [name, live(rig.sandbox.world, name).length]));
  expect(found).toEqual(left);
}
