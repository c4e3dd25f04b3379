import type { Plan, PlannedRemoval, PlannedStep } from '../engine/plan.ts';
import { formatTable } from './format-table.ts';

/** What a person calls a kind of resource. */
export type Label = (kind: string) => string;

const words: Readonly<Record<PlannedStep['action'], string>> = {
  create: 'create',
  update: 'change',
  replace: 'replace',
  move: 'create',
  keep: 'keep',
  use: 'use',
  conflict: 'CONFLICT',
};

function detailOf({ action, drift, from, why }: PlannedStep): string {
  if (action === 'conflict') return why ?? '';
  if (action === 'move') return from ? `in the place of ${from}` : '';
  if (action === 'use') return 'as it is: it belongs to somebody else';
  if (action === 'update' && drift.length === 0 && why === undefined) return '(taken up again)';
  return [drift.length > 0 ? `(${drift.join(', ')})` : '', why ?? ''].filter((part) => part !== '').join(' ');
}

const removalWords: Readonly<Record<PlannedRemoval['action'], string>> = {
  delete: 'delete',
  keep: 'leave',
  forget: 'forget',
};

/** The plan as lines: what will be done to what. What stays as it is is only counted. */
export function formatPlan({ steps, removals }: Plan, label: Label): readonly string[] {
  const shown = steps.filter(({ action }) => action !== 'keep');
  const kept = steps.length - shown.length;
  const rows = [
    ...shown.map((step) => [words[step.action], label(step.kind), step.name, detailOf(step)]),
    // What was built last goes first.
    ...removals
      .toReversed()
      .map((removal) => [
        removalWords[removal.action],
        label(removal.kind),
        removal.name,
        removal.why ? `(${removal.why})` : '',
      ]),
  ];
  const notes = steps.flatMap(({ name, notes }) => notes.map((note) => `Note: ${name}: ${note}.`));
  const claims = [
    ...steps.flatMap((step) => formatClaims(step, 'overwritten')),
    ...removals.flatMap((removal) => formatClaims(removal, 'deleted')),
  ];
  return [
    ...formatTable(rows).map((line) => `  ${line}`),
    ...(kept > 0 && rows.length > 0
      ? [`  ${kept} more stay${kept === 1 ? 's' : ''} as ${kept === 1 ? 'it is' : 'they are'}.`]
      : []),
    ...notes,
    ...claims,
  ];
}

/** What others have to do with something that is going to be changed or deleted. */
function formatClaims({ name, overwrites, locked }: PlannedStep | PlannedRemoval, fate: string): readonly string[] {
  const word = overwrites?.isTheirs ? 'Edited' : 'Note';
  return [
    ...(overwrites ? [`${word}: ${name}: ${overwrites.what}; it is ${fate} after a copy was kept.`] : []),
    ...(locked === undefined ? [] : [`Locked: ${name}: ${locked} has it locked.`]),
  ];
}

/** The plan in one line: `21 to create, 2 to delete`. */
export function summarizePlan({ steps, removals }: Plan): string {
  const done = [...steps.map(({ action }) => words[action]), ...removals.map(({ action }) => removalWords[action])];
  return ['create', 'change', 'replace', 'use', 'CONFLICT', 'delete', 'leave', 'forget']
    .flatMap((word) => {
      const count = done.filter((one) => one === word).length;
      return count > 0 ? [word === 'CONFLICT' ? `${count} in conflict` : `${count} to ${word}`] : [];
    })
    .join(', ');
}
