import type { PhoneNumber } from './phone-number.ts';

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The types of single values; `object` is something of the organization: a queue, a user, a schedule. */
export const scalarTypes = [
  ...(['string', 'integer', 'decimal', 'boolean', 'dateTime', 'duration', 'json'] as const),
  ...(['phoneNumber', 'currency', 'audio', 'prompt', 'object'] as const),
] as const;
export type ScalarType = (typeof scalarTypes)[number];
export type Type = ScalarType | `${ScalarType}Collection`;

/** What is known of a value before there is one. */
export type StaticType = Type | 'notSet' | 'unknown';

/** A piece of what a caller hears: spoken text, silence, or a recorded prompt. */
export type AudioPart = { readonly say: string } | { readonly silence: number } | { readonly prompt: string };

/** A value of a variable or an expression. Date-times are milliseconds since the epoch, durations milliseconds. */
export type Value =
  | { readonly type: 'notSet' }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'integer' | 'decimal' | 'dateTime' | 'duration'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'phoneNumber'; readonly value: PhoneNumber }
  | { readonly type: 'currency'; readonly amount: number; readonly code: string }
  | { readonly type: 'audio'; readonly parts: readonly AudioPart[]; readonly bargeIn?: boolean }
  | { readonly type: 'prompt'; readonly name: string }
  | { readonly type: 'object'; readonly name: string; readonly id: string }
  | { readonly type: 'collection'; readonly of: ScalarType; readonly items: readonly Value[] };

/** No value: another thing than "" or 0. */
export const NOT_SET: Value = { type: 'notSet' };

/** Makes values. */
export const make = {
  string: (value: string): Value => ({ type: 'string', value }),
  integer: (value: number): Value => ({ type: 'integer', value }),
  /** Fifteen digits are what a double holds: `0.1 + 0.2` is 0.3. */
  decimal: (value: number): Value => ({ type: 'decimal', value: Number(value.toPrecision(15)) }),
  boolean: (value: boolean): Value => ({ type: 'boolean', value }),
  dateTime: (value: number): Value => ({ type: 'dateTime', value }),
  duration: (value: number): Value => ({ type: 'duration', value }),
  /** JSON's null is no value. */
  json: (value: Json | undefined): Value => (value === undefined || value === null ? NOT_SET : { type: 'json', value }),
  collection: (of: ScalarType, items: readonly Value[]): Value => ({ type: 'collection', of, items }),
};

/** The greatest integer that Architect has; the least is its negative. */
export const MOST_INTEGER = 999_999_999_999_999;

/** How long a string may get, so that a flow that doubles one in a loop ends with an error of its own. */
export const MOST_CHARACTERS = 1_000_000;

/** The type of a value. */
export const typeOf = (value: Value): Type | 'notSet' =>
  value.type === 'collection' ? `${value.of}Collection` : value.type;

/** The type of what is in a collection; undefined for a single value's type. */
export const itemTypeOf = (type: StaticType): ScalarType | undefined =>
  scalarTypes.find((scalar) => type === `${scalar}Collection`);

/** The type that a variable's key in Archy YAML says: of `stringVariable`, `queueVariable`, `jsonCollectionVariable`. */
export function typeOfVariableKey(key: string): Type | undefined {
  const [, kind, collection] = /^([A-Za-z]+?)(Collection)?Variable$/.exec(key) ?? [];
  if (kind === undefined) return undefined;
  const scalar = scalarTypes.find((type) => type === kind) ?? 'object';
  return collection ? `${scalar}Collection` : scalar;
}

const nouns: Readonly<Record<ScalarType, string>> = {
  string: 'a string',
  integer: 'an integer',
  decimal: 'a decimal',
  boolean: 'a boolean',
  dateTime: 'a dateTime',
  duration: 'a duration',
  json: 'JSON',
  phoneNumber: 'a phone number',
  currency: 'a currency',
  audio: 'audio',
  prompt: 'a prompt',
  object: 'an object of the organization',
};

/** How a message names a type: "an integer", "a collection (string)". */
export function nameOfType(type: StaticType): string {
  if (type === 'notSet') return 'NOT_SET';
  if (type === 'unknown') return 'something unknown';
  const item = itemTypeOf(type);
  return item ? `a collection (${item})` : nouns[type as ScalarType];
}
