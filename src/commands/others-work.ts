import type { Plan } from '../engine/plan.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { locksIn } from '../preflight/plan-findings.ts';
import { refusal } from '../preflight/preflight.ts';
import { canAnswer, confirm } from './ask.ts';
import type { Invocation } from './command.ts';
import type { Session } from './session.ts';

/** Throws where somebody has something locked that is to be changed or deleted, unless the lock may be taken away. */
export function refuseLocked({ options }: Pick<Invocation, 'options'>, plan: Plan): void {
  const locks = options.forceUnlock ? [] : locksIn(plan);
  if (locks.length > 0) throw refusal(locks);
}

/** Throws where something that somebody else changed would be overwritten, unless that was said to be wanted. */
export function refuseEdited({ options }: Pick<Invocation, 'options'>, { copies }: Session, plan: Plan): void {
  const edits = options.overwriteEdits ? [] : editsIn(plan);
  if (edits.length === 0) return;
  throw new SetupError(`${summaryOf(edits)}. Nothing was changed.`, {
    exit: exitCode.preflight,
    details: edits.length > 1 ? edits : [],
    hint: `Add --overwrite-edits to overwrite ${edits.length > 1 ? 'them' : 'it'}; a copy is kept first, in ${copies.folder}. --yes alone does not say that.`,
  });
}

/**
 * Gets a yes of its own for what somebody else changed and would be overwritten: by the flag, or at a terminal. Throws
 * where there is none, and at a lock that must not be taken away.
 */
export async function agreeOnOthersWork(invocation: Invocation, session: Session, plan: Plan): Promise<void> {
  refuseLocked(invocation, plan);
  const edits = editsIn(plan);
  if (edits.length === 0) return;
  if (invocation.options.overwriteEdits || invocation.options.yes || !canAnswer(invocation))
    return refuseEdited(invocation, session, plan);
  const message = `${summaryOf(edits)}. A copy is kept first, in ${session.copies.folder}. Overwrite ${edits.length > 1 ? 'them' : 'it'}?`;
  await confirm(invocation, { message, byDefault: false });
}

const editsIn = ({ steps, removals }: Plan): readonly string[] =>
  [...steps, ...removals].flatMap(({ name, overwrites }) =>
    overwrites?.isTheirs ? [`${name}: ${overwrites.what}`] : [],
  );

const summaryOf = (edits: readonly string[]): string =>
  edits.length > 1 ? `${edits.length} things were changed by somebody else` : `Changed by somebody else: ${edits[0]}`;
