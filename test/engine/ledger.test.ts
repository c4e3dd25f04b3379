import { expect, test } from 'vitest';
import { createLedger } from '../../src/engine/ledger.ts';
import { emptyState, type State } from '../../src/engine/record.ts';

const step =
  (id: string) =>
  (state: State): State => ({
    ...state,
    steps: {
      ...state.steps,
      [id]: { kind: 'k', key: { name: id }, status: 'ready', origin: 'created', needs: [], after: [] },
    },
  });

/** A disk whose writes are let through one by one. */
function slowDisk() {
  const saves: { readonly state: State; readonly done: () => void; readonly fail: () => void }[] = [];
  const save = (state: State) =>
    new Promise<void>((resolve, reject) => {
      saves.push({ state, done: resolve, fail: () => reject(new Error('disk full')) });
    });
  return { saves, save };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('an update is over when a saved state contains it, and not before', async () => {
  const { saves, save } = slowDisk();
  const ledger = createLedger(emptyState, save);
  let isOver = false;
  const update = ledger.update(step('a')).then(() => {
    isOver = true;
  });
  await turn();
  expect(Object.keys(saves[0]?.state.steps ?? {})).toEqual(['a']);
  expect(isOver).toBe(false);
  saves[0]?.done();
  await update;
  expect(isOver).toBe(true);
});

test('updates that come while a save runs share the next one', async () => {
  const { saves, save } = slowDisk();
  const ledger = createLedger(emptyState, save);
  const all = [ledger.update(step('a'))];
  await turn();
  all.push(ledger.update(step('b')), ledger.update(step('c')));
  await turn();
  expect(saves).toHaveLength(1);
  saves[0]?.done();
  await turn();
  expect(saves).toHaveLength(2);
  expect(Object.keys(saves[1]?.state.steps ?? {})).toEqual(['a', 'b', 'c']);
  saves[1]?.done();
  await Promise.all(all);
  expect(ledger.state.serial).toBe(3);
});

test('after a save that failed every update is refused, so nothing is done that was not written down', async () => {
  const { saves, save } = slowDisk();
  const ledger = createLedger(emptyState, save);
  const first = ledger.update(step('a'));
  await turn();
  const second = ledger.update(step('b'));
  saves[0]?.fail();
  await expect(first).rejects.toThrow('disk full');
  await expect(second).rejects.toThrow('disk full');
  await expect(ledger.update(step('c'))).rejects.toThrow('disk full');
  expect(saves).toHaveLength(1);
});
