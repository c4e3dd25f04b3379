import { allEnded } from './all-ended.ts';
import type { Deps } from './deps.ts';
import type { StepEvent } from './events.ts';
import { recordedOutputs } from './look.ts';
import type { Plan } from './plan.ts';
import { stateOf } from './step-state.ts';
import { edgesOf, type Target, type TargetCheck } from './target.ts';
import { inOrder } from './walk.ts';

/** The ids of what a plan changes, and of all that stands on it. */
export function touchedBy({ steps }: Plan, targets: readonly Target[]): ReadonlySet<string> {
  const changed = new Set(steps.flatMap(({ id, action }) => (action === 'keep' ? [] : [id])));
  const edges = edgesOf(targets);
  for (const id of inOrder(edges)) if (edges.get(id)?.some((edge) => changed.has(edge))) changed.add(id);
  return changed;
}

/** Tries out, all at once, what must hold before a step goes ahead; throws what does not. */
export async function verify(target: Target, targets: readonly Target[], deps: Deps): Promise<void> {
  const { checks = [] } = target;
  await allEnded(
    checks.map((one) => verifyOne(target, one, targets, deps)),
    'Several checks failed.',
  );
}

async function verifyOne(
  { id, resource: { kind } }: Target,
  { holds, run }: TargetCheck,
  targets: readonly Target[],
  deps: Deps,
): Promise<void> {
  const tell = (state: StepEvent['state'], message?: string) =>
    deps.emit({ type: 'step', id, kind, name: holds, doing: 'verify', state, message });
  tell('started');
  try {
    const context = deps.context(id, (message) => tell('waiting', message), deps.signal);
    await run(context, recordedOutputs(deps.ledger.state, targets));
    tell('done');
  } catch (error) {
    tell(stateOf(error, deps), error instanceof Error ? error.message : String(error));
    throw error;
  }
}
