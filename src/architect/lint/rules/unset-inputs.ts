import { ExpressionError } from '../../expression/expression-error.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';
import type { Use } from '../variables.ts';

const GUARD = /\b(?:isset|isnotsetorempty|if)\s*\(/i;

/** What comes from outside may not be set, and a data action that is passed NOT_SET fails. */
export const unsetInputs: Rule = {
  name: 'unset-inputs',
  check: (context) => {
    const guarded = namesIn(context, (text) => GUARD.test(text));
    return context.variables.uses
      .filter((use) => isPassed(use) && isFromOutside(use, context) && !guarded.has(use.name.toLowerCase()))
      .map(({ name, offset }): Problem => {
        const message = `${name} may not be set, and is passed on: ask IsNotSetOrEmpty(${name}) before`;
        return { severity: 'warning', message, offset };
      });
  },
};

const textOf = ({ entry }: { readonly entry: Use['entry'] }) => String(entry.value?.toJSON() ?? '');

const namesIn = ({ expressions }: LintContext, isMeant: (text: string) => boolean): ReadonlySet<string> =>
  new Set(
    expressions.flatMap((placed) =>
      placed.read instanceof ExpressionError || !isMeant(textOf(placed))
        ? []
        : placed.read.variables.map(({ name }) => name.toLowerCase()),
    ),
  );

/** As it is, to a data action. */
const isPassed = ({ use, name, entry }: Use): boolean =>
  use === 'read' && entry.parent?.parent?.name === 'inputs' && textOf({ entry }).trim() === name;

/** It is an attribute that was read, which not every call has, or an input of a workflow that an event may lack. */
function isFromOutside({ name, declared }: Use, { variables, root }: LintContext): boolean {
  if (root !== 'workflow' || !declared?.isUnset) return false;
  const isRead = variables.uses.some(
    (use) =>
      use.name.toLowerCase() === name.toLowerCase() &&
      use.entry.name === 'variable' &&
      /\/get(?:Conversation|Participant)Data\[/.test(use.entry.path),
  );
  // The event of a call's end always says which conversation it was.
  return isRead || (declared.isInput && !/^flow\.conversationid$/i.test(name));
}
