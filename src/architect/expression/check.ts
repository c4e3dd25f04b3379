import type { Node, NodeOf } from './ast.ts';
import { builtInVariable } from './built-in-variables.ts';
import { parameterAt, wrongCount } from './functions/arguments.ts';
import type { FunctionDefinition } from './functions/define.ts';
import { whyNotSimulated } from './functions/not-simulated.ts';
import { functionNamed, noFunction } from './functions/table.ts';
import { itemType, memberType, noMember } from './members.ts';
import { binaryType, unaryType } from './operator-types.ts';
import { nameOfType, type StaticType, typeOf } from './value.ts';

/** What is known of the place an expression stands in. */
export interface Scope {
  /** The type of a declared variable by its name as it is written; undefined: it is not declared. */
  readonly typeOf: (name: string) => StaticType | undefined;
  /** Told of each use of a variable that is neither declared nor built in. */
  readonly undeclared?: (name: string, offset: number) => void;
  /** The flow's root key, like `workflow`: some built-in variables are only in some flows. */
  readonly flow?: string;
}

/**
 * What would go wrong. A function that is not known here may still be one of Architect's; one that is not simulated
 * surely is, but cannot be run offline.
 */
interface Problem {
  readonly kind: 'unknown-function' | 'not-simulated' | 'arguments' | 'types' | 'variable';
  readonly message: string;
  readonly offset: number;
}

/** What can be told of an expression without its variables' values. */
export interface Check {
  /** What it results in, as far as that is known. */
  readonly type: StaticType;
  readonly problems: readonly Problem[];
}

type Report = (kind: Problem['kind'], message: string, offset: number) => void;

/** Checks an expression; one mistake is told once, and what follows from it is not told. */
export function check(node: Node, scope: Scope): Check {
  const problems: Problem[] = [];
  const type = typeOfNode(node, scope, (kind, message, offset) => problems.push({ kind, message, offset }));
  return { type, problems };
}

function typeOfNode(node: Node, scope: Scope, report: Report): StaticType {
  switch (node.kind) {
    case 'literal':
      return typeOf(node.value);
    case 'variable':
      return typeOfVariable(node, scope, report);
    case 'member':
      return typeOfMember(node, scope, report);
    case 'index':
      return typeOfIndex(node, scope, report);
    case 'call':
      return typeOfCall(node, scope, report);
    case 'unary':
      return typeOfUnary(node, scope, report);
    case 'binary':
      return typeOfBinary(node, scope, report);
  }
}

function typeOfVariable({ name, offset }: NodeOf<'variable'>, scope: Scope, report: Report): StaticType {
  const builtIn = builtInVariable(name);
  const declared = scope.typeOf(name);
  if (builtIn?.flows && scope.flow && !builtIn.flows.includes(scope.flow) && declared === undefined)
    report('variable', `${builtIn.name} is not there in a flow of the type ${scope.flow}`, offset);
  const type = declared ?? builtIn?.type;
  if (type === undefined) scope.undeclared?.(name, offset);
  return type ?? 'unknown';
}

function typeOfMember({ object, name, offset }: NodeOf<'member'>, scope: Scope, report: Report): StaticType {
  const type = typeOfNode(object, scope, report);
  const found = memberType(type, name);
  if (found === undefined) report('types', noMember(type, name), offset);
  return found ?? 'unknown';
}

function typeOfIndex({ object, index, offset }: NodeOf<'index'>, scope: Scope, report: Report): StaticType {
  const type = typeOfNode(object, scope, report);
  const at = typeOfNode(index, scope, report);
  const found = itemType(type);
  if (found === undefined) report('types', `${nameOfType(type)} has no items`, offset);
  if (at !== 'integer' && at !== 'json' && at !== 'unknown')
    report('types', `an index is an integer, not ${nameOfType(at)}`, offset);
  return found ?? 'unknown';
}

function typeOfUnary({ operator, operand, offset }: NodeOf<'unary'>, scope: Scope, report: Report): StaticType {
  const type = typeOfNode(operand, scope, report);
  const found = unaryType(operator, type);
  if (found === undefined) report('types', `"${operator}" has no meaning for ${nameOfType(type)}`, offset);
  return found ?? 'unknown';
}

function typeOfBinary(node: NodeOf<'binary'>, scope: Scope, report: Report): StaticType {
  const left = typeOfNode(node.left, scope, report);
  const right = typeOfNode(node.right, scope, report);
  const found = binaryType(node.operator, left, right);
  if (found === undefined)
    report('types', `"${node.operator}" has no meaning for ${nameOfType(left)} and ${nameOfType(right)}`, node.offset);
  return found ?? 'unknown';
}

function typeOfCall({ name, arguments: nodes, offset }: NodeOf<'call'>, scope: Scope, report: Report): StaticType {
  const types = nodes.map((node) => typeOfNode(node, scope, report));
  const definition = functionNamed(name);
  if (!definition) {
    report(whyNotSimulated(name) ? 'not-simulated' : 'unknown-function', noFunction(name), offset);
    return 'unknown';
  }
  const wrong = wrongCount(definition, nodes.length);
  if (wrong) report('arguments', wrong, offset);
  for (const [index, type] of types.entries()) {
    const message = misfit(definition, index, type);
    if (message) report('types', message, nodes[index]?.offset ?? offset);
  }
  return typeof definition.result === 'function' ? definition.result(types) : definition.result;
}

/** Why an argument cannot be right; undefined if it may be. */
function misfit(definition: FunctionDefinition, index: number, type: StaticType): string | undefined {
  const parameter = parameterAt(definition, index);
  if (!parameter || type === 'unknown') return undefined;
  if (type === 'notSet' ? parameter.takesNotSet : parameter.accepts(type)) return undefined;
  return `${definition.name} takes ${parameter.wants} as its ${parameter.name}, not ${nameOfType(type)}`;
}
