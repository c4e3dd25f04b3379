import type { YAMLMap } from 'yaml';
import { routed } from '../../model/kinds.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';
import { follow } from '../paths.ts';
import { reachedFrom, startsOf } from '../reach.ts';

/** Every task, menu and state can be come to, and every action too. */
export const unreachable: Rule = {
  name: 'unreachable',
  check: (context) => [...containers(context), ...actions(context)],
};

function containers(context: LintContext): readonly Problem[] {
  const { root, model } = context;
  const starts = startsOf(context);
  if (!routed.has(root) || starts.length === 0) return [];
  const reached: ReadonlySet<YAMLMap> = reachedFrom(context, starts);
  return model.containers
    .filter(({ body }) => !reached.has(body))
    .map(({ kind, id, entry }) => ({
      // Architect gives every new flow a menu, used or not.
      severity: kind === 'menu' ? 'note' : 'warning',
      message: `nothing leads to the ${kind} "${id}"`,
      offset: entry.start,
    }));
}

const actions = ({ model }: LintContext): readonly Problem[] => {
  const dead = model.blocks.flatMap((block) => follow(block, (_, ways) => ways).dead);
  return dead.map(({ kind, entry }) => ({
    severity: 'warning',
    message: `this ${kind} is never reached: what stands before it ends there or goes elsewhere`,
    offset: entry.start,
  }));
};
