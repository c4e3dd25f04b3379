import type { PlannedStep } from './plan.ts';

/** Something of our name is not ours, or cannot be ours; nothing was changed. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly conflicts: readonly PlannedStep[];
  constructor(conflicts: readonly PlannedStep[]) {
    super(conflicts.map(({ name, why }) => `${name}: ${why}`).join('\n'));
    this.conflicts = conflicts;
  }
}
