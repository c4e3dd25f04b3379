import { isScalar } from 'yaml';
import type { Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

const NOTHING = /^(?:null|undefined|nil|none|not_set)$/i;

/** What is not there is not there: no text that says so is passed on in its place. */
export const emptyValues: Rule = {
  name: 'empty-values',
  check: ({ entries }) =>
    entries.flatMap(({ name, value, parent }): readonly Problem[] => {
      if ((name !== 'lit' && name !== 'exp') || !isScalar(value)) return [];
      const text = String(value.value);
      const offset = value.range?.[0] ?? 0;
      const what = name === 'exp' ? /^"(.*)"$/.exec(text.trim())?.[1] : text;
      const isValue = parent?.name === 'value' || parent?.parent?.name === 'inputs';
      if (isValue && typeof value.value === 'string' && what !== undefined && NOTHING.test(what))
        return [
          {
            severity: 'warning',
            message: `the text "${what}" is a value like any other to whoever reads it: leave it out, or use noValue`,
            offset,
          },
        ];
      if (parent?.name === 'invocationData' && what === '')
        return [
          {
            severity: 'warning',
            message: 'an empty text is handed over: write noValue: true, or something to know the call by',
            offset,
          },
        ];
      return [];
    }),
};
