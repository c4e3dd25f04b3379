import { ChangedError } from './changed-error.ts';
import type { Claims } from './claims.ts';
import { owns } from './decide.ts';
import type { Deps } from './deps.ts';
import type { StepEvent } from './events.ts';
import { type Found, look } from './look.ts';
import type { Plan, PlannedRemoval } from './plan.ts';
import { type Entry, type Retired, type State, sameKey } from './record.ts';
import { isOneOf, mayGo, resourceOf } from './removals.ts';
import { stateOf } from './step-state.ts';
import { takeOver } from './take-over.ts';
import { reversed, walk } from './walk.ts';

/** Deletes, in reverse, what nobody wants any more; what must not be lost stays recorded as kept. */
export async function retire(plan: Plan, all: boolean, deps: Deps): Promise<void> {
  const unwanted = deps.ledger.state.retired.filter((entry) => mayGo(entry, all, deps.data));
  await inReverse(unwanted, deps, async (entry, within) => {
    const planned = removalOf(plan, entry);
    const result =
      planned?.action === 'keep' ? keep(entry, planned, within) : await destroyUnwanted(entry, planned, within);
    await within.ledger.update(record(entry, result === 'gone' ? undefined : { status: 'kept' }));
  });
}

const removalOf = ({ removals }: Plan, entry: Retired): PlannedRemoval | undefined =>
  removals.find(({ id, kind, name }) => id === entry.id && kind === entry.kind && name === entry.key.name);

/** What only another object can be must go before its successor comes, and so must everything that stands on it. */
export const tearDown = (doomed: readonly Retired[], plan: Plan, deps: Deps): Promise<void> =>
  inReverse(doomed, deps, async (entry, within) => {
    const planned = removalOf(plan, entry) ?? plan.steps.find(({ id }) => id === entry.id);
    const result = await destroy(entry, planned, () => true, within);
    if (result !== 'gone') throw new Error(`${entry.key.name} must be replaced, but is kept: ${result.kept}.`);
    await within.ledger.update(record(entry, undefined));
  });

/** What stands on something goes before it; ids are not enough, since one step may have left several things behind. */
async function inReverse(
  entries: readonly Retired[],
  deps: Deps,
  work: (entry: Retired, deps: Deps) => Promise<void>,
): Promise<void> {
  const nodes = new Map(entries.map((entry, n) => [`${entry.id}#${n}`, entry]));
  const edges = [...nodes].map(([node, { needs, after }]) => {
    const below = [...nodes].filter(([other, { id }]) => other !== node && [...needs, ...after].includes(id));
    return [node, below.map(([other]) => other)] as const;
  });
  await walk(reversed(new Map(edges)), deps, async (node, signal) => {
    const entry = nodes.get(node);
    if (entry) await work(entry, { ...deps, signal });
  });
}

/** Changes what is recorded of one thing, or strikes it out. */
const record =
  (entry: Retired, to: Partial<Entry> | undefined) =>
  (state: State): State => {
    const { [entry.id]: current, ...others } = state.steps;
    if (current && sameKey(current, entry))
      return { ...state, steps: to ? { ...state.steps, [entry.id]: { ...current, ...to } } : others };
    const retired = state.retired.flatMap((other) => {
      if (other.id !== entry.id || !sameKey(other, entry)) return [other];
      return to ? [{ ...other, ...to }] : [];
    });
    return { ...state, retired };
  };

const teller =
  ({ id, kind, key: { name } }: Retired, deps: Deps) =>
  (state: StepEvent['state'], message?: string) =>
    deps.emit({ type: 'step', id, kind, name, doing: 'delete', state, message });

function keep(entry: Retired, { why = '' }: PlannedRemoval, deps: Deps): { readonly kept: string } {
  teller(entry, deps)('kept', why);
  return { kept: why };
}

/** Never deletes more than the plan said, nor what goes on under another name. */
const destroyUnwanted = (entry: Retired, planned: PlannedRemoval | undefined, deps: Deps) =>
  destroy(
    entry,
    planned,
    (observed) => {
      if (isOneOf(Object.values(deps.ledger.state.steps), entry, observed)) return false;
      if (planned?.action === 'delete') return true;
      throw new ChangedError(`${entry.key.name} was to be forgotten, and would now have to be deleted.`);
    },
    planned?.withData ? { ...deps, data: 'delete' } : deps,
  );

/** Deletes what is recorded, if it is there and ours. */
async function destroy(
  entry: Retired,
  claims: Claims | undefined,
  mayDelete: (observed: Found) => boolean,
  deps: Deps,
): Promise<'gone' | { readonly kept: string }> {
  const { id, key } = entry;
  const resource = resourceOf(entry, deps);
  if (entry.origin === 'used') return 'gone';
  const tell = teller(entry, deps);
  const note = (message: string) => tell('waiting', message);
  tell('started');
  try {
    await deps.ledger.update(record(entry, { status: 'deleting' }));
    // What an interrupted create may have made was waited for by the plan.
    const observed = await look({ id, resource, key, entry: { ...entry, since: undefined } }, deps, undefined, note);
    const isDoomed = observed && owns(entry, observed) && mayDelete(observed);
    if (isDoomed) await takeOver({ id, resource, key }, observed, claims, deps, note);
    const context = deps.context(id, note, deps.signal);
    const result = isDoomed ? await resource.delete(context, observed.outputs, deps.data) : 'gone';
    tell(result === 'gone' ? 'done' : 'kept', result === 'gone' ? undefined : result.kept);
    return result;
  } catch (error) {
    tell(stateOf(error, deps), error instanceof Error ? error.message : String(error));
    throw error;
  }
}
