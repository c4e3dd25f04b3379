import { isWithin } from './decide.ts';
import type { Deps } from './deps.ts';
import type { StepEvent } from './events.ts';
import { examine, recordedOutputs, sameKey } from './look.ts';
import { makePlan, type Plan, type PlannedStep, whyOf } from './plan.ts';
import type { Entry, Settled, State } from './record.ts';
import { retire, tearDown } from './retire.ts';
import { edgesOf, type Target } from './target.ts';
import { walk } from './walk.ts';

/** Something of our name is not ours, or cannot be ours; nothing was changed. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly conflicts: readonly PlannedStep[];
  constructor(conflicts: readonly PlannedStep[]) {
    super(conflicts.map(({ name, why }) => `${name}: ${why}`).join('\n'));
    this.conflicts = conflicts;
  }
}

/** The world is no longer what the confirmed plan was made from. */
export class ChangedError extends Error {
  override readonly name = 'ChangedError';
}

const ATTEMPTS = 3;

/**
 * Carries out a plan: tears down what must go first, walks forward, commits, and retires what nobody wants. Install,
 * rollback and uninstall are this with other targets.
 */
export async function apply(targets: readonly Target[], plan: Plan, deps: Deps): Promise<void> {
  const conflicts = plan.steps.filter(({ action }) => action === 'conflict');
  if (conflicts.length > 0) throw new ConflictError(conflicts);
  const replaced = plan.steps.filter(({ action }) => action === 'replace').map(({ id }) => id);
  if (replaced.length > 0) deps.emit({ type: 'phase', phase: 'teardown' });
  await tearDown(replaced, deps);
  if (targets.length > 0) deps.emit({ type: 'phase', phase: 'forward' });
  await forwardAll(targets, plan, deps);
  deps.emit({ type: 'phase', phase: 'commit' });
  await deps.ledger.update((state) => commit(state, targets));
  if (deps.ledger.state.retired.length > 0) deps.emit({ type: 'phase', phase: 'retire' });
  await retire(targets.length === 0, deps);
}

/** Plans and applies without asking. */
export const converge = async (targets: readonly Target[], deps: Deps): Promise<void> =>
  apply(targets, await makePlan(targets, deps), deps);

async function forwardAll(targets: readonly Target[], plan: Plan, deps: Deps): Promise<void> {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const lane = (id: string) => {
    const name = byId.get(id)?.resource.lane;
    return name === undefined ? undefined : { name, limit: deps.lanes?.[name] ?? 1 };
  };
  await walk(edgesOf(targets), { ...deps, lane }, async (id) => {
    const target = byId.get(id);
    const planned = plan.steps.find((step) => step.id === id);
    if (target && planned) await forward(target, planned, targets, deps);
  });
}

async function forward(target: Target, planned: PlannedStep, targets: readonly Target[], deps: Deps): Promise<void> {
  const tell = (state: StepEvent['state'], message?: string) => {
    const { id, kind, name, action } = planned;
    deps.emit({ type: 'step', id, kind, name, doing: action, state, message });
  };
  if (planned.action !== 'keep') tell('started');
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await attemptForward(target, planned, targets, deps, (message) => tell('waiting', message));
        break;
      } catch (error) {
        if (deps.signal.aborted) throw error;
        if (!deps.isAmbiguous(error)) await forgetAttempt(target.id, deps);
        if (attempt === ATTEMPTS || !deps.isAmbiguous(error)) throw error;
        tell('waiting', 'a call without an answer: looking at what it did');
      }
    }
    if (planned.action !== 'keep') tell('done');
  } catch (error) {
    tell('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function attemptForward(
  target: Target,
  planned: PlannedStep,
  targets: readonly Target[],
  deps: Deps,
  note: (message: string) => void,
): Promise<void> {
  const { ledger } = deps;
  const { id, resource, key, needs, after } = target;
  const seen = await examine(target, recordedOutputs(ledger.state, targets), deps, note);
  const { observed, entry, current, inputs } = seen;
  if (seen.action === 'conflict') throw new ConflictError([{ ...planned, action: 'conflict', why: whyOf(seen) }]);
  if (!isWithin(planned.action, seen.action)) throw changed(planned, seen.action);
  if (seen.action === 'keep' && current === entry) return;
  const context = deps.context(id, note);
  const isUsed = seen.action === 'use' || (seen.action === 'keep' && entry?.origin === 'used');
  const begun: Entry = {
    kind: resource.kind,
    key,
    status: 'reconciling',
    origin: isUsed ? 'used' : originOf(entry, observed),
    needs,
    after,
    inputs,
    outputs: observed?.outputs,
    // From here on it is open what was sent last; until reconcile says so, it counts as not sent.
    receipt: undefined,
    absent: observed === undefined || entry?.absent === true,
    since: context.now(),
  };
  await ledger.update((state) => begin(state, id, begun));
  const record = (to: Partial<Entry>) =>
    ledger.update((state) => ({ ...state, steps: { ...state.steps, [id]: { ...begun, ...state.steps[id], ...to } } }));
  const made = isUsed
    ? { outputs: observed?.outputs }
    : await resource.reconcile(context, key, inputs, observed, record);
  await record({ status: 'ready', outputs: made.outputs, receipt: made.receipt, absent: undefined, since: undefined });
}

/** A refused create made nothing, so the next run need not wait for it to become visible. */
async function forgetAttempt(id: string, { ledger }: Deps): Promise<void> {
  const forget = (state: State): State => {
    const entry = state.steps[id];
    return entry?.since === undefined
      ? state
      : { ...state, steps: { ...state.steps, [id]: { ...entry, since: undefined } } };
  };
  await ledger.update(forget).catch(() => undefined);
}

/** An entry that the state was rebuilt with, or that was created, stays so; else what was there before us is adopted. */
function originOf(entry: Entry | undefined, observed: object | undefined): Entry['origin'] {
  if (entry && entry.origin !== 'used') return entry.origin;
  return observed ? 'adopted' : 'created';
}

function changed(planned: PlannedStep, now: string): ChangedError {
  return new ChangedError(
    `Something changed since the plan: ${planned.name} was to be "${planned.action}", and would now have to be "${now}".`,
  );
}

/** Writes down that a step is being worked on; what it was under another key is put aside, to be deleted after the commit. */
function begin(state: State, id: string, entry: Entry): State {
  const current = state.steps[id];
  const aside = current && !sameKey(current, entry) ? [{ id, ...current }] : [];
  const others = state.retired.filter((other) => other.id !== id || !sameKey(other, entry));
  return { ...state, steps: { ...state.steps, [id]: entry }, retired: [...others, ...aside] };
}

/** One save: what was wanted is now settled, what nobody wants is retired. There is no way back after this. */
function commit(state: State, targets: readonly Target[]): State {
  const wanted = new Set(targets.map(({ id }) => id));
  // In the order of the solution, whatever was quicker: so it is listed from now on.
  const steps = Object.fromEntries(targets.flatMap(({ id }) => (state.steps[id] ? [[id, state.steps[id]]] : [])));
  const dropped = Object.entries(state.steps)
    .filter(([id]) => !wanted.has(id))
    .map(([id, entry]) => ({ id, ...entry }));
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
