import { unwrapped } from '../coerce.ts';
import { isSame } from '../compare.ts';
import { make, type StaticType, type Value } from '../value.ts';
import { define, type FunctionDefinition } from './define.ts';
import { aBoolean, anythingOrNotSet } from './parameters.ts';

/** The type of a value that is one of two: of a whole number and a decimal it is decimal. */
function eitherType([, yes = 'unknown', no = 'unknown']: readonly StaticType[]): StaticType {
  if (yes === no || no === 'notSet') return yes;
  if (yes === 'notSet') return no;
  const areNumbers = [yes, no].every((type) => type === 'integer' || type === 'decimal');
  return areNumbers ? 'decimal' : 'unknown';
}

/** Evaluated without the argument that its condition does not choose. */
export const ifFunction: FunctionDefinition = define(
  'If',
  [aBoolean('condition'), anythingOrNotSet('value if true'), anythingOrNotSet('value if false')],
  eitherType,
  ([condition, yes, no]) => (condition ? yes : no),
);

const isEmpty = (given: Value): boolean => {
  const value = unwrapped(given);
  if (value.type === 'notSet') return true;
  if (value.type === 'string') return value.value === '';
  if (value.type === 'collection') return value.items.length === 0;
  return value.type === 'json' && typeof value.value === 'object' && Object.keys(value.value ?? {}).length === 0;
};

/** On any value, NOT_SET too. */
export const logicFunctions: readonly FunctionDefinition[] = [
  ifFunction,
  // "" and 0 are set.
  define('IsSet', [anythingOrNotSet('value')], 'boolean', ([value]) => make.boolean(value.type !== 'notSet')),
  define('IsNotSetOrEmpty', [anythingOrNotSet('value')], 'boolean', ([value]) => make.boolean(isEmpty(value))),
  define('AreEqual', [anythingOrNotSet('value'), anythingOrNotSet('other value')], 'boolean', ([value, other]) =>
    make.boolean(isSame(value, other) === true),
  ),
];
