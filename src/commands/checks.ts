import type { Plan } from '../engine/plan.ts';
import { errorsIn, type Finding } from '../preflight/finding.ts';
import { conflictsIn, licenceFinding, locksIn } from '../preflight/plan-findings.ts';
import { preflight, refusal } from '../preflight/preflight.ts';
import type { Needs, PreflightContext } from '../preflight/rule.ts';
import { TOPIC } from '../solution.ts';
import { formatNote } from '../ui/format-findings.ts';
import { busyWith } from '../ui/ticking.ts';
import type { Invocation } from './command.ts';
import type { Session } from './session.ts';

/** Looks at what there is, and has the reporter say so meanwhile. */
export const reading = <T>({ io, reporter }: Invocation, look: () => Promise<T>): Promise<T> =>
  busyWith(io.clock, reporter, 'reading what is there', look);

/**
 * Makes a plan, and meanwhile checks what it does not see. What is in the way is said all at once, and before what the
 * plan may have stumbled over because of it; whatever else is to be known is only told.
 */
export async function checked(
  invocation: Invocation,
  session: Session,
  needs: Needs,
  plan: () => Promise<Plan>,
): Promise<Plan> {
  const [planned, found] = await reading(invocation, () =>
    Promise.allSettled([plan(), preflight(contextOf(invocation, session, needs))]),
  );
  if (found.status === 'rejected') throw planned.status === 'rejected' ? planned.reason : found.reason;
  for (const finding of found.value) tell(invocation, finding);
  const errors = [...errorsIn(found.value), ...errorsOf(invocation, planned)];
  const isOnlyConflicts = planned.status === 'fulfilled' && errorsIn(found.value).length === 0;
  // Conflicts and locks alone are shown in the plan, among all else.
  if (errors.length > 0 && !isOnlyConflicts) throw refusal(errors);
  if (planned.status === 'rejected') throw planned.reason;
  return planned.value;
}

function errorsOf({ options }: Invocation, planned: PromiseSettledResult<Plan>): readonly Finding[] {
  if (planned.status === 'fulfilled')
    return [...conflictsIn(planned.value), ...(options.forceUnlock ? [] : locksIn(planned.value))];
  const finding = licenceFinding(planned.reason);
  return finding ? [finding] : [];
}

function tell({ reporter }: Invocation, finding: Finding): void {
  // What is in the way is told with the error that it ends in.
  if (finding.severity === 'ok' || finding.severity === 'error') return;
  reporter.say(formatNote(finding));
  reporter.data('finding', finding);
}

/** What the rules look at. */
export const contextOf = ({ io, options }: Invocation, session: Session, needs: Needs): PreflightContext => ({
  aws: session.clouds.aws,
  genesys: session.clouds.genesys,
  identity: session.identity,
  clientId: session.clouds.client.clientId,
  settings: session.settings,
  names: session.names,
  publisher: session.publisher,
  topic: TOPIC,
  needs,
  hasTrigger: session.deps.ledger.state.steps['trigger']?.outputs !== undefined,
  deletesData: options.deleteData === true,
  unlocks: options.forceUnlock === true,
  now: io.clock.now,
  nodeVersion: process.versions.node,
});
