import { isDeepStrictEqual } from 'node:util';
import { type Claims, claimsOf } from './claims.ts';
import type { Action } from './decide.ts';
import type { Deps } from './deps.ts';
import { doomedBy } from './doomed.ts';
import { type Examined, examine, recordedOutputs } from './look.ts';
import { stopTogether } from './own-signal.ts';
import { type Retired, sameKey } from './record.ts';
import { planRemovals } from './removals.ts';
import { edgesOf, type Target, unknownOutputs } from './target.ts';
import { inOrder } from './walk.ts';

/** What will be done for one step, as data; claims only where it is changed. */
export interface PlannedStep extends Claims {
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
export interface PlannedRemoval extends Claims {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly action: 'delete' | 'keep' | 'forget';
  readonly why?: string | undefined;
  /** What is in it, where it is kept for that: "312 objects". */
  readonly holds?: string | undefined;
  /** It goes with all that it holds: somebody named it. */
  readonly withData?: true | undefined;
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
  const [seen, removals] = await stopTogether(deps.signal, (signal) => {
    const within = { ...deps, signal };
    const foreseen = foresee(targets, within);
    return Promise.all([foreseen, planRemovals(targets, foreseen, within)]);
  });
  const replaced = seen.flatMap(({ action, target }) => (action === 'replace' ? [target] : []));
  const doomed = doomedBy(deps.ledger.state, replaced);
  return { steps: seen.map((examined) => plannedStep(examined, doomed)), removals };
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
    seen.set(id, await examine(first.target, foreseen, deps, { hasWaited: true }));
  }
  return targets.flatMap(({ id }) => seen.get(id) ?? []);
}

function expectedOutputs(examined: Examined | undefined): object {
  if (!examined?.observed || examined.action === 'replace') return unknownOutputs;
  return examined.observed.outputs;
}

function plannedStep(examined: Examined, doomed: readonly Retired[]): PlannedStep {
  const { target, observed, action, current } = examined;
  const isDoomed = doomed.some(
    (other) => other.id === target.id && (sameKey(other, target) || (current && sameKey(other, current))),
  );
  const stands = isDoomed && action !== 'replace' && action !== 'conflict';
  return {
    id: target.id,
    kind: target.resource.kind,
    name: target.key.name,
    action: stands ? 'replace' : action,
    drift: observed?.drift ?? [],
    from: action === 'move' ? current?.key.name : undefined,
    why: whyOf(examined) ?? (stands ? 'it stands on something that must be replaced' : undefined),
    notes: observed?.notes ?? [],
    ...(isTouching(stands ? 'replace' : action) && claimsOf(observed)),
  };
}

const isTouching = (action: Action) => action === 'update' || action === 'replace' || action === 'move';

/** Why a step is in conflict, or what is not ready about it. */
export function whyOf({ action, observed, target }: Examined): string | undefined {
  if (action !== 'conflict') return observed?.unready?.why;
  if (observed?.refusal) return observed.refusal;
  const { mark } = observed ?? {};
  const owner = typeof mark === 'object' ? `it belongs to ${mark.other}` : 'it carries no mark of this installation';
  return `Another ${target.resource.label} has this name, and is not ours: ${owner}.`;
}
