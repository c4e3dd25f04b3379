import { textOf, unwrapped } from '../coerce.ts';
import { parseDateTime, parseDuration } from '../iso-time.ts';
import { parsePhoneNumber } from '../phone-number.ts';
import { MOST_INTEGER, make, NOT_SET, nameOfType, type ScalarType, typeOf, type Value } from '../value.ts';
import { define, type FunctionDefinition } from './define.ts';
import { aNumber, anything, anythingOrNotSet, aString } from './parameters.ts';

/** `name(value)`: undefined is what has no such form. Messages name the type of what was given, never the value. */
const conversion = (name: string, type: ScalarType, convert: (value: Value) => Value | undefined): FunctionDefinition =>
  define(name, [anything('value')], type, ([given], { failure }) => {
    const value = unwrapped(given);
    const converted = value.type === type ? value : convert(value);
    if (!converted) throw failure(`cannot make ${nameOfType(type)} of this ${describe(value)}`);
    return converted;
  });

const describe = (value: Value): string => nameOfType(typeOf(value)).replace(/^an? /, '');

/** The text of NOT_SET is NOT_SET, not "". */
const toText = (name: string): FunctionDefinition =>
  define(name, [anythingOrNotSet('value')], 'string', ([value], { failure }) => {
    if (value.type === 'notSet') return NOT_SET;
    const text = textOf(value);
    if (text === undefined) throw failure(`cannot make a string of this ${describe(value)}`);
    return make.string(text);
  });

function toInteger(value: Value): Value | undefined {
  if (value.type === 'boolean') return make.integer(Number(value.value));
  const number = numberOf(value);
  if (number === undefined || (value.type === 'string' && !Number.isInteger(number))) return undefined;
  return Math.abs(number) > MOST_INTEGER ? undefined : make.integer(Math.trunc(number));
}

function numberOf(value: Value): number | undefined {
  if (value.type === 'integer' || value.type === 'decimal' || value.type === 'duration') return value.value;
  if (value.type === 'currency') return value.amount;
  return value.type === 'string' && /^\s*[+-]?\d{1,40}(?:\.\d{1,40})?\s*$/.test(value.value)
    ? Number(value.value)
    : undefined;
}

function toDecimal(value: Value): Value | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : make.decimal(number);
}

function toBoolean(value: Value): Value | undefined {
  if (value.type === 'integer' || value.type === 'decimal') return make.boolean(value.value !== 0);
  const word = value.type === 'string' ? value.value.trim().toLowerCase() : '';
  return word === 'true' || word === 'false' ? make.boolean(word === 'true') : undefined;
}

/** Of a string in ISO 8601, or of milliseconds. */
function toDuration(value: Value): Value | undefined {
  const length =
    value.type === 'string' ? parseDuration(value.value) : value.type === 'integer' ? value.value : undefined;
  return length === undefined ? undefined : make.duration(length);
}

function toDateTime(value: Value): Value | undefined {
  const time = value.type === 'string' ? parseDateTime(value.value) : undefined;
  return time === undefined ? undefined : make.dateTime(time);
}

function toPhoneNumber(value: Value): Value | undefined {
  const number = value.type === 'string' ? parsePhoneNumber(value.value) : undefined;
  return number && { type: 'phoneNumber', value: number };
}

/** From one type to another; what cannot be converted is an error of the flow. */
export const conversionFunctions: readonly FunctionDefinition[] = [
  toText('ToString'),
  toText('ToDisplayString'),
  conversion('ToInt', 'integer', toInteger),
  conversion('ToDecimal', 'decimal', toDecimal),
  conversion('ToBool', 'boolean', toBoolean),
  conversion('ToBoolean', 'boolean', toBoolean),
  conversion('ToDateTime', 'dateTime', toDateTime),
  conversion('ToDuration', 'duration', toDuration),
  conversion('ToPhoneNumber', 'phoneNumber', toPhoneNumber),
  conversion('MakePhoneNumber', 'phoneNumber', toPhoneNumber),
  define('MakeCurrency', [aNumber('amount'), aString('code')], 'currency', ([amount, code], { failure }) => {
    if (!/^[A-Za-z]{3}$/.test(code)) throw failure('takes a currency code of three letters');
    return { type: 'currency', amount: amount.value, code: code.toUpperCase() };
  }),
];
