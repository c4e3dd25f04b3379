import type { Expression } from '../../expression/expression.ts';
import { ExpressionError } from '../../expression/expression-error.ts';
import { wellKnown } from '../../model/kinds.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Placed } from '../expressions.ts';
import type { Problem } from '../finding.ts';

/** Expressions can be read, and make sense as far as that can be told without values. */
export const expressionErrors: Rule = {
  name: 'expression-errors',
  check: (context) => context.expressions.flatMap((placed) => problemsOf(placed, context)),
};

function problemsOf({ entry, read, offsetOf }: Placed, { variables, root }: LintContext): readonly Problem[] {
  if (read instanceof ExpressionError)
    return [{ severity: 'error', message: read.message, offset: offsetOf(read.offset) }];
  const scope = { typeOf: (name: string) => variables.typeOf(name, entry), ...(wellKnown.has(root) && { flow: root }) };
  return read.check(scope).problems.flatMap((problem) => problemOf(problem, offsetOf(problem.offset)));
}

type ExpressionProblem = ReturnType<Expression['check']>['problems'][number];

function problemOf({ kind, message }: ExpressionProblem, offset: number): readonly Problem[] {
  if (kind === 'not-simulated') return [];
  if (kind !== 'unknown-function') return [{ severity: 'warning', message, offset }];
  const [, name = '', meant] = /"(.*?)"(?:: did you mean (\w+)\?)?$/.exec(message) ?? [];
  // Architect has more functions than are known here, and many of them sound alike.
  const isSlip = meant !== undefined && Math.abs(meant.length - name.length) <= 1;
  return isSlip
    ? [{ severity: 'warning', message, offset }]
    : [{ severity: 'note', message: `the function ${name} is not known here, and not looked into`, offset }];
}
