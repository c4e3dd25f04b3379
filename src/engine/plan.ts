import { isDeepStrictEqual } from 'node:util';
import { type Action, owns } from './decide.ts';
import type { Deps } from './deps.ts';
import { type Examined, examine, look, recordedOutputs } from './look.ts';
import type { Retired, State } from './record.ts';
import { edgesOf, type Target, unknownOutputs } from './target.ts';
import { inOrder } from './walk.ts';

/** What will be done for one step, as data. */
export interface PlannedStep {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly action: Action;
  /** Names of the inputs that will change. */
  readonly drift: readonly string[];
  /** For a move: the name it had. */
  readonly from?: string | undefined;
  readonly why?: string | undefined;
  readonly notes: readonly string[];
}

/** What becomes of something that nobody wants any more. `forget`: it is gone already, or not ours. */
export interface PlannedRemoval {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly action: 'delete' | 'keep' | 'forget';
  readonly why?: string | undefined;
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly removals: readonly PlannedRemoval[];
}

/** Whether carrying the plan out would touch the world or the record of it. */
export const hasChanges = (plan: Plan): boolean =>
  plan.steps.some(({ action }) => action !== 'keep') || plan.removals.some(({ action }) => action !== 'keep');

/** Reads every key at once and says what has to be done to make the world equal `targets`. Changes nothing. */
export async function makePlan(targets: readonly Target[], deps: Deps): Promise<Plan> {
  const { state } = deps.ledger;
  const [seen, removals] = await Promise.all([
    foresee(targets, deps),
    planRemovals(unwanted(state, targets), targets.length === 0, deps),
  ]);
  const replaced = dependents(
    state,
    seen.filter(({ action }) => action === 'replace').map(({ target }) => target.id),
  );
  return { steps: seen.map((examined) => plannedStep(examined, replaced)), removals };
}

/** Examines all at once; then again, in order, those that stand on something that will not be what the state says. */
async function foresee(targets: readonly Target[], deps: Deps): Promise<readonly Examined[]> {
  const outputs = recordedOutputs(deps.ledger.state, targets);
  const seen = new Map<string, Examined>();
  await Promise.all(targets.map(async (target) => void seen.set(target.id, await examine(target, outputs, deps))));
  const foreseen = (id: string) => expectedOutputs(seen.get(id));
  for (const id of inOrder(edgesOf(targets))) {
    const first = seen.get(id);
    if (!first || isDeepStrictEqual(first.target.inputs(foreseen), first.inputs)) continue;
    seen.set(id, await examine(first.target, foreseen, deps));
  }
  return targets.flatMap(({ id }) => seen.get(id) ?? []);
}

function expectedOutputs(examined: Examined | undefined): object {
  if (!examined?.observed || examined.action === 'replace') return unknownOutputs;
  return examined.observed.outputs;
}

function plannedStep(examined: Examined, replaced: ReadonlySet<string>): PlannedStep {
  const { target, observed, action, current } = examined;
  const stands = replaced.has(target.id) && action !== 'conflict';
  return {
    id: target.id,
    kind: target.resource.kind,
    name: target.key.name,
    action: stands ? 'replace' : action,
    drift: observed?.drift ?? [],
    from: action === 'move' ? current?.key.name : undefined,
    why:
      whyOf(examined) ?? (stands && action !== 'replace' ? 'it stands on something that must be replaced' : undefined),
    notes: observed?.notes ?? [],
  };
}

/** Why a step is in conflict, or what is not ready about it. */
export function whyOf({ action, observed, target }: Examined): string | undefined {
  if (action !== 'conflict') return observed?.unready?.why;
  if (observed?.refusal) return observed.refusal;
  const { mark } = observed ?? {};
  const owner = typeof mark === 'object' ? `it belongs to ${mark.other}` : 'it carries no mark of this installation';
  return `Another ${target.resource.label} has this name, and is not ours: ${owner}.`;
}

/** Everything recorded that no target wants, kept things only where their being kept may end. */
function unwanted(state: State, targets: readonly Target[]): readonly Retired[] {
  const wanted = new Map(targets.map((target) => [target.id, target]));
  const dropped = Object.entries(state.steps).flatMap(([id, entry]) => {
    const target = wanted.get(id);
    return target && isDeepStrictEqual(target.key, entry.key) ? [] : [{ ...entry, id }];
  });
  const shelved = state.retired.filter(({ id, key }) => !isDeepStrictEqual(wanted.get(id)?.key, key));
  return [...shelved, ...dropped];
}

/** What is kept is asked for again only where it may go: when all goes, or its contents may. */
export const mayGo = (entry: Retired, all: boolean, data: Deps['data']): boolean =>
  entry.status !== 'kept' || all || data === 'delete';

function planRemovals(entries: readonly Retired[], all: boolean, deps: Deps): Promise<PlannedRemoval[]> {
  return Promise.all(entries.map((entry) => plannedRemoval(entry, all, deps)));
}

async function plannedRemoval(entry: Retired, all: boolean, deps: Deps): Promise<PlannedRemoval> {
  const { id, kind, key } = entry;
  const planned = { id, kind, name: key.name };
  if (!mayGo(entry, all, deps.data)) return { ...planned, action: 'keep', why: 'it was kept by an earlier run' };
  const resource = deps.resources[kind];
  if (!resource) throw new Error(`Unknown kind of resource in the state: ${kind}.`);
  if (entry.origin === 'used') return { ...planned, action: 'forget', why: 'it was used, and is not ours' };
  const observed = await look({ id, resource, key, entry }, deps);
  if (!observed) return { ...planned, action: 'forget', why: 'it is gone already' };
  if (!owns(entry, observed)) return { ...planned, action: 'forget', why: 'it is not ours' };
  const isKept = observed.holds !== undefined && deps.data === 'keep';
  return { ...planned, action: isKept ? 'keep' : 'delete', why: observed.holds && `it holds ${observed.holds}` };
}

/** These steps and everything recorded that stands on them. */
export function dependents(state: State, ids: readonly string[]): ReadonlySet<string> {
  const found = new Set(ids);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [id, { needs }] of Object.entries(state.steps)) if (needs.some((need) => found.has(need))) found.add(id);
  }
  return found;
}
