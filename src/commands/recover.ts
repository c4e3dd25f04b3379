import { agree } from './ask.ts';
import type { Invocation } from './command.ts';
import type { Recovered } from './find-installed.ts';
import type { Session } from './session.ts';

interface Question {
  /** What is to become of what was found. */
  readonly question: string;
  readonly byDefault: boolean;
}

/** Makes a state of what was found without one, after a yes. Gives whether anything was. */
export async function recover(
  invocation: Invocation,
  session: Session,
  found: Recovered,
  { question, byDefault }: Question,
): Promise<boolean> {
  const count = Object.keys(found.steps).length + found.others.length;
  if (count === 0) return false;
  const what = count === 1 ? 'an object carries' : `${count} objects carry`;
  const message = `There is no state file, but ${what} the mark of this installation. ${question}`;
  await agree(invocation, { message, byDefault, flag: '--recover' });
  await rebuild(invocation, session, found);
  invocation.reporter.say(`Took up ${count === 1 ? 'one object' : `${count} objects`}.`);
  return true;
}

/** The state has the settings that it was found with. What the last finished run wanted is lost. */
function rebuild({ io }: Invocation, { deps, settings }: Session, { steps, others }: Recovered): Promise<void> {
  const run = { settings, startedAt: new Date(io.clock.now()).toISOString() };
  return deps.ledger.update((state) => ({ ...state, run, steps, retired: others, settled: null }));
}
