import { nodeAt, textAt } from '../../model/entries.ts';
import type { Rule } from '../context.ts';

/** A refId stands for one menu, task or state. */
export const uniqueIds: Rule = {
  name: 'unique-ids',
  check: ({ model }) => {
    const seen = new Set<string>();
    return model.containers.flatMap(({ kind, body, entry }) => {
      const id = textAt(body, 'refId');
      if (id === undefined) return [];
      const isTwice = seen.has(`${kind} ${id}`);
      seen.add(`${kind} ${id}`);
      const offset = nodeAt(body, 'refId')?.range?.[0] ?? entry.start;
      return isTwice ? [{ severity: 'error', message: `another ${kind} has the refId "${id}" already`, offset }] : [];
    });
  },
};
