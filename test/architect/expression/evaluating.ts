import { ExpressionError } from '../../../src/architect/expression/expression-error.ts';
import { parseExpression } from '../../../src/architect/expression/expression.ts';
import { make, NOT_SET, type StaticType, type Value } from '../../../src/architect/expression/value.ts';

export const NOW = Date.UTC(2024, 1, 29, 13, 5, 9);

/** The variables that the tests' expressions use. */
export const variables: Readonly<Record<string, Value>> = {
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
  'call.ani': make.string('tel:+13175550123'),
};

/** What an expression makes of them. */
export const valueOf = (text: string): Value =>
  parseExpression(text).evaluate({ variable: (name) => variables[name.toLowerCase()], now: () => NOW });

/** How an expression fails: the message, and the offset. */
export function failureOf(text: string): readonly [string, number] {
  try {
    valueOf(text);
  } catch (error) {
    if (error instanceof ExpressionError) return [error.message, error.offset];
    throw error;
  }
  throw new Error(`${text} does not fail`);
}

const unlike: Readonly<Record<string, StaticType>> = { 'flow.unset': 'string' };

/** The types of the variables, as a linter knows them. */
export const declared = (name: string): StaticType | undefined => {
  const value = variables[name.toLowerCase()];
  if (!value) return undefined;
  return unlike[name.toLowerCase()] ?? (value.type === 'collection' ? `${value.of}Collection` : value.type);
};
