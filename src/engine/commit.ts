import { isDeepStrictEqual } from 'node:util';
import { type Entry, type Settled, type State, sameKey } from './record.ts';
import type { Target } from './target.ts';

/** One save: what was wanted is now settled, what nobody wants is retired. There is no way back after this. */
export function commit(state: State, targets: readonly Target[]): State {
  const wanted = new Set(targets.map(({ id }) => id));
  const entries = Object.entries(state.steps);
  const steps = Object.fromEntries(entries.filter(([id]) => wanted.has(id)));
  const dropped = entries.filter(([id]) => !wanted.has(id)).map(([id, entry]) => ({ id, ...entry }));
  const settled = Object.fromEntries(Object.entries(steps).map(([id, entry]) => [id, settledOf(entry)]));
  const retired = [...state.retired, ...dropped];
  return { ...state, steps, retired, settled: { settings: state.run?.settings, steps: settled } };
}

const settledOf = ({ kind, key, needs, after, inputs, outputs }: Entry): Settled => ({
  kind,
  key,
  needs,
  after,
  inputs,
  outputs,
});

/**
 * Whether the record says of these targets that they are done. A run that was killed just before its commit leaves a world
 * in which nothing is to be changed, and a record of which a rollback would make something else.
 */
export function isSettled(state: State, targets: readonly Target[]): boolean {
  const isDone = targets.every((target) => {
    const entry = state.steps[target.id];
    return entry?.status === 'ready' && sameKey(entry, target);
  });
  const after = commit(state, targets);
  return isDone && sameData([state.steps, state.settled?.steps], [after.steps, after.settled?.steps]);
}

/** Whether both would be the same in a file. */
export function sameData(a: unknown, b: unknown): boolean {
  const [one, other] = [JSON.stringify([a]), JSON.stringify([b])] as const;
  return one === other || isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}
