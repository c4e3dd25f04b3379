import type { AnyFlow } from '../document.ts';
import { nodeAt } from '../model/entries.ts';
import { play } from './audio.ts';
import { createBudget, MOST_ACTIONS } from './budget.ts';
import { type Ending, type FlowHost, type FlowInput, HungUp } from './contract.ts';
import { declareFlow } from './declare.ts';
import { handleError } from './error-handling.ts';
import { FlowFailure, NotRehearsed } from './flow-failure.ts';
import type { Run } from './frame.ts';
import { type FlowModel, readModel } from './model.ts';
import { playFrom } from './play-flow.ts';
import { createSecrets } from './secrets.ts';

const rehearsed = ['inboundCall', 'secureCall', 'workflow'];

/**
 * Runs a flow to its end. Never throws for what the flow does: what goes wrong in it ends as `error`, after the flow's
 * own error handling was carried out.
 */
export async function runFlow(document: AnyFlow, host: FlowHost, input: FlowInput): Promise<Ending> {
  let run: Run | undefined;
  try {
    const model = readModel(document);
    run = { model, host, secrets: createSecrets(), budget: createBudget(MOST_ACTIONS), flow: new Map() };
    return await begin(model, run, input);
  } catch (error) {
    if (error instanceof HungUp) return { kind: 'hung up' };
    if (!(error instanceof FlowFailure)) throw error;
    if (run && !(error instanceof NotRehearsed)) await handleError(run);
    const { path, offset } = error.spot;
    return { kind: 'error', message: error.message, where: `${document.at(offset)} ${path}` };
  }
}

async function begin(model: FlowModel, run: Run, input: FlowInput): Promise<Ending> {
  const { flow, root } = model;
  const spot = { path: `/${root}`, offset: flow.range?.[0] ?? 0 };
  if (!rehearsed.includes(root)) throw new NotRehearsed(`a flow of the type "${root}" is not rehearsed here`, spot);
  declareFlow(run, input);
  const start = model.follow(flow, 'startUpRef', spot);
  if (root !== 'workflow') await play({ frame: { run, local: new Map() }, spot }, nodeAt(flow, 'initialGreeting'));
  return playFrom(run, start);
}
