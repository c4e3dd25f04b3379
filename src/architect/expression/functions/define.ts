import type { ExpressionError } from '../expression-error.ts';
import type { StaticType, Type, Value } from '../value.ts';

/** `optional` may be left out, `many` takes one or more; both only at the end. */
type Arity = 'one' | 'optional' | 'many';

/** What a function takes at one place. */
export interface Parameter<T, A extends Arity = Arity> {
  readonly name: string;
  /** What it must be, for messages: "a string". */
  readonly wants: string;
  readonly arity: A;
  /** Whether NOT_SET may be passed; else passing it is an error of the flow. */
  readonly takesNotSet: boolean;
  /** Whether a value of a type may fit. */
  readonly accepts: (type: Type) => boolean;
  /** What a value says; undefined if it does not fit. */
  readonly read: (value: Value) => T | undefined;
}

/** What a function sees besides its arguments. */
export interface Context {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The error of this call: the function's name is put before `what`. */
  readonly failure: (what: string) => ExpressionError;
}

/** The type of what a function returns; some follow from the types of the arguments. */
type Result = StaticType | ((types: readonly StaticType[]) => StaticType);

/** A function of the expression language. */
export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly Parameter<unknown>[];
  readonly result: Result;
  /** Gets what each parameter read: nothing for an optional one that was left out, a list for one that takes many. */
  readonly run: (given: readonly unknown[], context: Context) => Value;
}

type Given<P> =
  P extends Parameter<infer T, infer A>
    ? A extends 'many'
      ? readonly T[]
      : A extends 'optional'
        ? T | undefined
        : T
    : never;

/** Declares a function: the types of what `run` gets follow from the parameters. */
export const define = <const P extends readonly Parameter<unknown>[]>(
  name: string,
  parameters: P,
  result: Result,
  run: (given: { readonly [K in keyof P]: Given<P[K]> }, context: Context) => Value,
): FunctionDefinition => ({
  name,
  parameters,
  result,
  run: (given, context) => run(given as { readonly [K in keyof P]: Given<P[K]> }, context),
});

/** The same parameter, but it may be left out. */
export const optional = <T>(parameter: Parameter<T, 'one'>): Parameter<T, 'optional'> => ({
  ...parameter,
  arity: 'optional',
});

/** The same parameter, one or more times. */
export const many = <T>(parameter: Parameter<T, 'one'>): Parameter<T, 'many'> => ({ ...parameter, arity: 'many' });
