import { isNoValue, mapAt, nodeAt, textAt } from '../../model/entries.ts';
import type { LintContext, Rule } from '../context.ts';

const LONG = 30;
const seconds: Readonly<Record<string, number>> = { ms: 0.001, seconds: 1, minutes: 60, hours: 3_600 };

/** A caller who has to wait long for a data action hears something. */
export const deadAir: Rule = {
  name: 'dead-air',
  check: (context) =>
    context.model.actions.flatMap(({ kind, body, entry }) => {
      if (!context.root.endsWith('Call') || !kind.startsWith('callData') || !isSilent(context, kind, body)) return [];
      const timeout = mapAt(body, 'timeout', 'lit');
      const length = Object.entries(seconds).reduce(
        (sum, [unit, size]) => sum + size * Number(textAt(timeout, unit) ?? 0),
        0,
      );
      if (!(length > LONG)) return [];
      const message = `a caller may hear nothing for ${Math.round(length)} seconds: set a processingPrompt, and a shorter timeout`;
      return [{ severity: 'warning', message, offset: nodeAt(body, 'timeout')?.range?.[0] ?? entry.start }];
    }),
};

/** Without a prompt of its own an action has the one of the flow, if there is one. */
function isSilent({ flow }: LintContext, kind: string, body: Parameters<typeof nodeAt>[0]): boolean {
  const isNone = (node: unknown) =>
    node === undefined || isNoValue(node) || textAt(node, 'noValueWithNoFallback') === 'true';
  const own = nodeAt(body, 'processingPrompt');
  if (!isNone(own)) return false;
  if (textAt(own, 'noValueWithNoFallback') === 'true') return true;
  return isNone(nodeAt(flow, 'settingsActionDefaults', kind, 'processingPrompt'));
}
