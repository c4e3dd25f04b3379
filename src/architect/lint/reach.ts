import type { YAMLMap } from 'yaml';
import type { Action, Block } from '../model/model.ts';
import type { Ref } from '../model/refs.ts';
import type { LintContext } from './context.ts';

const bodyOf = ({ target }: Ref): readonly YAMLMap[] =>
  target !== 'not looked up' && 'body' in target ? [target.body] : [];

/** What the refs outside every menu, task and state lead to: where a flow begins, and where it goes after an error. */
export const startsOf = ({ refs, model }: LintContext): readonly YAMLMap[] =>
  refs.filter(({ entry }) => !model.containerOf(entry)).flatMap(bodyOf);

/** Everything that can be come to from there. */
export function reachedFrom({ refs, model }: LintContext, starts: readonly YAMLMap[]): ReadonlySet<YAMLMap> {
  const reached = new Set(starts);
  for (const body of reached)
    for (const ref of refs)
      if (model.containerOf(ref.entry)?.body === body) for (const to of bodyOf(ref)) reached.add(to);
  return reached;
}

/** The actions of a task or state. */
export const mainBlock = ({ model }: LintContext, body: YAMLMap): Block | undefined =>
  model.blocks.find(({ entry }) => entry.map === body);

/** Where a jump goes; undefined if that is not known. */
export function targetOfJump({ refs }: LintContext, { body }: Action): YAMLMap | undefined {
  const ref = refs.find(({ entry }) => entry.map === body);
  return ref && bodyOf(ref)[0];
}
