import { isMap } from 'yaml';
import { around, nodeAt, textAt } from '../../model/entries.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

const KEY = /^digit_(?:[\d*#]|star|pound)$/;

/** Each key chooses one thing, and whoever presses none that is known is not lost. */
export const menuChoices: Rule = {
  name: 'menu-choices',
  check: (context) => [...defaults(context), ...keys(context)],
};

const defaults = ({ model }: LintContext): readonly Problem[] =>
  model.containers
    .filter(({ kind, body }) => kind === 'menu' && !body.has('defaultChildMenuRef'))
    .map(({ id, entry }) => ({
      severity: 'note',
      message: `the menu "${id}" has no default choice for callers who press nothing that it knows`,
      offset: entry.start,
    }));

function keys({ entries }: LintContext): readonly Problem[] {
  const seen = new Map<unknown, Set<string>>();
  return entries.flatMap((entry): readonly Problem[] => {
    const key = entry.name === 'dtmf' && isMap(entry.parent?.value) ? textAt(entry.map, 'dtmf') : undefined;
    const menu = [...around(entry)].find(({ name }) => name === 'choices');
    if (key === undefined || !menu || /\{\{|\$\{/.test(key)) return [];
    const taken = seen.get(menu) ?? new Set();
    seen.set(menu, taken);
    const offset = nodeAt(entry.map, 'dtmf')?.range?.[0] ?? entry.start;
    if (taken.has(key))
      return [{ severity: 'error', message: `${key} chooses something else in this menu already`, offset }];
    taken.add(key);
    return KEY.test(key)
      ? []
      : [{ severity: 'note', message: `"${key}" is no key that is known here: digit_0 to digit_9`, offset }];
  });
}
