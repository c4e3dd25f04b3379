import { textAt } from '../../model/entries.ts';
import type { Rule } from '../context.ts';

/** What a flow takes and gives is said, not left to a default that differs from place to place. */
export const variableOptions: Rule = {
  name: 'variable-options',
  check: ({ variables }) =>
    variables.all.flatMap(({ name, body, entry }) => {
      const absent = ['isInput', 'isOutput'].filter((key) => textAt(body, key) === undefined);
      if (absent.length === 0) return [];
      return [{ severity: 'note', message: `${name} does not say ${absent.join(' and ')}`, offset: entry.start }];
    }),
};
