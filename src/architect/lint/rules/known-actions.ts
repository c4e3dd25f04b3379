import { nearestName } from '../../expression/nearest-name.ts';
import { knownKinds, onlyWithCaller } from '../../model/kinds.ts';
import type { Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** A kind of action that nearly is a known one is a slip; others are not looked into, which is told once each. */
export const knownActions: Rule = {
  name: 'known-actions',
  check: ({ model, root }) => {
    const told = new Set<string>();
    return model.actions.flatMap(({ kind, entry: { start } }): readonly Problem[] => {
      if (root === 'workflow' && onlyWithCaller.has(kind))
        return [{ severity: 'error', message: `${kind} needs a caller: a workflow has none`, offset: start }];
      if (!root.endsWith('Call') && root !== 'workflow') return [];
      if (root.endsWith('Call') && kind === 'endWorkflow')
        return [{ severity: 'error', message: 'endWorkflow ends a workflow, not a call: disconnect', offset: start }];
      if (knownKinds.includes(kind) || told.has(kind)) return [];
      told.add(kind);
      const meant = nearestName(kind, knownKinds);
      if (meant)
        return [{ severity: 'error', message: `there is no action "${kind}": did you mean ${meant}?`, offset: start }];
      return [
        { severity: 'note', message: `the action "${kind}" is not known here, and not looked into`, offset: start },
      ];
    });
  },
};
