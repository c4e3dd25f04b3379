import type { YAMLMap } from 'yaml';
import { calls } from '../../model/kinds.ts';
import type { Block } from '../../model/model.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';
import { follow } from '../paths.ts';
import { startsOf } from '../reach.ts';

/** Every way of a call ends with a disconnect, a transfer or a jump. */
export const callEndings: Rule = {
  name: 'call-endings',
  check: (context) =>
    calls.has(context.root) ? context.model.blocks.flatMap((block) => problemsOf(block, context)) : [],
};

function problemsOf(block: Block, context: LintContext): readonly Problem[] {
  if (isOnlyCalled(block, context)) return [];
  return follow(block)
    .falls.filter(({ isSure }) => isSure)
    .map(({ action, way, block: over }) => {
      const where = action ? `after this ${action.kind}${way ? ` (${way})` : ''}` : 'here';
      const message = `the call ends ${where} without disconnect or transfer: nothing follows`;
      return { severity: 'warning', message, offset: action?.entry.start ?? over.entry.start };
    });
}

/** A task that is called and not jumped to goes back to where it was called. */
function isOnlyCalled({ entry }: Block, context: LintContext): boolean {
  const body: YAMLMap = entry.map;
  const isTarget = ({ target }: (typeof context.refs)[number]) =>
    target !== 'not looked up' && 'body' in target && target.body === body;
  const leading = context.refs.filter(isTarget);
  const isCall = ({ entry: ref }: (typeof leading)[number]) => ref.parent?.name === 'callTask';
  return leading.length > 0 && leading.every(isCall) && !startsOf(context).includes(body);
}
