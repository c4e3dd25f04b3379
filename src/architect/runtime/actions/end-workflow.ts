import { nodeAt } from '../../model/entries.ts';
import type { Perform } from '../step.ts';
import { textOfValue } from '../values.ts';

/** Ends a workflow, and says why. */
export const endWorkflow: Perform = (step) => {
  const exitReason = textOfValue(step, nodeAt(step.body, 'exitReason'));
  return { kind: 'end', ending: { kind: 'ended', exitReason }, detail: exitReason };
};
