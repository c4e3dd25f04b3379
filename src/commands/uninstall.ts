import { hasChanges, makePlan, type Plan } from '../engine/plan.ts';
import { exitCode } from '../errors/setup-error.ts';
import { labelOf } from '../resources/labels.ts';
import { summarizePlan } from '../ui/format-plan.ts';
import { agree } from './ask.ts';
import { askForData } from './ask-for-data.ts';
import { afterFailure, carryOut, settle } from './carry-out.ts';
import { checked } from './checks.ts';
import type { Command, Invocation, Outcome } from './command.ts';
import { findInstalled } from './find-installed.ts';
import { introduce } from './introduce.ts';
import { isEmpty, nothingInstalled } from './nothing-installed.ts';
import { refuseLocked } from './others-work.ts';
import { peek } from './peek.ts';
import { recover } from './recover.ts';
import { type Session, withSession } from './session.ts';

/** Takes away everything that was installed, callers first, and says what it keeps. */
export const uninstall: Command = async (invocation) => {
  const { begun, saved } = await peek(invocation, 'to the sandbox');
  if (saved && isEmpty(saved.state)) return { ...nothingInstalled(invocation, begun), kept: [] };
  const settings = saved ? 'recorded' : 'all';
  return withSession(
    invocation,
    { name: 'uninstall', fallback: 'to the sandbox', settings, writes: true },
    async (session) => {
      introduce(invocation, session);
      if (!session.hasState && !(await takeUp(invocation, session)))
        return { ...nothingInstalled(invocation, begun), kept: [] };
      const made = await checked(invocation, session, 'remove', () => makePlan([], session.deps));
      invocation.reporter.plan(made);
      refuseLocked(invocation, made);
      const plan = await askForData(invocation, made);
      const whole = { targets: [], plan, settings: session.settings };
      if (!hasChanges(plan)) {
        await settle(invocation, session, whole);
        return finished(invocation, session);
      }
      await agree(invocation, { message: question(invocation, plan), byDefault: false });
      try {
        await carryOut(invocation, session, whole);
      } catch (error) {
        return afterFailure(invocation, session, error, 'uninstall');
      }
      return finished(invocation, session);
    },
  );
};

function question({ options }: Invocation, plan: Plan): string {
  const drain = options.drain === 0 ? '' : ' Callers go first; calls on the line get time to end.';
  return `Take it away (${summarizePlan(plan)})?${drain}`;
}

/** Without a state: looks for what carries our mark. Gives whether there is anything. */
async function takeUp(invocation: Invocation, session: Session): Promise<boolean> {
  const found = await findInstalled(session, invocation, await session.targets());
  const how = { question: 'Take up what there is, to delete it?', byDefault: false };
  return recover(invocation, session, found, how);
}

function finished({ reporter }: Invocation, { deps, settings, place }: Session): Outcome {
  const kept = deps.ledger.state.retired.map(({ id, kind, key }) => ({ id, kind, name: key.name }));
  reporter.show([
    '',
    kept.length === 0
      ? `Nothing of the environment "${settings.environment}" is left.`
      : `Everything of the environment "${settings.environment}" is gone, except what was kept:`,
    ...kept.map(({ kind, name }) => `  ${labelOf(kind)} ${name}`),
    ...(kept.length === 0 ? [] : [`To delete that too, run "${place.again('uninstall')} --delete-data".`]),
  ]);
  return { exit: exitCode.done, kept };
}
