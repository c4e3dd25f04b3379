import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Known, Observed, Resource } from '../../src/engine/contract.ts';
import type { Deps } from '../../src/engine/deps.ts';
import { createLedger } from '../../src/engine/ledger.ts';
import { examine, look, recordedOutputs } from '../../src/engine/look.ts';
import { makePlan } from '../../src/engine/plan.ts';
import { type Entry, emptyState, type State } from '../../src/engine/record.ts';
import { type Target, unknownOutputs } from '../../src/engine/target.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({ size: z.number() }),
  outputs: z.object({ id: z.string() }),
};
const START = 1_000_000;
const entry = (more: Partial<Entry> = {}): Entry => ({
  kind: 'thing',
  key: { name: 'n' },
  status: 'reconciling',
  origin: 'created',
  needs: [],
  after: [],
  absent: true,
  since: START,
  ...more,
});
const retired = (more: Partial<Entry> = {}) => ({
  id: 'it',
  ...entry({ status: 'ready', outputs: { id: '1' }, ...more }),
});

/** A thing that is found from a time on, and everything that looks at it. */
function rig({
  visibleFrom = Number.POSITIVE_INFINITY,
  state = emptyState,
}: {
  visibleFrom?: number;
  state?: State;
} = {}) {
  const clock = createVirtualClock(START);
  const stop = new AbortController();
  const looks: { readonly at: number; readonly known: Known<typeof shape> }[] = [];
  const notes: string[] = [];
  const seen: Observed<typeof shape> = { outputs: { id: '1' }, mark: 'none', drift: [] };
  const resource: Resource<typeof shape> = {
    ...shape,
    kind: 'thing',
    label: 'thing',
    visibleWithin: 30_000,
    read: async (_, known) => {
      looks.push({ at: clock.now() - START, known });
      return clock.now() >= visibleFrom ? seen : undefined;
    },
    reconcile: () => Promise.reject(new Error('Nobody makes anything here.')),
    delete: () => Promise.reject(new Error('Nobody deletes anything here.')),
  };
  const deps: Deps = {
    ledger: createLedger(state, () => Promise.reject(new Error('Nobody saves here.'))),
    resources: { thing: resource },
    context: (_step, _note, signal = stop.signal) => ({
      sleep: (ms) => clock.sleep(ms, signal),
      now: clock.now,
      signal,
    }),
    parallel: 1,
    signal: stop.signal,
    emit: () => undefined,
    data: 'keep',
    isAmbiguous: () => false,
  };
  const target: Target = { id: 'it', resource, key: { name: 'n' }, needs: [], after: [], inputs: () => ({ size: 1 }) };
  return {
    ...{ looks, notes, stop, deps, target, clock },
    look: (of: Entry | undefined) =>
      look({ id: 'it', resource, key: { name: 'n' }, entry: of }, deps, undefined, (note) => notes.push(note)),
    examine: () => examine(target, () => ({}), deps),
  };
}

test('what an interrupted create may have made is waited for until it must be visible', async () => {
  const { look, looks, notes, clock } = rig();
  expect(await look(entry())).toBeUndefined();
  expect(clock.now()).toBe(START + 30_000);
  expect(looks.at(-1)?.at).toBe(30_000);
  expect(new Set(notes)).toEqual(new Set(['an interrupted create to become visible']));
});

test('so is what it made, as its answer said, but the vendor does not show yet', async () => {
  const { look, clock } = rig({ visibleFrom: START + 7_000 });
  expect(await look(entry({ outputs: { id: '1' } }))).toMatchObject({ outputs: { id: '1' } });
  expect(clock.now()).toBe(START + 8_000);
});

test('no longer than it takes to be seen', async () => {
  const { look, clock } = rig({ visibleFrom: START + 7_000 });
  expect(await look(entry())).toMatchObject({ outputs: { id: '1' } });
  expect(clock.now()).toBe(START + 8_000);
});

test('an attempt that began a while ago may have sent its create only just now', async () => {
  const { look, clock } = rig();
  expect(await look(entry({ since: START - 60_000 }))).toBeUndefined();
  expect(clock.now()).toBe(START + 30_000);
});

test('a clock that was put back does not make the wait longer', async () => {
  const { look, clock } = rig();
  expect(await look(entry({ since: START + 86_400_000 }))).toBeUndefined();
  expect(clock.now()).toBe(START + 30_000);
});

test.each<readonly [string, Entry | undefined]>([
  ['nothing is recorded', undefined],
  ['the create was refused', entry({ since: undefined })],
  ['the last run finished', entry({ status: 'ready' })],
  ['it began long ago', entry({ since: START - 630_000 })],
])('nothing is waited for where %s', async (_, recorded) => {
  const { look, looks, clock } = rig();
  expect(await look(recorded)).toBeUndefined();
  expect(looks).toHaveLength(1);
  expect(clock.now()).toBe(START);
});

test('the wait ends at once when the run is stopped', async () => {
  const { look, stop, clock } = rig();
  const looking = look(entry());
  stop.abort(new Error('Ctrl-C'));
  await expect(looking).rejects.toThrow('Ctrl-C');
  expect(clock.now()).toBe(START);
});

test('the wait ends at once when another look of the same plan fails', async () => {
  const { deps, target, looks, clock } = rig({ state: { ...emptyState, steps: { it: entry() } } });
  const read = () => Promise.reject(new Error('no access'));
  const denied: Target = { ...target, id: 'denied', resource: { ...target.resource, read } };
  await expect(makePlan([target, denied], deps)).rejects.toThrow('no access');
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(clock.now()).toBe(START);
  expect(looks).toHaveLength(1);
});

test('a look is told what is recorded', async () => {
  const { look, looks } = rig();
  await look(entry({ outputs: { id: '7' }, receipt: { sent: 1 } }));
  expect(looks[0]?.known).toEqual({ key: { name: 'n' }, outputs: { id: '7' }, receipt: { sent: 1 } });
});

test('what was waited for once is not waited for again', async () => {
  const { deps, target, looks } = rig({ state: { ...emptyState, steps: { it: entry() } } });
  expect(await examine(target, () => ({}), deps, { hasWaited: true })).toMatchObject({ action: 'create' });
  expect(looks).toHaveLength(1);
});

test('what was put aside under the wanted name is what counts', async () => {
  const current = entry({ key: { name: 'other' }, outputs: { id: '2' } });
  const state: State = { ...emptyState, steps: { it: current }, retired: [retired()] };
  const { examine, looks } = rig({ state, visibleFrom: START });
  expect(await examine()).toMatchObject({ action: 'keep', current, entry: retired() });
  expect(looks[0]?.known.outputs).toEqual({ id: '1' });
});

test('another name than the recorded one is a move', async () => {
  const current = entry({ key: { name: 'other' }, outputs: { id: '2' } });
  const { examine, looks } = rig({ state: { ...emptyState, steps: { it: current } } });
  expect(await examine()).toMatchObject({ action: 'move', current, entry: undefined });
  expect(looks[0]?.known.outputs).toBeUndefined();
});

test.each<readonly [string, State]>([
  ['is recorded under its name', { ...emptyState, steps: { it: retired() } }],
  ['was put aside under its name', { ...emptyState, retired: [retired()] }],
])('a step has the outputs of what %s', (_, state) => {
  expect(recordedOutputs(state, [rig().target])('it')).toEqual({ id: '1' });
});

test.each<readonly [string, State]>([
  ['it is to have another name', { ...emptyState, steps: { it: retired({ key: { name: 'x' } }) } }],
  ['nothing is recorded', emptyState],
])('the outputs of a step are unknown where %s', (_, state) => {
  expect(recordedOutputs(state, [rig().target])('it')).toBe(unknownOutputs);
});
