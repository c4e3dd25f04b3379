import { isDeepStrictEqual } from 'node:util';
import { claimsOf } from './claims.ts';
import { owns } from './decide.ts';
import type { Deps } from './deps.ts';
import { type Examined, type Found, look } from './look.ts';
import type { PlannedRemoval } from './plan.ts';
import { type Retired, recordsOf, type State, sameKey } from './record.ts';
import type { Target } from './target.ts';

/** The kind of a recorded thing. */
export function resourceOf({ kind }: Pick<Retired, 'kind'>, { resources }: Pick<Deps, 'resources'>) {
  const resource = resources[kind];
  if (!resource) throw new Error(`Unknown kind of resource in the state: ${kind}.`);
  return resource;
}

/** What is kept is asked for again only where it may go: when all goes, or its contents may. */
export const mayGo = (entry: Retired, all: boolean, data: Deps['data']): boolean =>
  entry.status !== 'kept' || all || data === 'delete';

/** What becomes of everything recorded that no target wants. `seen` is what the targets look like. */
export function planRemovals(
  targets: readonly Target[],
  seen: Promise<readonly Examined[]>,
  deps: Deps,
): Promise<PlannedRemoval[]> {
  const { state } = deps.ledger;
  return Promise.all(
    unwanted(state, targets).map(async (entry) => {
      const { id, kind, key } = entry;
      const planned = { id, kind, name: key.name };
      if (!mayGo(entry, targets.length === 0, deps.data))
        return { ...planned, action: 'keep', why: 'it was kept by an earlier run' };
      const resource = resourceOf(entry, deps);
      if (entry.origin === 'used') return { ...planned, action: 'forget', why: 'it was used, and is not ours' };
      const observed = await look({ id, resource, key, entry }, deps);
      return { ...planned, ...fateOf(entry, observed, await seen, deps) };
    }),
  );
}

/** Everything recorded that no target wants, what is shelved and kept included. */
function unwanted(state: State, targets: readonly Target[]): readonly Retired[] {
  const wanted = new Map(targets.map((target) => [target.id, target]));
  return recordsOf(state).filter((entry) => {
    const target = wanted.get(entry.id);
    return !target || !sameKey(target, entry);
  });
}

function fateOf(
  entry: Retired,
  observed: Found | undefined,
  seen: readonly Examined[],
  deps: Deps,
): Omit<PlannedRemoval, 'id' | 'kind' | 'name'> {
  if (!observed) return { action: 'forget', why: 'it is gone already' };
  if (!owns(entry, observed)) return { action: 'forget', why: 'it is not ours' };
  const live = seen.map(({ target, observed: other }) => ({ kind: target.resource.kind, outputs: other?.outputs }));
  if (isOneOf(live, entry, observed)) return { action: 'forget', why: 'it goes on under another name' };
  const isKept = observed.holds !== undefined && deps.data === 'keep';
  const why = observed.holds && `it holds ${observed.holds}`;
  return isKept ? { action: 'keep', why, holds: observed.holds } : { action: 'delete', why, ...claimsOf(observed) };
}

/** Whether what was found under an old name is what something else is now: vendors do not tell `A` and `a` apart. */
export const isOneOf = (
  live: readonly { readonly kind: string; readonly outputs?: object | undefined }[],
  { kind }: Pick<Retired, 'kind'>,
  { outputs }: Pick<Found, 'outputs'>,
): boolean => live.some((other) => other.kind === kind && isDeepStrictEqual(other.outputs, outputs));
