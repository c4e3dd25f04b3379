import { nodeAt } from '../../model/entries.ts';
import { along, type Perform } from '../step.ts';
import { neededAt } from '../values.ts';

/** Goes one way or the other. A condition that is NOT_SET is taken for an error: neither way can be meant. */
export const decision: Perform = (step) => {
  const condition = neededAt(step, nodeAt(step.body, 'condition'), 'boolean', 'the condition');
  return along(condition.type === 'boolean' && condition.value ? 'yes' : 'no');
};
