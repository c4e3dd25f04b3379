import type { Ending } from './contract.ts';
import { openFrame } from './declare.ts';
import type { Run } from './frame.ts';
import { runMenu } from './menu.ts';
import type { Place } from './model.ts';
import { runBlock } from './perform.ts';
import type { Outcome } from './step.ts';

/** Goes from place to place until the flow ends. */
export async function playFrom(run: Run, start: Place): Promise<Ending> {
  const menus: Place[] = [];
  for (let place = start; ; ) {
    if (isMenu(place) && menus.at(-1)?.body !== place.body) menus.push(place);
    const outcome = await enter(run, place);
    const next = nextPlace(outcome, menus);
    if (outcome.kind === 'end') return outcome.ending;
    if (!next) return fallOut(run, place);
    place = next;
  }
}

const isMenu = ({ body }: Place): boolean => body.has('choices');

async function enter(run: Run, place: Place): Promise<Outcome> {
  if (isMenu(place)) return runMenu(run, place);
  return runBlock(openFrame(run, place), run.model.blockIn(place.body));
}

function nextPlace(outcome: Outcome, menus: Place[]): Place | undefined {
  if (outcome.kind === 'goto') return outcome.place;
  if (outcome.kind !== 'menu') return undefined;
  // From the first menu there is no other to go back to.
  if (outcome.which === 'previous' && menus.length > 1) menus.pop();
  return menus.at(-1);
}

/** What Architect does where a task ends without an end is not documented: nothing follows, so it is over. */
function fallOut({ model, host }: Run, { spot }: Place): Ending {
  const isWorkflow = model.root === 'workflow';
  host.trace({
    action: isWorkflow ? 'actionEndWorkflow' : 'actionDisconnect',
    name: 'End',
    path: spot.path,
    at: host.clock.now(),
    detail: 'nothing follows here',
  });
  return isWorkflow ? { kind: 'ended', exitReason: undefined } : { kind: 'disconnect' };
}
