import { nearestName } from '../../expression/nearest-name.ts';
import { roots } from '../../model/kinds.ts';
import type { Rule } from '../context.ts';

/** The root key says which type of flow it is. */
export const flowType: Rule = {
  name: 'flow-type',
  check: ({ root, entries }) => {
    const [first] = entries;
    if (!first || roots.some((known) => known.toLowerCase() === root.toLowerCase())) return [];
    const meant = nearestName(root, roots);
    const message = `"${root}" is no type of flow that is known here${meant ? `: did you mean ${meant}?` : ''}`;
    return [{ severity: meant ? 'error' : 'note', message, offset: first.start }];
  },
};
