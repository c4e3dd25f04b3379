import { type Retired, recordsOf, type State, sameKey } from './record.ts';
import type { Target } from './target.ts';

/**
 * What must go before these targets can be made anew: what they are now, and everything recorded that stands on it. What an
 * interrupted run put aside may still stand on it too.
 */
export function doomedBy(state: State, replaced: readonly Target[]): readonly Retired[] {
  const records = recordsOf(state);
  const roots = replaced.map(
    (target) => records.find((other) => other.id === target.id && sameKey(other, target)) ?? unrecorded(target),
  );
  const doomed = new Set(roots);
  for (let size = -1; size !== doomed.size; ) {
    size = doomed.size;
    const ids = new Set([...doomed].map(({ id }) => id));
    for (const other of records)
      if (other.status !== 'kept' && other.needs.some((need) => ids.has(need))) doomed.add(other);
  }
  return [...doomed];
}

/** It carries our mark, and the record of it is lost. */
const unrecorded = ({ id, resource, key, needs, after }: Target): Retired => ({
  id,
  kind: resource.kind,
  key,
  status: 'ready',
  origin: 'adopted',
  needs,
  after,
});
