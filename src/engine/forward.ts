import { ChangedError } from './changed-error.ts';
import { sameData } from './commit.ts';
import { isWithin } from './decide.ts';
import type { Deps } from './deps.ts';
import type { StepEvent } from './events.ts';
import { type Examined, examine, recordedOutputs } from './look.ts';
import { type PlannedStep, whyOf } from './plan.ts';
import { type Entry, type State, sameKey } from './record.ts';
import { stateOf } from './step-state.ts';
import { takeOver } from './take-over.ts';
import type { Target } from './target.ts';

const ATTEMPTS = 3;

interface Manner {
  readonly note: (message: string) => void;
  readonly hasWaited: boolean;
}

/** Makes one target what it should be. After a failure that leaves open what was done, it looks and goes on from there. */
export async function forward(
  target: Target,
  planned: PlannedStep,
  targets: readonly Target[],
  deps: Deps,
): Promise<void> {
  const tell = (state: StepEvent['state'], message?: string) => {
    const { id, kind, name, action } = planned;
    deps.emit({ type: 'step', id, kind, name, doing: action, state, message });
  };
  if (planned.action !== 'keep') tell('started');
  let aside: string | undefined;
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The plan has waited for what an earlier run may have made; what this one may have made is waited for here.
        const manner = { note: (message: string) => tell('waiting', message), hasWaited: attempt === 1 };
        aside = await attemptForward(target, planned, targets, deps, manner);
        break;
      } catch (error) {
        if (deps.signal.aborted || attempt === ATTEMPTS || !deps.isAmbiguous(error)) throw error;
        tell('waiting', 'a call without an answer: looking at what it did');
      }
    }
    if (planned.action !== 'keep') tell('done', aside);
  } catch (error) {
    tell(stateOf(error, deps), error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function attemptForward(
  target: Target,
  planned: PlannedStep,
  targets: readonly Target[],
  deps: Deps,
  manner: Manner,
): Promise<string | undefined> {
  const { ledger } = deps;
  const { note } = manner;
  const seen = await examine(target, recordedOutputs(ledger.state, targets), deps, manner);
  if (!isWithin(planned.action, seen.action)) throw changed(planned, seen);
  const { entry, current } = seen;
  if (seen.action === 'keep' && entry && current === entry) {
    await keepRecord(seen, entry, deps);
    return undefined;
  }
  if (seen.observed && seen.action !== 'use') await takeOver(target, seen.observed, planned, deps, note);
  const begun = begunEntry(seen, deps.context(target.id, note).now());
  await ledger.update((state) => begin(state, target.id, begun));
  const record = (to: Partial<Entry>) =>
    ledger.update(({ steps, ...state }) => ({
      ...state,
      steps: { ...steps, [target.id]: { ...begun, ...steps[target.id], ...to } },
    }));
  const made = await reconcile(seen, begun, record, deps, note);
  await record({ status: 'ready', outputs: made.outputs, receipt: made.receipt, absent: undefined, since: undefined });
  return made.aside;
}

async function reconcile(
  { target: { id, resource, key }, inputs, observed }: Examined,
  begun: Entry,
  record: (to: Partial<Entry>) => Promise<void>,
  deps: Deps,
  note: Manner['note'],
) {
  if (begun.origin === 'used') return { outputs: observed?.outputs };
  try {
    return await resource.reconcile(deps.context(id, note, deps.signal), key, inputs, observed, record);
  } catch (error) {
    // A create that was refused, or stopped before it was sent, made nothing: the next run need not wait to see it.
    const isMade = deps.ledger.state.steps[id]?.outputs !== undefined;
    if (!isMade && !deps.isAmbiguous(error)) await record({ since: undefined }).catch(() => undefined);
    throw error;
  }
}

/** The world is as wanted; so must be what the record says was wanted, since a rollback goes by that. */
async function keepRecord({ target, inputs }: Examined, entry: Entry, { ledger }: Deps): Promise<void> {
  const { id, needs, after } = target;
  if (sameData([entry.inputs, entry.needs, entry.after], [inputs, needs, after])) return;
  await ledger.update((state) => ({ ...state, steps: { ...state.steps, [id]: { ...entry, inputs, needs, after } } }));
}

function begunEntry({ target, inputs, observed, entry, action }: Examined, now: number): Entry {
  const { resource, key, needs, after } = target;
  const isUsed = action === 'use' || (action === 'keep' && entry?.origin === 'used');
  return {
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
    since: now,
  };
}

/** An entry that the state was rebuilt with, or that was created, stays so; else what was there before us is adopted. */
function originOf(entry: Entry | undefined, observed: object | undefined): Entry['origin'] {
  if (entry && entry.origin !== 'used') return entry.origin;
  return observed ? 'adopted' : 'created';
}

function changed({ name, action }: PlannedStep, seen: Examined): ChangedError {
  if (seen.action === 'conflict') return new ChangedError(whyOf(seen) ?? `${name} is in the way.`);
  return new ChangedError(`${name} was to be "${action}", and would now have to be "${seen.action}".`);
}

/** Writes down that a step is being worked on; what it was under another key is put aside, to be deleted after the commit. */
function begin(state: State, id: string, entry: Entry): State {
  const current = state.steps[id];
  const aside = current && !sameKey(current, entry) ? [{ id, ...current }] : [];
  const others = state.retired.filter((other) => other.id !== id || !sameKey(other, entry));
  return { ...state, steps: { ...state.steps, [id]: entry }, retired: [...others, ...aside] };
}
