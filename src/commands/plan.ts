import { hasChanges, makePlan } from '../engine/plan.ts';
import { exitCode } from '../errors/setup-error.ts';
import { checked } from './checks.ts';
import type { Command } from './command.ts';
import { introduce } from './introduce.ts';
import { withSession } from './session.ts';
import { showPlan } from './show-plan.ts';

/** Shows what install would do, and changes nothing. */
export const plan: Command = (invocation) =>
  withSession(
    invocation,
    { name: 'plan', fallback: 'no fallback', settings: 'all', writes: false },
    async (session) => {
      introduce(invocation, session);
      const targets = await session.targets();
      const made = await checked(invocation, session, 'look', () => makePlan(targets, session.deps));
      showPlan(invocation, session, made);
      const changes = hasChanges(made);
      if (!changes) invocation.reporter.show([`No changes. ${made.steps.length} objects were checked.`]);
      return { exit: changes && invocation.options.exitCode ? exitCode.changes : exitCode.done, changes };
    },
  );
