import { isScalar } from 'yaml';
import { nearestName } from '../../expression/nearest-name.ts';
import { mapAt } from '../../model/entries.ts';
import { isTransfer, wellKnown } from '../../model/kinds.ts';
import type { Action } from '../../model/model.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** The ways that are taken when something goes wrong: without them, a flow goes on as if it had gone well. */
const unhappy: Readonly<Record<string, readonly string[]>> = {
  callData: ['failure', 'timeout'],
  callDataSecure: ['failure', 'timeout'],
  collectInput: ['failure'],
  getConversationData: ['notFound'],
};
const happy: Readonly<Record<string, string>> = {
  callData: 'success',
  callDataSecure: 'success',
  collectInput: 'success',
  getConversationData: 'found',
};

/** Failures and timeouts have a way of their own, and no way is misspelled. */
export const missingOutputs: Rule = {
  name: 'missing-outputs',
  check: (context) => context.model.actions.flatMap((action) => [...missing(action, context), ...misspelled(action)]),
};

function missing({ kind, entry, body }: Action, { root }: LintContext): readonly Problem[] {
  const needed = isTransfer(kind) ? ['failure'] : (unhappy[kind] ?? []);
  const outputs = mapAt(body, 'outputs');
  const absent = needed.filter((way) => !outputs?.has(way));
  if (absent.length === 0) return [];
  const message = `${kind} has no output for ${absent.join(' and ')}: the flow goes on as if nothing had happened`;
  return [{ severity: wellKnown.has(root) && !isTransfer(kind) ? 'warning' : 'note', message, offset: entry.start }];
}

function misspelled({ kind, body }: Action): readonly Problem[] {
  const outputs = mapAt(body, 'outputs');
  const known = kind === 'decision' ? ['yes', 'no'] : [happy[kind] ?? '', ...(unhappy[kind] ?? [])];
  if (!outputs || (kind !== 'decision' && !Object.hasOwn(unhappy, kind))) return [];
  return outputs.items.flatMap(({ key }) => {
    if (!isScalar(key) || known.includes(String(key.value))) return [];
    const meant = nearestName(
      String(key.value),
      known.filter((way) => !outputs.has(way)),
    );
    const message = `"${key.value}" is no output of ${kind} that is known here${meant ? `: did you mean ${meant}?` : ''}`;
    return [{ severity: meant ? 'error' : 'note', message, offset: key.range?.[0] ?? 0 }];
  });
}
