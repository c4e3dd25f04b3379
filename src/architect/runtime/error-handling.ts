import { isMap, isScalar } from 'yaml';
import { mapAt, nodeAt } from '../model/entries.ts';
import { targetName } from './actions/target-name.ts';
import { play } from './audio.ts';
import { createBudget, MOST_ACTIONS_AFTER_ERROR } from './budget.ts';
import { HungUp } from './contract.ts';
import { FlowFailure } from './flow-failure.ts';
import type { Run } from './frame.ts';
import { playFrom } from './play-flow.ts';

/** Does what the flow says is to be done after an error. What goes wrong with that itself ends the flow silently. */
export async function handleError(broken: Run): Promise<void> {
  const run = { ...broken, budget: createBudget(MOST_ACTIONS_AFTER_ERROR) };
  try {
    await handle(run);
  } catch (error) {
    if (!(error instanceof FlowFailure || error instanceof HungUp)) throw error;
  }
}

async function handle(run: Run): Promise<void> {
  const { model, host } = run;
  const path = `/${model.root}/settingsErrorHandling`;
  const spot = { path, offset: 0 };
  const asked = { frame: { run, local: new Map() }, spot };
  if (model.root !== 'workflow')
    await play(asked, nodeAt(model.flow, 'settingsErrorHandling', 'preHandlingAudio'), false);
  const [way] = mapAt(model.flow, 'settingsErrorHandling', 'errorHandling')?.items ?? [];
  const kind =
    way && isScalar(way.key) ? String(way.key.value) : model.root === 'workflow' ? 'endWorkflow' : 'disconnect';
  const body = way && isMap(way.value) ? way.value : undefined;
  const name = targetName(asked, body);
  host.trace({ action: 'errorHandling', name: kind, path, at: host.clock.now(), outcome: name });
  const ref = body?.items.map(({ key }) => String(key)).find((key) => key.endsWith('Ref'));
  if (body && ref !== undefined) await playFrom(run, model.follow(body, ref, spot));
}
