import type { Claims } from './claims.ts';
import type { AnyResource } from './contract.ts';
import { type Action, decide, type Sighting } from './decide.ts';
import type { Deps } from './deps.ts';
import { type Entry, type State, sameKey } from './record.ts';
import { type Target, unknownOutputs } from './target.ts';

/** What `read` says, with what only a person wants to know. */
export interface Found extends Sighting, Claims {
  readonly holds?: string | undefined;
  readonly notes?: readonly string[] | undefined;
}

/** One target, the world's side of it, and what follows. */
export interface Examined {
  readonly target: Target;
  readonly inputs: object;
  readonly observed: Found | undefined;
  /** What is recorded under the wanted key. */
  readonly entry: Entry | undefined;
  /** What is recorded for the step, under whatever key. */
  readonly current: Entry | undefined;
  readonly action: Action;
}

function recorded(state: State, target: Target) {
  const current = state.steps[target.id];
  if (current && sameKey(current, target)) return { current, entry: current, moved: false };
  const shelved = state.retired.find((other) => other.id === target.id && sameKey(other, target));
  return { current, entry: shelved, moved: current !== undefined && !shelved };
}

/** The outputs that the state has for a step, as far as it has any. */
export const recordedOutputs =
  (state: State, targets: readonly Target[]) =>
  (id: string): object => {
    const target = targets.find((candidate) => candidate.id === id);
    return (target ? recorded(state, target).entry : state.steps[id])?.outputs ?? unknownOutputs;
  };

const PATIENCE = 2_000;
/** How long after its beginning an attempt may still send its create: other waits come before. */
const LONGEST = 600_000;

/**
 * Looks. What an interrupted create may have made is waited for as long as the vendor may hide it, since creating it
 * again would leave two.
 */
export async function look(
  at: { readonly id: string; readonly resource: AnyResource; readonly key: object; readonly entry: Entry | undefined },
  deps: Deps,
  wanted?: object,
  note: (message: string) => void = () => {},
): Promise<Found | undefined> {
  const { resource, key, entry } = at;
  const context = deps.context(at.id, note, deps.signal);
  const known = { key, outputs: entry?.outputs, receipt: entry?.receipt };
  // That its identifiers are recorded does not mean that the vendor already shows it.
  const since = entry?.status === 'ready' ? undefined : entry?.since;
  const isOpen = since !== undefined && resource.visibleWithin !== undefined;
  const hiddenUntil = isOpen ? Math.min(since + LONGEST, context.now()) + resource.visibleWithin : 0;
  for (;;) {
    const observed: Found | undefined = await resource.read(context, known, wanted);
    if (observed || context.now() >= hiddenUntil) return observed;
    note('an interrupted create to become visible');
    await context.sleep(Math.min(PATIENCE, hiddenUntil - context.now()));
  }
}

interface Manner {
  readonly note?: (message: string) => void;
  /** Whether what an interrupted create may have made was waited for already. */
  readonly hasWaited?: boolean;
}

/** Looks and decides, for one target. */
export async function examine(
  target: Target,
  outputs: (id: string) => object,
  deps: Deps,
  { note, hasWaited = false }: Manner = {},
): Promise<Examined> {
  const { id, resource, key } = target;
  const { current, entry, moved } = recorded(deps.ledger.state, target);
  const inputs = target.inputs(outputs);
  const known = entry && hasWaited ? { ...entry, since: undefined } : entry;
  const observed = await look({ id, resource, key, entry: known }, deps, inputs, note);
  const { immutable, foreign } = resource;
  return { target, inputs, observed, entry, current, action: decide({ entry, moved, observed, immutable, foreign }) };
}
