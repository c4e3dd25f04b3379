import { MOST_INTEGER, make, type StaticType, type Value } from '../value.ts';
import { define, type FunctionDefinition, many, optional } from './define.ts';
import { aNumber, anInteger, type Numeric } from './parameters.ts';

const like = ({ type }: Numeric, result: number): Value =>
  type === 'integer' ? make.integer(result) : make.decimal(result);

/** Integers only if all are. */
const sameType = (types: readonly StaticType[]): StaticType => {
  if (types.every((type) => type === 'integer')) return 'integer';
  return types.includes('decimal') ? 'decimal' : 'unknown';
};

const first = ([type = 'unknown']: readonly StaticType[]): StaticType => (type === 'json' ? 'unknown' : type);

/** The first for which `better` holds against all others. */
const choose = (numbers: readonly Numeric[], better: (one: number, other: number) => boolean): Value => {
  const best = numbers.reduce((chosen, each) => (better(each.value, chosen.value) ? each : chosen));
  return numbers.every(({ type }) => type === 'integer') ? best : make.decimal(best.value);
};

/** Half away from zero, in the decimal digits that are seen: 1.005 to two places is 1.01. */
function rounded(number: number, places: number): number {
  const [mantissa = '0', exponent = '0'] = Math.abs(number).toExponential().split('e');
  const whole = Math.round(Number(`${mantissa}e${Number(exponent) + places}`));
  const [digits = '0', power = '0'] = whole.toExponential().split('e');
  return Math.sign(number) * Number(`${digits}e${Number(power) - places}`);
}

/** On integers and decimals. */
export const numberFunctions: readonly FunctionDefinition[] = [
  define('Abs', [aNumber('number')], first, ([number]) => like(number, Math.abs(number.value))),
  define('Ceiling', [aNumber('number')], 'integer', ([number], { failure }) => {
    if (Math.abs(number.value) > MOST_INTEGER) throw failure('has no integer that great');
    return make.integer(Math.ceil(number.value));
  }),
  define('Floor', [aNumber('number')], 'integer', ([number], { failure }) => {
    if (Math.abs(number.value) > MOST_INTEGER) throw failure('has no integer that great');
    return make.integer(Math.floor(number.value));
  }),
  define('Round', [aNumber('number'), optional(anInteger('places'))], first, ([number, places = 0], { failure }) => {
    if (places < 0 || places > 15) throw failure('rounds to 0 to 15 places');
    return like(number, rounded(number.value, places));
  }),
  define('Max', [many(aNumber('number'))], sameType, ([numbers]) => choose(numbers, (one, other) => one > other)),
  define('Min', [many(aNumber('number'))], sameType, ([numbers]) => choose(numbers, (one, other) => one < other)),
];
