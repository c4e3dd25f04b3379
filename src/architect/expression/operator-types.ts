import type { BinaryOperator, UnaryOperator } from './ast.ts';
import { canBecome } from './coerce.ts';
import type { StaticType } from './value.ts';

/** JSON may say anything: its value is known only when there is one. */
const isOpen = (type: StaticType): boolean => type === 'unknown' || type === 'json';
const isNumber = (type: StaticType): boolean => type === 'integer' || type === 'decimal';

/** The type of what an operator makes of a type that is not NOT_SET; undefined where it has no meaning. */
export function unaryType(operator: UnaryOperator, type: StaticType): StaticType | undefined {
  if (operator === '-') {
    if (isOpen(type)) return 'unknown';
    return isNumber(type) || type === 'duration' ? type : undefined;
  }
  const wanted = operator === '~' ? 'integer' : 'boolean';
  return isOpen(type) || type === wanted ? wanted : undefined;
}

/** The type of what an operator makes of two types; undefined where it has no meaning. NOT_SET can only be compared. */
export function binaryType(operator: BinaryOperator, left: StaticType, right: StaticType): StaticType | undefined {
  switch (operator) {
    case '==':
    case '!=':
      return canEqual(left, right) ? 'boolean' : undefined;
    case 'and':
    case 'or':
      return [left, right].every((type) => isOpen(type) || type === 'boolean') ? 'boolean' : undefined;
    case '&':
    case '|':
      return [left, right].every((type) => isOpen(type) || type === 'integer') ? 'integer' : undefined;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return canBeOrdered(left, right) ? 'boolean' : undefined;
    default:
      return arithmeticType(operator, left, right);
  }
}

function canEqual(left: StaticType, right: StaticType): boolean {
  if ([left, right].some((type) => isOpen(type) || type === 'notSet') || left === right) return true;
  if (isNumber(left) && isNumber(right)) return true;
  if (left.endsWith('Collection') && right.endsWith('Collection')) return true;
  return (left === 'string' && canBecome(right, 'string')) || (right === 'string' && canBecome(left, 'string'));
}

function canBeOrdered(left: StaticType, right: StaticType): boolean {
  const orders = (type: StaticType) =>
    isOpen(type) || isNumber(type) || ['string', 'dateTime', 'duration'].includes(type);
  if (!orders(left) || !orders(right)) return false;
  return isOpen(left) || isOpen(right) || left === right || (isNumber(left) && isNumber(right));
}

function arithmeticType(operator: string, left: StaticType, right: StaticType): StaticType | undefined {
  const types = [left, right];
  if (operator === '+' && types.includes('string'))
    return types.every((type) => canBecome(type, 'string')) ? 'string' : undefined;
  if (types.every(isNumber)) {
    // A power of integers may be a fraction.
    if (operator === '^') return types.includes('decimal') ? 'decimal' : 'unknown';
    return types.includes('decimal') || operator === '/' ? 'decimal' : 'integer';
  }
  if (types.every((type) => isOpen(type) || isNumber(type))) return 'unknown';
  return operator === '+' || operator === '-' ? timeType(operator, left, right) : undefined;
}

function timeType(operator: '+' | '-', left: StaticType, right: StaticType): StaticType | undefined {
  if (left === 'duration' && right === 'duration') return 'duration';
  if (left === 'dateTime' && right === 'duration') return 'dateTime';
  if (operator === '-' && left === 'dateTime' && right === 'dateTime') return 'duration';
  const isTime = (type: StaticType) => isOpen(type) || type === 'dateTime' || type === 'duration' || type === 'string';
  return isTime(left) && isTime(right) && (isOpen(left) || isOpen(right)) ? 'unknown' : undefined;
}
