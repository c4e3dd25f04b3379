import type { BinaryOperator, UnaryOperator } from './ast.ts';
import { textOf, unwrapped } from './coerce.ts';
import { isSame, order } from './compare.ts';
import { ExpressionError } from './expression-error.ts';
import { isDateTime } from './iso-time.ts';
import { MOST_INTEGER, make, nameOfType, typeOf, type Value } from './value.ts';

/** Applies an operator to one value. */
export function applyUnary(operator: UnaryOperator, operand: Value, offset: number): Value {
  const value = given(operator, operand, 'the operand', offset);
  const isNumber = value.type === 'integer' || value.type === 'decimal';
  if (operator === '-' && (isNumber || value.type === 'duration')) return { ...value, value: -value.value };
  if (operator === '~' && value.type === 'integer') return integer(~BigInt(value.value), offset);
  if ((operator === '!' || operator === 'not') && value.type === 'boolean') return make.boolean(!value.value);
  throw new ExpressionError(`"${operator}" has no meaning for ${nameOfType(typeOf(value))}`, offset);
}

/** Applies an operator to two values; `and` and `or` to what their left side did not decide already. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value, offset: number): Value {
  if (operator === '==' || operator === '!=') {
    const same = isSame(left, right);
    if (same === undefined) throw unlike(operator, unwrapped(left), unwrapped(right), offset);
    return make.boolean(same === (operator === '=='));
  }
  const a = given(operator, left, 'the left side', offset);
  const b = given(operator, right, 'the right side', offset);
  const result = combine(operator, a, b, offset);
  if (result === undefined) throw unlike(operator, a, b, offset);
  return result;
}

/** The value that an operator takes a side for: not NOT_SET, and what JSON says rather than JSON. */
function given(operator: string, value: Value, side: string, offset: number): Value {
  const plain = unwrapped(value);
  if (plain.type !== 'notSet') return plain;
  throw new ExpressionError(`${side} of "${operator}" is NOT_SET: guard it with If(IsSet(…), …, …)`, offset);
}

const unlike = (operator: string, left: Value, right: Value, offset: number) =>
  new ExpressionError(
    `"${operator}" has no meaning for ${nameOfType(typeOf(left))} and ${nameOfType(typeOf(right))}`,
    offset,
  );

function combine(operator: BinaryOperator, left: Value, right: Value, offset: number): Value | undefined {
  switch (operator) {
    case 'and':
    case 'or':
      return bothBoolean(operator, left, right);
    case '&':
    case '|':
      return bitwise(operator, left, right, offset);
    case '+':
      return added(left, right) ?? arithmetic('+', left, right, offset) ?? time('+', left, right, offset);
    case '-':
      return arithmetic('-', left, right, offset) ?? time('-', left, right, offset);
    case '*':
    case '/':
    case '%':
    case '^':
      return arithmetic(operator, left, right, offset);
    default:
      return ordered(operator, left, right);
  }
}

function bothBoolean(operator: 'and' | 'or', left: Value, right: Value): Value | undefined {
  if (left.type !== 'boolean' || right.type !== 'boolean') return undefined;
  return make.boolean(operator === 'and' ? left.value && right.value : left.value || right.value);
}

function bitwise(operator: '&' | '|', left: Value, right: Value, offset: number): Value | undefined {
  if (left.type !== 'integer' || right.type !== 'integer') return undefined;
  const [a, b] = [BigInt(left.value), BigInt(right.value)];
  return integer(operator === '&' ? a & b : a | b, offset);
}

/** With a string on one side, the other is made one. */
function added(left: Value, right: Value): Value | undefined {
  if (left.type !== 'string' && right.type !== 'string') return undefined;
  const [a, b] = [textOf(left), textOf(right)];
  return a === undefined || b === undefined ? undefined : make.string(a + b);
}

type Arithmetic = '+' | '-' | '*' | '/' | '%' | '^';

const calculations: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

function arithmetic(operator: Arithmetic, left: Value, right: Value, offset: number): Value | undefined {
  if (left.type !== 'integer' && left.type !== 'decimal') return undefined;
  if (right.type !== 'integer' && right.type !== 'decimal') return undefined;
  if ((operator === '/' || operator === '%') && right.value === 0)
    throw new ExpressionError('division by zero', offset);
  const result = calculations[operator](left.value, right.value);
  if (!Number.isFinite(result)) throw new ExpressionError('the result is no number or too great', offset);
  if (left.type === 'decimal' || right.type === 'decimal' || operator === '/') return make.decimal(result);
  // 2 ^ -1 is 0.5.
  return Number.isInteger(result) ? integer(result, offset) : make.decimal(result);
}

function integer(result: number | bigint, offset: number): Value {
  const number = Number(result);
  if (Math.abs(number) > MOST_INTEGER)
    throw new ExpressionError(`an integer is between -${MOST_INTEGER} and ${MOST_INTEGER}`, offset);
  return make.integer(number);
}

function time(operator: '+' | '-', left: Value, right: Value, offset: number): Value | undefined {
  const sign = operator === '+' ? 1 : -1;
  if (left.type === 'duration' && right.type === 'duration') return make.duration(left.value + sign * right.value);
  if (left.type === 'dateTime' && right.type === 'duration') {
    const moved = left.value + sign * right.value;
    if (!isDateTime(moved)) throw new ExpressionError('a dateTime is in the years 1800 to 2200', offset);
    return make.dateTime(moved);
  }
  if (operator === '-' && left.type === 'dateTime' && right.type === 'dateTime')
    return make.duration(left.value - right.value);
  return undefined;
}

function ordered(operator: string, left: Value, right: Value): Value | undefined {
  const sign = order(left, right);
  if (sign === undefined) return undefined;
  if (sign === 0) return make.boolean(operator.endsWith('='));
  return make.boolean(operator.startsWith('<') === sign < 0);
}
