import { builtInVariable } from '../../expression/built-in-variables.ts';
import { nearestName } from '../../expression/nearest-name.ts';
import { wellKnown } from '../../model/kinds.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';
import type { Use } from '../variables.ts';

/** A variable is declared where it is used. */
export const variableNames: Rule = {
  name: 'variable-names',
  check: (context) =>
    context.variables.uses
      .filter(({ declared, name }) => declared === undefined && builtInVariable(name) === undefined)
      .flatMap((use) => problemOf(use, context)),
};

function problemOf({ name, use, offset, entry }: Use, { variables, root, model }: LintContext): readonly Problem[] {
  const isSame = (other: { readonly name: string }) => other.name.toLowerCase() === name.toLowerCase();
  const same = variables.uses.filter(isSame);
  // Architect makes a variable of whatever something is assigned to, also where another task has one of that name.
  const container = model.containerOf(entry);
  const isMade = same.some((other) => other.use === 'write' && model.containerOf(other.entry) === container);
  const elsewhere = variables.all.find(isSame);
  if (elsewhere && !isMade) {
    const owner = model.containerOf(elsewhere.entry);
    const message = `${name} is not declared here: it belongs to the ${owner?.kind ?? 'flow'} "${owner?.id ?? root}"`;
    return [{ severity: 'error', message, offset }];
  }
  const visible = variables.all.filter((variable) => variables.find(variable.name, entry) === variable);
  const known = visible.map((variable) => variable.name).filter((other) => !isSame({ name: other }));
  const meant = nearestName(name, known);
  const suggestion = meant ? `: did you mean ${meant}?` : '';
  if (use === 'write' || variables.isAssigned(name)) {
    // One that is never read, or there only once, is a slip of the pen.
    const isIdle = same.length === 1 || same.every((other) => other.use === 'write');
    const isSlip = isIdle && meant !== undefined;
    const why = isSlip ? suggestion : ': Architect makes it of what is assigned to it';
    return [{ severity: isSlip ? 'error' : 'note', message: `${name} is not declared${why}`, offset }];
  }
  // Flows of other types have built-in variables that are not known here.
  const isSure = wellKnown.has(root) || !/^flow\./i.test(name) || meant !== undefined;
  const why = isSure ? suggestion : ', and no built-in variable that is known here';
  return [{ severity: isSure ? 'error' : 'note', message: `${name} is not declared${why}`, offset }];
}
