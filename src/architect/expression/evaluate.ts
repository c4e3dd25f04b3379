import type { Node, NodeOf } from './ast.ts';
import { builtInVariable } from './built-in-variables.ts';
import { unwrapped } from './coerce.ts';
import { ExpressionError } from './expression-error.ts';
import { parameterAt, wrongCount } from './functions/arguments.ts';
import type { FunctionDefinition, Parameter } from './functions/define.ts';
import { ifFunction } from './functions/logic.ts';
import { functionNamed, noFunction } from './functions/table.ts';
import { itemAt, memberOf } from './members.ts';
import { applyBinary, applyUnary } from './operators.ts';
import { MOST_CHARACTERS, nameOfType, typeOf, type Value } from './value.ts';

/** What an expression is evaluated in. */
export interface Environment {
  /** The value of a variable by its name as it is written; names are the same in any case. Undefined: there is none. */
  readonly variable: (name: string) => Value | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const MOST_ITEMS = 10_000;

/** The value of an expression; throws an ExpressionError where Architect would go to the flow's error handling. */
export function evaluate(node: Node, environment: Environment): Value {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'variable':
      return variableValue(node, environment);
    case 'member':
      return memberOf(evaluate(node.object, environment), node.name, node.offset);
    case 'index':
      return itemAt(evaluate(node.object, environment), evaluate(node.index, environment), node.offset);
    case 'call':
      return call(node, environment);
    case 'unary':
      return applyUnary(node.operator, evaluate(node.operand, environment), node.offset);
    case 'binary':
      return evaluateBinary(node, environment);
  }
}

function variableValue({ name, offset }: NodeOf<'variable'>, { variable }: Environment): Value {
  const value = builtInVariable(name)?.value ?? variable(name);
  if (!value) throw new ExpressionError(`there is no variable ${name} here`, offset);
  return value;
}

/** What the left side of `and` and `or` decides needs no right side. */
function evaluateBinary({ operator, left, right, offset }: NodeOf<'binary'>, environment: Environment): Value {
  const first = evaluate(left, environment);
  if (operator === 'and' || operator === 'or') {
    const side = unwrapped(first);
    if (side.type === 'boolean' && side.value === (operator === 'or')) return side;
  }
  return bounded(applyBinary(operator, first, evaluate(right, environment), offset), offset);
}

function call(node: NodeOf<'call'>, environment: Environment): Value {
  const definition = functionNamed(node.name);
  if (!definition) throw new ExpressionError(noFunction(node.name), node.offset);
  const wrong = wrongCount(definition, node.arguments.length);
  if (wrong) throw new ExpressionError(wrong, node.offset);
  if (definition === ifFunction) return chosen(definition, node.arguments, environment);
  const given = node.arguments.map((argument, index) => read(definition, argument, index, environment));
  const context = {
    now: environment.now,
    failure: (what: string) => new ExpressionError(`${definition.name} ${what}`, node.offset),
  };
  return bounded(definition.run(grouped(definition, given), context), node.offset);
}

/** Only the argument that If's condition chooses is evaluated. */
function chosen(definition: FunctionDefinition, nodes: readonly Node[], environment: Environment): Value {
  const [condition, yes, no] = nodes;
  if (!condition || !yes || !no) throw new TypeError('If was counted to have three arguments');
  return evaluate(read(definition, condition, 0, environment) === true ? yes : no, environment);
}

function read(definition: FunctionDefinition, node: Node, index: number, environment: Environment): unknown {
  const parameter = parameterAt(definition, index);
  const value = evaluate(node, environment);
  const as = `as its ${parameter?.name}`;
  if (value.type === 'notSet' && !parameter?.takesNotSet)
    throw new ExpressionError(
      `${definition.name} was given NOT_SET ${as}: guard it with If(IsSet(…), …, …)`,
      node.offset,
    );
  const found = parameter?.read(value);
  if (found !== undefined) return found;
  const given = nameOfType(typeOf(value));
  throw new ExpressionError(`${definition.name} takes ${parameter?.wants} ${as}, not ${given}`, node.offset);
}

/** One thing for each parameter: for one that takes many a list. */
const grouped = ({ parameters }: FunctionDefinition, given: readonly unknown[]): readonly unknown[] =>
  parameters.map(({ arity }: Parameter<unknown>, index) => (arity === 'many' ? given.slice(index) : given[index]));

function bounded(value: Value, offset: number): Value {
  if (value.type === 'string' && value.value.length > MOST_CHARACTERS)
    throw new ExpressionError(`the string gets longer than ${MOST_CHARACTERS} characters`, offset);
  const items = value.type === 'collection' ? value.items : value.type === 'audio' ? value.parts : [];
  if (items.length > MOST_ITEMS) throw new ExpressionError(`the result gets more than ${MOST_ITEMS} items`, offset);
  return value;
}
