import { nearestName } from '../../expression/nearest-name.ts';
import type { Ref } from '../../model/refs.ts';
import type { Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** The kind of thing that a ref of this name must lead to. */
const wanted: Readonly<Record<string, string>> = {
  targetTaskRef: 'task',
  targetMenuRef: 'menu',
  targetStateRef: 'state',
};

/** Every ref leads somewhere, and to the kind of thing that is meant. */
export const references: Rule = { name: 'references', check: ({ refs }) => refs.flatMap(problemsOf) };

function problemsOf({ entry, text, target }: Ref): readonly Problem[] {
  if (target === 'not looked up' || /\{\{|\$\{/.test(text)) return [];
  const offset = entry.value?.range?.[0] ?? entry.start;
  const kind = Object.hasOwn(wanted, entry.name) ? wanted[entry.name] : undefined;
  if ('body' in target) {
    if (!kind || target.kind === kind) return [];
    return [{ severity: 'error', message: `${entry.name} leads to a ${target.kind}, not to a ${kind}`, offset }];
  }
  const id = /"(.*)"/.exec(target.missing)?.[1] ?? '';
  const meant = nearestName(id, target.known) ?? (target.known.length === 1 ? target.known[0] : undefined);
  const message = `${entry.name} leads nowhere: there is no ${target.missing}${meant ? `. Did you mean "${meant}"?` : ''}`;
  return [{ severity: 'error', message, offset }];
}
