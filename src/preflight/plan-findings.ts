import { VendorError } from '../clients/vendor-error.ts';
import type { Plan, PlannedStep } from '../engine/plan.ts';
import { describeError } from '../errors/describe-error.ts';
import { labelOf } from '../resources/labels.ts';
import type { Finding } from './finding.ts';

/** What of a plan belongs to which rule; every other step is only about its name. */
const ruleOf = ({ id }: PlannedStep): 'bucket' | 'numbers' | 'names' => {
  if (id === 'bucket') return 'bucket';
  return id === 'ivr' || id === 'did-pool' ? 'numbers' : 'names';
};

const remedies = {
  bucket: 'Choose another name with --bucket, or leave it out: the default name cannot be taken by anybody else.',
  numbers: 'Choose other numbers with --did-start and --did-end, or free them: Admin > Telephony > DID Numbers.',
  names: 'Rename or remove it, or choose another --environment or prefix.',
} as const;

/** What a plan found to be in the way: names and numbers that are not ours. */
export const conflictsIn = ({ steps }: Plan): readonly Finding[] =>
  steps
    .filter(({ action }) => action === 'conflict')
    .map((step) => ({
      rule: ruleOf(step),
      severity: 'error',
      message: `${labelOf(step.kind)} ${step.name}: ${step.why ?? 'it is not ours.'}`,
      remedy: remedies[ruleOf(step)],
    }));

/** What somebody has locked that is to be changed or deleted. */
export const locksIn = ({ steps, removals }: Plan): readonly Finding[] =>
  [...steps, ...removals].flatMap(({ kind, name, locked }) =>
    locked === undefined
      ? []
      : [
          {
            rule: 'locks',
            severity: 'error',
            message: `${labelOf(kind)} ${name}: ${locked} has it locked in Architect.`,
            remedy:
              'Ask them to check it in or close it there, or add --force-unlock: what they saved is checked in by that, or even goes live, until it is overwritten.',
          },
        ],
  );

/** What somebody else changed that is to be overwritten. */
const editsIn = ({ steps }: Plan): readonly Finding[] =>
  steps.flatMap(({ kind, name, overwrites }) =>
    overwrites?.isTheirs
      ? [
          {
            rule: 'edits',
            severity: 'warning',
            message: `${labelOf(kind)} ${name}: ${overwrites.what}. An install would overwrite that.`,
            remedy: 'Add --overwrite-edits to the install if that is wanted; a copy is kept first.',
          },
        ]
      : [],
  );

/**
 * What it says that a plan could not be made: that the licence has no secure call flows, which cannot even be read then;
 * undefined where it says nothing of the kind.
 */
export function licenceFinding(error: unknown): Finding | undefined {
  const { explanation, message, hint } = describeError(error);
  if (explanation !== 'genesys.no-secure-flows') return undefined;
  return { rule: 'secure-flows', severity: 'error', message, remedy: hint };
}

/** Why a plan could not be made, as a finding; rethrows what is no answer of a vendor. */
export function failureFinding(error: unknown): Finding {
  if (!(error instanceof VendorError)) throw error;
  const { message, hint } = describeError(error);
  return (
    licenceFinding(error) ?? {
      rule: 'plan',
      severity: 'error',
      message: `What is there cannot be read: ${message}`,
      remedy: hint,
    }
  );
}

/** What a plan says of the bucket, the numbers and the names, with conflicts, locks and what others changed. */
export function planFindings(plan: Plan): readonly Finding[] {
  const conflicts = conflictsIn(plan);
  const isFree = (rule: string) => !conflicts.some((finding) => finding.rule === rule);
  const step = (id: string) => plan.steps.find((one) => one.id === id);
  const ok = (rule: keyof typeof remedies, message: string): readonly Finding[] =>
    isFree(rule) ? [{ rule, severity: 'ok', message }] : [];
  const [bucket, pool] = [step('bucket'), step('did-pool')];
  return [
    ...conflicts,
    ...locksIn(plan),
    ...editsIn(plan),
    ...(bucket ? ok('bucket', bucketText(bucket)) : []),
    ...(pool ? ok('numbers', numbersText(pool)) : []),
    { rule: 'secure-flows', severity: 'ok', message: 'Secure call flows can be read, so the licence has them.' },
    ...ok('names', `Of the ${plan.steps.length} names none is taken by something that is not ours.`),
  ];
}

const bucketText = ({ name, action }: PlannedStep) =>
  action === 'create' || action === 'move' ? `No bucket is called ${name} yet.` : `The bucket ${name} is ours.`;

function numbersText({ name, action }: PlannedStep): string {
  const where =
    action === 'use'
      ? 'in a DID pool of the organization, which is used as it is'
      : action === 'keep' || action === 'update' || action === 'replace'
        ? 'in a DID pool of ours'
        : 'in no DID pool yet: one will be made';
  return `Nothing else has ${name}, ${where}.`;
}
