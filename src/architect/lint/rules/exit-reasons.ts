import { isNoValue, nodeAt } from '../../model/entries.ts';
import type { Rule } from '../context.ts';

/** A workflow says why it ended: it is all that its list of executions shows. */
export const exitReasons: Rule = {
  name: 'exit-reasons',
  check: ({ model }) =>
    model.actions
      .filter(
        ({ kind, body }) =>
          kind === 'endWorkflow' && (!body?.has('exitReason') || isNoValue(nodeAt(body, 'exitReason'))),
      )
      .map(({ entry }) => ({
        severity: 'note',
        message: 'this end gives no exitReason to tell it from others',
        offset: entry.start,
      })),
};
