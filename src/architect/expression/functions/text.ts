import { textOf, unwrapped } from '../coerce.ts';
import { type AudioPart, MOST_CHARACTERS, make, type StaticType, type Value } from '../value.ts';
import { define, type FunctionDefinition, many, optional } from './define.ts';
import { anInteger, anythingOrNotSet, aString } from './parameters.ts';

const isSound = (type: StaticType): boolean => type === 'audio' || type === 'prompt';

/** Audio and text appended to each other are audio. */
const appendedType = (types: readonly StaticType[]): StaticType => {
  if (types.some(isSound)) return 'audio';
  return types.includes('unknown') ? 'unknown' : 'string';
};

/** What a value adds to audio; undefined for what cannot be spoken. */
function partsOf(value: Value): readonly AudioPart[] | undefined {
  if (value.type === 'audio') return value.parts;
  if (value.type === 'prompt') return [{ prompt: value.name }];
  const say = textOf(value);
  return say === undefined ? undefined : [{ say }];
}

/** Undefined where something can neither be written nor spoken. NOT_SET adds nothing. */
function append(given: readonly Value[]): Value | undefined {
  const values = given.map(unwrapped).filter(({ type }) => type !== 'notSet');
  if (values.some(({ type }) => type === 'audio' || type === 'prompt')) {
    const parts = values.map(partsOf);
    return parts.every((each) => each !== undefined) ? { type: 'audio', parts: parts.flat() } : undefined;
  }
  const texts = values.map(textOf);
  return texts.every((each) => each !== undefined) ? make.string(texts.join('')) : undefined;
}

/** On strings, and Append, which takes audio too. */
export const textFunctions: readonly FunctionDefinition[] = [
  define('Append', [many(anythingOrNotSet('text'))], appendedType, ([values], { failure }) => {
    const result = append(values);
    if (!result) throw failure('appends text and audio only');
    return result;
  }),
  define('Contains', [aString('text'), aString('part')], 'boolean', ([text, part]) =>
    make.boolean(text.includes(part)),
  ),
  define('StartsWith', [aString('text'), aString('start')], 'boolean', ([text, start]) =>
    make.boolean(text.startsWith(start)),
  ),
  define('EndsWith', [aString('text'), aString('end')], 'boolean', ([text, end]) => make.boolean(text.endsWith(end))),
  define(
    'FindString',
    [aString('text'), aString('part'), optional(anInteger('start'))],
    'integer',
    ([text, part, start]) => make.integer(text.indexOf(part, start)),
  ),
  define('Length', [aString('text')], 'integer', ([text]) => make.integer(text.length)),
  define('Left', [aString('text'), anInteger('length')], 'string', ([text, length], { failure }) => {
    if (length < 0) throw failure('takes no negative length');
    return make.string(text.slice(0, length));
  }),
  define('Right', [aString('text'), anInteger('length')], 'string', ([text, length], { failure }) => {
    if (length < 0) throw failure('takes no negative length');
    return make.string(text.slice(Math.max(text.length - length, 0)));
  }),
  define(
    'Substring',
    [aString('text'), anInteger('start'), anInteger('length')],
    'string',
    ([text, start, length], { failure }) => {
      if (start < 0 || length < 0) throw failure('takes no negative start or length');
      return make.string(text.slice(start, start + length));
    },
  ),
  define('Upper', [aString('text')], 'string', ([text]) => make.string(text.toUpperCase())),
  define('Lower', [aString('text')], 'string', ([text]) => make.string(text.toLowerCase())),
  define('Trim', [aString('text')], 'string', ([text]) => make.string(text.trim())),
  define('Replace', [aString('text'), aString('part'), aString('by')], 'string', ([text, part, by], { failure }) => {
    if (part === '') throw failure('cannot replace an empty part');
    const pieces = text.split(part);
    if (pieces.length * by.length > MOST_CHARACTERS) throw failure('would make too long a string');
    return make.string(pieces.join(by));
  }),
  define('Split', [aString('text'), aString('separator')], 'stringCollection', ([text, separator], { failure }) => {
    if (separator === '') throw failure('cannot split at an empty separator');
    return make.collection('string', text.split(separator).map(make.string));
  }),
];
