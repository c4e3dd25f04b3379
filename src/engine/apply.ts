import { commit, isSettled } from './commit.ts';
import { ConflictError } from './conflict-error.ts';
import type { Deps } from './deps.ts';
import { doomedBy } from './doomed.ts';
import { forward } from './forward.ts';
import { makePlan, type Plan } from './plan.ts';
import { retire, tearDown } from './retire.ts';
import { edgesOf, type Target } from './target.ts';
import { touchedBy, verify } from './verify.ts';
import { walk } from './walk.ts';

/**
 * Carries out a plan: tears down what must go first, walks forward, commits, and retires what nobody wants. Install,
 * rollback and uninstall are this with other targets.
 */
export async function apply(targets: readonly Target[], plan: Plan, deps: Deps): Promise<void> {
  const conflicts = plan.steps.filter(({ action }) => action === 'conflict');
  if (conflicts.length > 0) throw new ConflictError(conflicts);
  const doomed = doomedBy(deps.ledger.state, replacedBy(plan, targets));
  if (doomed.length > 0) deps.emit({ type: 'phase', phase: 'teardown' });
  await tearDown(doomed, plan, deps);
  if (targets.length > 0) deps.emit({ type: 'phase', phase: 'forward' });
  await forwardAll(targets, plan, deps);
  deps.emit({ type: 'phase', phase: 'commit' });
  await deps.ledger.update((state) => commit(state, targets));
  if (deps.ledger.state.retired.length > 0) deps.emit({ type: 'phase', phase: 'retire' });
  await retire(plan, targets.length === 0, deps);
}

/** Plans and applies without asking. */
export const converge = async (targets: readonly Target[], deps: Deps): Promise<void> =>
  apply(targets, await makePlan(targets, deps), deps);

/** What is replaced where it is; what moves besides stands on it, and goes with it under the name it has. */
function replacedBy({ steps }: Plan, targets: readonly Target[]): readonly Target[] {
  const ids = new Set(
    steps.flatMap(({ id, action, from }) => (action === 'replace' && from === undefined ? [id] : [])),
  );
  return targets.filter(({ id }) => ids.has(id));
}

async function forwardAll(targets: readonly Target[], plan: Plan, deps: Deps): Promise<void> {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const lane = (id: string) => {
    const name = byId.get(id)?.resource.lane;
    return name === undefined ? undefined : { name, limit: deps.lanes?.[name] ?? 1 };
  };
  const touched = touchedBy(plan, targets);
  // A run that did not finish may have changed what it did not come to try out.
  const isTried = isSettled(deps.ledger.state, targets);
  await walk(edgesOf(targets), { ...deps, lane }, async (id, signal) => {
    const target = byId.get(id);
    const planned = plan.steps.find((step) => step.id === id);
    if (!target || !planned) throw new Error(`The plan says nothing of ${id}.`);
    const within = { ...deps, signal };
    if (!isTried || touched.has(id)) await verify(target, targets, within);
    await forward(target, planned, targets, within);
  });
}
