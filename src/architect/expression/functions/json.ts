import { isArray, jsonOf } from '../coerce.ts';
import { propertyOf } from '../members.ts';
import { type Json, make, type Value } from '../value.ts';
import { define, type FunctionDefinition, many } from './define.ts';
import { anything, anythingOrNotSet, aString, json } from './parameters.ts';

const MOST_NESTING = 100;

/** How deep the brackets of a JSON text go, those in strings left out. Sticky, so that it reads each character once. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[^"]/gsy)) {
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function parsed(text: string): Value | undefined {
  if (nestingOf(text) > MOST_NESTING) return undefined;
  try {
    return make.json(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** Whether a value is JSON, and of that kind. */
const kindTest = (name: string, holds: (value: Json) => boolean): FunctionDefinition =>
  define(name, [anythingOrNotSet('value')], 'boolean', ([value]) =>
    make.boolean(value.type === 'json' && holds(value.value)),
  );

/** On JSON. */
export const jsonFunctions: readonly FunctionDefinition[] = [
  define('JsonParse', [aString('text')], 'json', ([text], { failure }) => {
    const value = parsed(text);
    if (!value) throw failure('was given text that is not JSON');
    return value;
  }),
  define('JsonStringify', [anything('value')], 'string', ([value]) => make.string(JSON.stringify(jsonOf(value)))),
  define('ToJson', [anything('value')], 'json', ([value]) => make.json(jsonOf(value))),
  define('GetJsonObjectProperty', [json('object'), aString('name')], 'json', ([object, name]) =>
    make.json(propertyOf(object, name)),
  ),
  define('ToJsonCollection', [json('array')], 'jsonCollection', ([array], { failure }) => {
    if (!isArray(array)) throw failure('was given JSON that is no array');
    return make.collection('json', array.map(make.json));
  }),
  define('MakeJsonObject', [many(anythingOrNotSet('name or value'))], 'json', ([given], { failure }) => {
    if (given.length % 2 === 1) throw failure('takes pairs: a name, then its value');
    const names = given.filter((_, index) => index % 2 === 0);
    const entries = names.map((name, index) => [name, given[2 * index + 1]] as const);
    return make.json(
      Object.fromEntries(
        entries.map(([name, value]) => {
          if (name.type !== 'string') throw failure('takes strings as names');
          return [name.value, value ? jsonOf(value) : null];
        }),
      ),
    );
  }),
  kindTest('IsJsonArray', isArray),
  kindTest('IsJsonObject', (value) => typeof value === 'object' && value !== null && !isArray(value)),
  kindTest('IsJsonString', (value) => typeof value === 'string'),
  kindTest('IsJsonNumber', (value) => typeof value === 'number'),
  kindTest('IsJsonBoolean', (value) => typeof value === 'boolean'),
];
