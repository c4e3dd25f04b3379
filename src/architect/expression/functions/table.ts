import { nearestName } from '../nearest-name.ts';
import { audioFunctions } from './audio.ts';
import { collectionFunctions } from './collections.ts';
import { conversionFunctions } from './conversions.ts';
import { dateFunctions } from './dates.ts';
import type { FunctionDefinition } from './define.ts';
import { jsonFunctions } from './json.ts';
import { logicFunctions } from './logic.ts';
import { notSimulatedNames, whyNotSimulated } from './not-simulated.ts';
import { numberFunctions } from './numbers.ts';
import { textFunctions } from './text.ts';

/** Every function that is run here. */
const functions: readonly FunctionDefinition[] = [
  ...logicFunctions,
  ...conversionFunctions,
  ...textFunctions,
  ...numberFunctions,
  ...jsonFunctions,
  ...collectionFunctions,
  ...audioFunctions,
  ...dateFunctions,
];

const byName = new Map(functions.map((each) => [each.name.toLowerCase(), each]));

/** The function of a name, whatever its case; undefined if it is not run here. */
export const functionNamed = (name: string): FunctionDefinition | undefined => byName.get(name.toLowerCase());

/** Why there is no function of this name to run, and which may be meant. */
export function noFunction(name: string): string {
  const why = whyNotSimulated(name);
  if (why) return `${name} ${why}`;
  const meant = nearestName(name, [...functions.map((each) => each.name), ...notSimulatedNames]);
  return `there is no function "${name}"${meant ? `: did you mean ${meant}?` : ''}`;
}
