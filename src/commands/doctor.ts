import { makePlan } from '../engine/plan.ts';
import { exitCode } from '../errors/setup-error.ts';
import { errorsIn, type Finding } from '../preflight/finding.ts';
import { failureFinding, planFindings } from '../preflight/plan-findings.ts';
import { preflight } from '../preflight/preflight.ts';
import { countBySeverity, formatFindings } from '../ui/format-findings.ts';
import { contextOf, reading } from './checks.ts';
import type { Command } from './command.ts';
import { introduce } from './introduce.ts';
import { type Session, withSession } from './session.ts';

/** Checks everything that an install would, and changes nothing. */
export const doctor: Command = (invocation) =>
  withSession(
    invocation,
    { name: 'doctor', fallback: 'no fallback', settings: 'all', writes: false },
    async (session) => {
      const { reporter } = invocation;
      introduce(invocation, session);
      const [found, planned] = await reading(invocation, () =>
        Promise.all([preflight({ ...contextOf(invocation, session, 'change'), hasTrigger: false }), planOf(session)]),
      );
      const findings = [...found, ...planned];
      for (const finding of findings) reporter.data('finding', finding);
      reporter.say('');
      reporter.show(formatFindings(findings));
      const exit = errorsIn(findings).length > 0 ? exitCode.preflight : exitCode.done;
      return { exit, ...countBySeverity(findings) };
    },
  );

/** What the plan of an install would find; that it cannot be made is a finding too. */
async function planOf({ targets, deps }: Session): Promise<readonly Finding[]> {
  try {
    return planFindings(await makePlan(await targets(), deps));
  } catch (error) {
    return [failureFinding(error)];
  }
}
