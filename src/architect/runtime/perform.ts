import { isMap, isScalar, type YAMLMap } from 'yaml';
import { mapAt, textAt } from '../model/entries.ts';
import { onlyWithCaller } from '../model/kinds.ts';
import type { Action, Block } from '../model/model.ts';
import { actionNamed } from './actions/table.ts';
import { HungUp } from './contract.ts';
import { FlowFailure, NotRehearsed, type Spot } from './flow-failure.ts';
import type { Frame } from './frame.ts';
import { NEXT, type Outcome, type Perform } from './step.ts';
import { traceName } from './trace-name.ts';

/** Runs the actions of a task, a state or an output one after another, until one leads elsewhere. */
export async function runBlock(frame: Frame, block: Block | undefined): Promise<Outcome> {
  for (const action of block?.actions ?? []) {
    const outcome = await perform(frame, action);
    if (outcome.kind !== 'next') return outcome;
  }
  return NEXT;
}

/** Runs one action, tells the trace of it, and follows the output that it takes. */
export async function perform(frame: Frame, action: Pick<Action, 'kind' | 'body' | 'entry'>): Promise<Outcome> {
  const { host, model, budget } = frame.run;
  const { kind, body, entry } = action;
  const spot = { path: entry.path, offset: entry.start };
  const begun = host.clock.now();
  let isTold = false;
  const tellAt = (at: number, outcome?: string, detail?: string) => {
    isTold = true;
    host.trace({ action: traceName(kind), name: textAt(body, 'name') ?? kind, path: spot.path, at, outcome, detail });
  };
  const tell = (outcome?: string, detail?: string) => tellAt(host.clock.now(), outcome, detail);
  try {
    budget.spend(spot);
    const outcome = await performerOf(kind, model.root, spot)({ kind, body, frame, spot, tell, runBlock });
    if (!isTold) tellAt(begun, wordFor(outcome), outcome.detail);
    if (outcome.kind !== 'way') return outcome;
    const way = wayOf(body, outcome.label);
    isTold = true;
    return way ? await runBlock(frame, model.blockIn(way)) : NEXT;
  } catch (error) {
    if (!isTold && error instanceof FlowFailure) tellAt(begun, 'error', error.message);
    if (!isTold && error instanceof HungUp) tellAt(begun, 'hung up');
    throw error;
  }
}

function performerOf(kind: string, root: string, spot: Spot): Perform {
  if (root === 'workflow' && onlyWithCaller.has(kind))
    throw new FlowFailure(`${kind} needs a caller, and a workflow has none`, spot);
  const found = actionNamed(kind);
  if (!found) throw new NotRehearsed(`the action "${kind}" is not rehearsed here`, spot);
  return found;
}

/** The output of this name, in whatever case. */
function wayOf(body: YAMLMap | undefined, label: string): YAMLMap | undefined {
  const outputs = mapAt(body, 'outputs')?.items ?? [];
  const found = outputs.find(
    ({ key }) => isScalar(key) && String(key.value).toLowerCase() === label.toLowerCase(),
  )?.value;
  return isMap(found) ? found : undefined;
}

function wordFor(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'way':
      return outcome.label;
    case 'goto':
      return `to ${outcome.place.name}`;
    case 'end':
      return outcome.ending.kind;
    case 'endTask':
      return outcome.path;
    case 'menu':
      return outcome.which;
    default:
      return undefined;
  }
}
