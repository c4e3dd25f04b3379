import { hasChanges } from '../engine/plan.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { summarizePlan } from '../ui/format-plan.ts';
import { agree } from './ask.ts';
import { afterFailure, carryOut, planRollback } from './carry-out.ts';
import { reading } from './checks.ts';
import type { Command } from './command.ts';
import { introduce } from './introduce.ts';
import { isTakenAway, nothingInstalled } from './nothing-installed.ts';
import { agreeOnOthersWork } from './others-work.ts';
import { peek } from './peek.ts';
import { withSession } from './session.ts';

/** Goes back to what the last finished run left: undoes a run that failed or was stopped. */
export const rollback: Command = async (invocation) => {
  const { begun, saved } = await peek(invocation, 'to the sandbox');
  if (!saved) return { ...nothingInstalled(invocation, begun), changes: false };
  const { settled } = saved.state;
  if (isTakenAway(saved.state))
    throw new SetupError('The last run was an uninstall, and cannot be rolled back: what it deleted is gone.', {
      exit: exitCode.usage,
      hint: `Take the rest away with "${begun.place.again('uninstall')}", or make everything anew with "${begun.place.again('install')}".`,
    });
  if (!settled)
    throw new SetupError('There is no finished run to go back to: the state was rebuilt from what was found.', {
      exit: exitCode.usage,
      hint: `Finish with "${begun.place.again('install')}", or take everything away with "${begun.place.again('uninstall')}".`,
    });
  return withSession(
    invocation,
    { name: 'rollback', fallback: 'to the sandbox', settings: 'recorded', writes: true },
    async (session) => {
      introduce(invocation, session);
      await session.publisher.identify?.();
      const whole = await reading(invocation, () => planRollback(session));
      const { plan } = whole;
      invocation.reporter.plan(plan);
      if (!hasChanges(plan)) {
        invocation.reporter.show(['Nothing to roll back: the last run finished, and everything is as it left it.']);
        return { exit: exitCode.done, changes: false };
      }
      await agreeOnOthersWork(invocation, session, plan);
      await agree(invocation, { message: `Roll back (${summarizePlan(plan)})?`, byDefault: false });
      try {
        await carryOut(invocation, session, whole);
      } catch (error) {
        return afterFailure(invocation, session, error, 'rollback');
      }
      invocation.reporter.show(['', 'Rolled back to the last finished run.']);
      return { exit: exitCode.done, changes: true };
    },
  );
};
