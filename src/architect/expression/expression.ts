/**
 * The expression language of Architect, as Archy YAML has it behind `exp:`, for a runtime without Genesys Cloud and
 * for a linter.
 *
 * A runtime needs `parseExpression(text).evaluate({ variable, now })` from here; `Value`, `make`, `NOT_SET` and
 * `typeOfVariableKey` from `value.ts`; and from `coerce.ts` `become(value, type)`, which is what an assignment to a
 * variable does, `jsonOf` for a data action's inputs and `textOf` for participant data. JSON that came back is made a
 * variable's value by `become(make.json(body), type)`.
 *
 * A linter needs `parseExpression(text).check({ typeOf, undeclared, flow })` and `.variables`, and `canBecome(type,
 * wanted)` from `coerce.ts` for what a place wants, as a decision wants a boolean.
 *
 * Both get an `ExpressionError` with an offset into the text: from `parseExpression` for what cannot be read, from
 * `evaluate` for what makes Architect go to the flow's error handling. No message holds a value.
 */
import { childrenOf, type Node } from './ast.ts';
import { type Check, check, type Scope } from './check.ts';
import { type Environment, evaluate } from './evaluate.ts';
import { ExpressionError } from './expression-error.ts';
import { parse } from './parse.ts';
import type { Value } from './value.ts';

/** A use of a variable. */
interface VariableUse {
  /** As it is written: names are the same in any case. */
  readonly name: string;
  readonly offset: number;
}

/** An expression that was read. */
export interface Expression {
  readonly evaluate: (environment: Environment) => Value;
  readonly check: (scope: Scope) => Check;
  /** In the order of the text; built-in ones too. */
  readonly variables: readonly VariableUse[];
}

/** Reads an expression once, to be evaluated and checked any number of times. */
export function parseExpression(text: string): Expression {
  const node = parse(text);
  return {
    evaluate: (environment) => withinMemory(() => evaluate(node, environment)),
    check: (scope) => check(node, scope),
    variables: variablesIn(node),
  };
}

function withinMemory<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    // A string that is longer than a string can be, or JSON that is too deep.
    throw error instanceof RangeError ? new ExpressionError('the result gets too large', 0) : error;
  }
}

const variablesIn = (node: Node): readonly VariableUse[] =>
  node.kind === 'variable' ? [{ name: node.name, offset: node.offset }] : childrenOf(node).flatMap(variablesIn);
