import { isMap, isScalar, type Node, type Scalar } from 'yaml';
import { offsetOf } from '../document.ts';
import { become, textOf } from '../expression/coerce.ts';
import { parseExpression } from '../expression/expression.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { nearestName } from '../expression/nearest-name.ts';
import { NOT_SET, nameOfType, type Type, typeOf, type Value } from '../expression/value.ts';
import { nodeAt, textAt } from '../model/entries.ts';
import { FlowFailure } from './flow-failure.ts';
import { type Asked, type Frame, findVariable, lookUp } from './frame.ts';
import { literalOf } from './literal.ts';

/** `noValue` says that there is none, and lets a default of the flow count; `noValueWithNoFallback` not even that. */
export const isUnset = (node: unknown): boolean =>
  node === undefined || textAt(node, 'noValue') === 'true' || textAt(node, 'noValueWithNoFallback') === 'true';

/** What a value in a flow says: `lit`, `exp`, `var`, or nothing; as one of the type that is wanted, if one is. */
export function valueAt(asked: Asked, node: Node | undefined, wanted?: Type): Value {
  if (node === undefined || isUnset(node)) return NOT_SET;
  const fail = (message: string) => new FlowFailure(message, { ...asked.spot, offset: offsetOf(node) });
  const written = nodeAt(node, 'exp') ?? nodeAt(node, 'var');
  const literal = nodeAt(node, 'lit') ?? (isMap(node) ? undefined : node);
  if (!isScalar(written) && literal === undefined) throw fail('here is no value: lit, exp or noValue');
  const value = isScalar(written) ? evaluate(asked, written) : literal && literalOf(literal, wanted);
  const fitting = value && wanted ? become(value, wanted) : value;
  if (fitting) return fitting;
  const given = value ? nameOfType(typeOf(value)) : 'what is written';
  throw fail(`${given} is here, where ${nameOfType(wanted ?? 'unknown')} is needed`);
}

/** A value that must be there. */
export function neededAt(asked: Asked, node: Node | undefined, wanted: Type, what: string): Value {
  const value = valueAt(asked, node, wanted);
  if (value.type !== 'notSet') return value;
  throw new FlowFailure(`${what} is NOT_SET`, { ...asked.spot, offset: offsetOf(node) || asked.spot.offset });
}

/** A value as text; undefined where it is NOT_SET. */
export const textOfValue = (asked: Asked, node: Node | undefined): string | undefined =>
  textOf(valueAt(asked, node, 'string'));

/** Milliseconds; undefined where no duration is set. */
export function durationOf(asked: Asked, node: Node | undefined): number | undefined {
  const value = valueAt(asked, node, 'duration');
  return value.type === 'duration' ? value.value : undefined;
}

/** Whether it says true. */
export function isTrue(asked: Asked, node: Node | undefined): boolean {
  const value = valueAt(asked, node, 'boolean');
  return value.type === 'boolean' && value.value;
}

function evaluate({ frame, spot, maySeeSecrets = false }: Asked, scalar: Scalar): Value {
  const text = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
  const fail = (message: string, offset: number) =>
    new FlowFailure(message, { ...spot, offset: placeIn(scalar, offset) });
  let missing: string | undefined;
  const variable = (name: string) => {
    const value = lookUp(frame, name);
    if (value === undefined) missing = name;
    return value;
  };
  try {
    const expression = parseExpression(text);
    const secret = maySeeSecrets
      ? undefined
      : expression.variables.find(({ name }) => findVariable(frame, name)?.isSecure);
    if (secret) throw fail(`${secret.name} is secure: only a secure data action can read it`, secret.offset);
    return expression.evaluate({ variable, now: frame.run.host.clock.now });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw fail(`${error.message}${missing === undefined ? '' : suggestion(frame, missing)}`, error.offset);
  }
}

/** Where in the flow's text a character of an expression is; of one with escapes or over several lines, its beginning. */
function placeIn({ range, type, value }: Scalar, offset: number): number {
  const [start = 0, end = 0] = range ?? [];
  const length = String(value).length;
  if (type === 'PLAIN' && end - start === length) return start + offset;
  const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
  return isQuoted && end - start === length + 2 ? start + 1 + offset : start;
}

/** The declared variable that a name most likely means, for the end of a message. */
export function suggestion({ run, local }: Frame, name: string): string {
  const known = [...local.values(), ...run.flow.values()].map((variable) => variable.name);
  const meant = nearestName(name, known);
  return meant ? `: did you mean ${meant}?` : '';
}
