import { become, canBecome, itemsOf, unwrapped } from '../coerce.ts';
import { itemTypeOf, type Json, nameOfType, type ScalarType, type Type, type Value } from '../value.ts';
import type { Parameter } from './define.ts';

type One<T> = Parameter<T, 'one'>;

const parameter = <T>(
  name: string,
  wants: string,
  accepts: (type: Type) => boolean,
  read: (value: Value) => T | undefined,
): One<T> => ({ name, wants, arity: 'one', takesNotSet: false, accepts, read });

/** A parameter of one type: what Architect makes that type of by itself fits too. */
const ofType = <T>(name: string, type: ScalarType, read: (value: Value) => T | undefined): One<T> =>
  parameter(
    name,
    nameOfType(type),
    (given) => canBecome(given, type),
    (value) => {
      const fitting = become(value, type);
      return fitting && read(fitting);
    },
  );

/** Text, and what Architect writes as text by itself. */
export const aString = (name: string): One<string> =>
  ofType(name, 'string', (value) => (value.type === 'string' ? value.value : undefined));

/** A whole number. */
export const anInteger = (name: string): One<number> =>
  ofType(name, 'integer', (value) => (value.type === 'integer' ? value.value : undefined));

/** True or false. */
export const aBoolean = (name: string): One<boolean> =>
  ofType(name, 'boolean', (value) => (value.type === 'boolean' ? value.value : undefined));

/** Milliseconds since the epoch. */
export const aDateTime = (name: string): One<number> =>
  ofType(name, 'dateTime', (value) => (value.type === 'dateTime' ? value.value : undefined));

/** Milliseconds. */
export const aDuration = (name: string): One<number> =>
  ofType(name, 'duration', (value) => (value.type === 'duration' ? value.value : undefined));

/** An object or array, or another value of JSON. */
export const json = (name: string): One<Json> =>
  ofType(name, 'json', (value) => (value.type === 'json' ? value.value : undefined));

type Audio = Extract<Value, { type: 'audio' }>;

/** Audio, or a prompt as audio. */
export const audio = (name: string): One<Audio> =>
  ofType(name, 'audio', (value) => (value.type === 'audio' ? value : undefined));

/** A number, and whether it came as an integer. */
export interface Numeric {
  readonly type: 'integer' | 'decimal';
  readonly value: number;
}

/** An integer or a decimal, as which of them it came. */
export const aNumber = (name: string): One<Numeric> =>
  parameter(
    name,
    'a number',
    (type) => canBecome(type, 'decimal'),
    (value) => {
      const number = unwrapped(value);
      return number.type === 'integer' || number.type === 'decimal'
        ? { type: number.type, value: number.value }
        : undefined;
    },
  );

/** The items of a collection, and their type. */
export interface List {
  readonly of: ScalarType;
  readonly items: readonly Value[];
}

/** A collection, or a JSON array as one of JSON. */
export const aCollection = (name: string): One<List> =>
  parameter(
    name,
    'a collection',
    (type) => type === 'json' || itemTypeOf(type) !== undefined,
    (value) => {
      if (value.type === 'collection') return value;
      const items = itemsOf(value);
      return items && { of: 'json', items };
    },
  );

/** Anything that is set. */
export const anything = (name: string): One<Value> =>
  parameter(
    name,
    'a value',
    () => true,
    (value) => value,
  );

/** Anything, NOT_SET too. */
export const anythingOrNotSet = (name: string): One<Value> => ({ ...anything(name), takesNotSet: true });
