import { parseExpression } from '../../../src/architect/expression/expression.ts';
import { ExpressionError } from '../../../src/architect/expression/expression-error.ts';
import { make, NOT_SET, type StaticType, typeOf, type Value } from '../../../src/architect/expression/value.ts';

/** When the tests' expressions are evaluated. */
export const NOW = Date.UTC(2024, 1, 29, 13, 5, 9);

/** The variables that the tests' expressions use. */
const variables: Readonly<Record<string, Value>> = {
  'flow.text': make.string('hello'),
  'flow.empty': make.string(''),
  'flow.unset': NOT_SET,
  'flow.count': make.integer(7),
  'flow.price': make.decimal(2.5),
  'flow.yes': make.boolean(true),
  'flow.no': make.boolean(false),
  'flow.json': make.json({
    ...{ name: 'Ann', age: 42, isMember: true, none: null, score: 1.5 },
    list: ['a', 'b'],
    inner: { deep: 'x' },
  }),
  'flow.names': make.collection('string', ['b', 'a', 'b'].map(make.string)),
  'flow.none': make.collection('string', []),
  'flow.queue': { type: 'object', name: 'Sales', id: 'q1' },
  'task.start': make.dateTime(Date.UTC(2024, 0, 31, 10)),
  'task.wait': make.duration(90_000),
  'flow.istest': make.boolean(false),
  'call.ani': make.string('tel:+13175550123'),
};

/** What an expression makes of them. */
export const result = (text: string): Value =>
  parseExpression(text).evaluate({ variable: (name) => variables[name.toLowerCase()], now: () => NOW });

/** How an expression fails: the message, and the offset. */
export function failureOf(text: string): readonly [string, number] {
  try {
    result(text);
  } catch (error) {
    if (error instanceof ExpressionError) return [error.message, error.offset];
    throw error;
  }
  throw new Error(`${text} does not fail`);
}

/** The types of those that a flow declares, as a linter knows them. */
export const declared = (name: string): StaticType | undefined => {
  const key = name.toLowerCase();
  const value = key.startsWith('call.') ? undefined : variables[key];
  if (!value) return undefined;
  return value.type === 'notSet' ? 'string' : typeOf(value);
};
