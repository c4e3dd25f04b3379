import { describe, expect, test } from 'vitest';
import { binaryOperators, unaryOperators } from '../../../src/architect/expression/ast.ts';
import { ExpressionError } from '../../../src/architect/expression/expression-error.ts';
import { binaryType, unaryType } from '../../../src/architect/expression/operator-types.ts';
import { applyBinary, applyUnary } from '../../../src/architect/expression/operators.ts';
import { parsePhoneNumber } from '../../../src/architect/expression/phone-number.ts';
import { make, NOT_SET, typeOf, type Value } from '../../../src/architect/expression/value.ts';

const phone = parsePhoneNumber('+13175550123');
const samples: readonly Value[] = [
  ...[NOT_SET, make.string('a'), make.integer(3), make.decimal(2.5), make.boolean(true)],
  ...[make.dateTime(0), make.duration(5), make.collection('string', [make.string('a')])],
  ...(phone ? [{ type: 'phoneNumber', value: phone } as const] : []),
  { type: 'audio', parts: [{ say: 'a' }] },
  { type: 'prompt', name: 'Prompt.A' },
  { type: 'object', name: 'Sales', id: 'q1' },
  { type: 'currency', amount: 1, code: 'USD' },
];
const pairs = samples.flatMap((left) => samples.map((right) => [left, right] as const));

/** The type of what an operator made; undefined where it refused. */
function made(work: () => Value): string | undefined {
  try {
    return typeOf(work());
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

describe('what the linter says of an operator is what the runtime does', () => {
  test.each(binaryOperators.flat())('%s', (operator) => {
    for (const [left, right] of pairs) {
      const foreseen = binaryType(operator, typeOf(left), typeOf(right));
      const happened = made(() => applyBinary(operator, left, right, 0));
      const expected = foreseen === 'unknown' ? happened : foreseen;
      expect(happened, `${typeOf(left)} ${operator} ${typeOf(right)}`).toBe(expected);
    }
  });

  test.each(unaryOperators)('%s', (operator) => {
    for (const value of samples) {
      const happened = made(() => applyUnary(operator, value, 0));
      expect(happened, `${operator} ${typeOf(value)}`).toBe(unaryType(operator, typeOf(value)));
    }
  });
});

test('what may be anything is refused by no operator that takes something', () => {
  const refused = binaryOperators.flat().filter((operator) => binaryType(operator, 'json', 'unknown') === undefined);
  expect(refused).toEqual([]);
});
