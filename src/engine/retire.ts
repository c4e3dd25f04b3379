import { owns } from './decide.ts';
import type { Deps } from './deps.ts';
import type { StepEvent } from './events.ts';
import { look, sameKey } from './look.ts';
import { dependents, mayGo } from './plan.ts';
import type { Entry, Retired, State } from './record.ts';
import { edgesOf } from './target.ts';
import { reversed, walk } from './walk.ts';

/** Deletes what is recorded, if it is there and ours. */
async function destroy(entry: Retired, deps: Deps): Promise<'gone' | { readonly kept: string }> {
  const { id, kind, key } = entry;
  const resource = deps.resources[kind];
  if (!resource) throw new Error(`Unknown kind of resource in the state: ${kind}.`);
  if (entry.origin === 'used') return 'gone';
  const tell = (state: StepEvent['state'], message?: string) =>
    deps.emit({ type: 'step', id, kind, name: key.name, doing: 'delete', state, message });
  const note = (message: string) => tell('waiting', message);
  tell('started');
  try {
    const observed = await look({ id, resource, key, entry }, deps, undefined, note);
    const ours = observed && owns(entry, observed);
    const result = ours ? await resource.delete(deps.context(id, note), observed.outputs, deps.data) : 'gone';
    tell(result === 'gone' ? 'done' : 'kept', result === 'gone' ? undefined : result.kept);
    return result;
  } catch (error) {
    tell('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** Deletes, in reverse, what nobody wants any more; what must not be lost stays recorded as kept. */
export async function retire(all: boolean, deps: Deps): Promise<void> {
  const doomed = deps.ledger.state.retired
    .filter((entry) => mayGo(entry, all, deps.data))
    .map((entry, n) => ({ entry, node: `${entry.id}#${n}` }));
  const edges = new Map(
    doomed.map(({ node, entry }) => [
      node,
      doomed
        .filter((other) => other.node !== node && [...entry.needs, ...entry.after].includes(other.entry.id))
        .map((other) => other.node),
    ]),
  );
  await walk(reversed(edges), deps, async (node) => {
    const entry = doomed.find((candidate) => candidate.node === node)?.entry;
    if (!entry) return;
    const change = (to: Partial<Entry> | undefined) => (state: State) => ({
      ...state,
      retired: state.retired.flatMap((other) => {
        if (other.id !== entry.id || !sameKey(other, entry)) return [other];
        return to ? [{ ...other, ...to }] : [];
      }),
    });
    await deps.ledger.update(change({ status: 'deleting' }));
    const result = await destroy(entry, deps);
    await deps.ledger.update(change(result === 'gone' ? undefined : { status: 'kept' }));
  });
}

/** What only another object can be must go before its successor comes, and so must everything that stands on it. */
export async function tearDown(ids: readonly string[], deps: Deps): Promise<void> {
  const { steps } = deps.ledger.state;
  const doomed = [...dependents(deps.ledger.state, ids)].flatMap((id) => (steps[id] ? [{ id, ...steps[id] }] : []));
  await walk(reversed(edgesOf(doomed)), deps, async (id) => {
    const entry = doomed.find((candidate) => candidate.id === id);
    if (!entry) return;
    const { id: _, ...rest } = entry;
    await deps.ledger.update((s) => ({ ...s, steps: { ...s.steps, [id]: { ...rest, status: 'deleting' } } }));
    const result = await destroy(entry, deps);
    if (result !== 'gone') throw new Error(`${entry.key.name} must be replaced, but holds ${result.kept}.`);
    await deps.ledger.update((s) => ({
      ...s,
      steps: Object.fromEntries(Object.entries(s.steps).filter(([other]) => other !== id)),
    }));
  });
}
