import { apply } from '../engine/apply.ts';
import { isSettled, sameData } from '../engine/commit.ts';
import { makePlan, type Plan } from '../engine/plan.ts';
import type { State } from '../engine/record.ts';
import { settledTargets, type Target } from '../engine/target.ts';
import { exitCodeOf } from '../errors/exit-code-of.ts';
import { exitCode } from '../errors/setup-error.ts';
import { resources } from '../resources/index.ts';
import { ticking } from '../ui/ticking.ts';
import type { Invocation, Outcome } from './command.ts';
import { refuseEdited, refuseLocked } from './others-work.ts';
import type { Session } from './session.ts';

/** All of one change: where to, how, and with which settings. */
interface Whole {
  readonly targets: readonly Target[];
  readonly plan: Plan;
  readonly settings: object;
}

/** Writes down what is about to be done, does it, and throws away the bytes that nothing refers to any more. */
export async function carryOut(
  invocation: Invocation,
  { deps, artifacts }: Session,
  { targets, plan, settings }: Whole,
): Promise<void> {
  const startedAt = new Date(invocation.io.clock.now()).toISOString();
  await deps.ledger.update((state) => ({ ...state, run: { settings, startedAt } }));
  await ticking(invocation.io.clock, invocation.reporter, () => apply(targets, plan, deps));
  await artifacts.prune(hashesIn(deps.ledger.state));
}

/** Where nothing has to be changed any more, has the record say so too: the run that did it may not have come to that. */
export async function settle(invocation: Invocation, session: Session, whole: Whole): Promise<void> {
  const { state } = session.deps.ledger;
  if (isSettled(state, whole.targets) && sameData(state.run?.settings, whole.settings)) return;
  await carryOut(invocation, session, whole);
}

/** Every sha256 that an input in the state may name. */
function hashesIn({ steps, retired, settled }: State): ReadonlySet<string> {
  const inputs = [...Object.values(steps), ...retired, ...Object.values(settled?.steps ?? {})].map((one) => one.inputs);
  return new Set(JSON.stringify(inputs).match(/\b[0-9a-f]{64}\b/g));
}

type Failed = 'install' | 'uninstall' | 'rollback';

const advice = (takeAway: string): Readonly<Record<Failed, string>> => ({
  install: `What was made is kept. Run the command again to go on, or take it away with "${takeAway}".`,
  uninstall: 'What is gone is gone, and what is left is still recorded. Run the command again to go on.',
  rollback: 'What was done is written down. Run the command again to go on.',
});

/**
 * Says how a failed run stands, and rolls it back if that was asked for. Ctrl-C never rolls back: running again goes on
 * from where it stopped.
 */
export async function afterFailure(
  invocation: Invocation,
  session: Session,
  error: unknown,
  what: Failed = 'install',
): Promise<Outcome> {
  const { reporter, options, signal } = invocation;
  reporter.error(error);
  const isWanted = what === 'install' && options.onFailure === 'rollback' && !signal.aborted;
  if (!isWanted || session.deps.ledger.state.settled === null) {
    reporter.say(advice(session.place.again('uninstall'))[what]);
    return { exit: exitCodeOf(signal.aborted ? signal.reason : error) };
  }
  reporter.say('Rolling back to the last finished run.');
  try {
    await rollBack(invocation, session);
  } catch (obstacle) {
    reporter.error(obstacle);
    reporter.say(
      `It is not rolled back. Go on with "${session.place.again('rollback')}", or run the command again to have it done after all.`,
    );
    return { exit: exitCodeOf(signal.aborted ? signal.reason : error) };
  }
  reporter.say('Rolled back: everything is as the last finished run left it.');
  return { exit: exitCode.rolledBack };
}

async function rollBack(invocation: Invocation, session: Session): Promise<void> {
  const whole = await planRollback(session);
  refuseLocked(invocation, whole.plan);
  refuseEdited(invocation, session, whole.plan);
  await carryOut(invocation, session, whole);
}

/** What makes the world what the last finished run left. */
export async function planRollback({ deps }: Pick<Session, 'deps'>): Promise<Whole> {
  const { settled, run } = deps.ledger.state;
  const targets = settledTargets(settled?.steps ?? {}, resources);
  const plan = await makePlan(targets, deps);
  return { targets, plan, settings: settled?.settings ?? run?.settings ?? {} };
}
