import { hasChanges, makePlan, type Plan } from '../engine/plan.ts';
import type { Target } from '../engine/target.ts';
import { exitCode } from '../errors/setup-error.ts';
import { formatInstalled } from '../ui/format-installed.ts';
import { summarizePlan } from '../ui/format-plan.ts';
import { agree } from './ask.ts';
import { askForData } from './ask-for-data.ts';
import { afterFailure, carryOut, settle } from './carry-out.ts';
import { checked, reading } from './checks.ts';
import type { Command, Invocation, Outcome } from './command.ts';
import { findInstalled, markedIn } from './find-installed.ts';
import { introduce } from './introduce.ts';
import { agreeOnOthersWork } from './others-work.ts';
import { recover } from './recover.ts';
import { type Session, withSession } from './session.ts';
import { showPlan } from './show-plan.ts';

/** Makes the organization and the account what the settings say: installs, changes, repairs. */
export const install: Command = (invocation) => {
  const isDry = invocation.options.dryRun === true;
  return withSession(
    invocation,
    { name: 'install', fallback: 'no fallback', settings: 'all', writes: !isDry },
    async (session) => {
      introduce(invocation, session);
      const { targets, plan } = await planWith(invocation, session, isDry);
      showPlan(invocation, session, plan);
      const whole = { targets, plan, settings: session.settings };
      if (!hasChanges(plan)) {
        if (!isDry) await settle(invocation, session, whole);
        if (!isDry) await invocation.answers?.save();
        return unchanged(invocation, session, plan);
      }
      if (isDry) return { exit: exitCode.done, changes: true };
      await agreeOnOthersWork(invocation, session, plan);
      const agreed = await askForData(invocation, plan);
      await agree(invocation, { message: `Go ahead (${summarizePlan(agreed)})?`, byDefault: !isDestructive(agreed) });
      await invocation.answers?.save();
      try {
        await carryOut(invocation, session, { ...whole, plan: agreed });
      } catch (error) {
        return afterFailure(invocation, session, error);
      }
      return installed(invocation, session);
    },
  );
};

/** Whether something goes that is there: then Enter alone is no yes. */
const isDestructive = ({ steps, removals }: Plan): boolean =>
  steps.some(({ action }) => action === 'replace') || removals.some(({ action }) => action === 'delete');

interface Wanted {
  readonly targets: readonly Target[];
  readonly plan: Plan;
}

/** What is to be there, and what that takes. Without a state, what carries our mark is taken up first, after a yes. */
async function planWith(invocation: Invocation, session: Session, isDry: boolean): Promise<Wanted> {
  const { deps } = session;
  const targets = await session.targets();
  const plan = await checked(invocation, session, isDry ? 'look' : 'change', () => makePlan(targets, deps));
  if (session.hasState || isDry) return { targets, plan };
  const found = await reading(invocation, () => findInstalled(session, invocation, markedIn(plan, targets)));
  const how = { question: 'Take up what there is again?', byDefault: true };
  if (!(await recover(invocation, session, found, how))) return { targets, plan };
  // Callers may be in already: then it goes in another order.
  const again = await session.targets();
  return { targets: again, plan: await reading(invocation, () => makePlan(again, deps)) };
}

function unchanged({ reporter }: Invocation, session: Session, plan: Plan): Outcome {
  reporter.show([`No changes. ${plan.steps.length} objects were checked.`]);
  return { exit: exitCode.done, changes: false, ...summaryOf(session) };
}

function installed({ reporter }: Invocation, session: Session): Outcome {
  reporter.show(formatInstalled(session.settings, session.place));
  return { exit: exitCode.done, changes: true, ...summaryOf(session) };
}

const summaryOf = ({ settings, installation, identity }: Session) => ({
  installation,
  environment: settings.environment,
  numbers: { first: settings.didStart, last: settings.didEnd },
  bucket: settings.bucket,
  organization: identity.organizationId,
  awsAccount: identity.awsAccount,
});
