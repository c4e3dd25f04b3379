import { textOf } from '../coerce.ts';
import type { AudioPart, Value } from '../value.ts';
import { define, type FunctionDefinition } from './define.ts';
import { aBoolean, aNumber, anything, anythingOrNotSet, aString, audio } from './parameters.ts';

const audioOf = (...parts: readonly AudioPart[]): Value => ({ type: 'audio', parts });

/** Milliseconds of silence: a number of them, or a duration. */
function silenceOf(value: Value): number | undefined {
  if (value.type !== 'integer' && value.type !== 'decimal' && value.type !== 'duration') return undefined;
  return value.value >= 0 ? value.value : undefined;
}

/** What a caller hears. */
export const audioFunctions: readonly FunctionDefinition[] = [
  define('ToAudioTTS', [aString('text')], 'audio', ([text]) => audioOf({ say: text })),
  define('ToAudioBlank', [anything('milliseconds')], 'audio', ([length], { failure }) => {
    const silence = silenceOf(length);
    if (silence === undefined) throw failure('takes milliseconds or a duration, not less than none');
    return audioOf({ silence });
  }),
  define('ToAudioNumber', [aNumber('number')], 'audio', ([number]) => audioOf({ say: textOf(number) ?? '' })),
  define('ToAudioPrompt', [audio('prompt')], 'audio', ([prompt]) => prompt),
  define('ToAudio', [anythingOrNotSet('value')], 'audio', ([value], { failure }) => {
    if (value.type === 'audio' || value.type === 'notSet') return value;
    if (value.type === 'prompt') return audioOf({ prompt: value.name });
    const say = textOf(value);
    if (say === undefined) throw failure('takes what can be spoken');
    return audioOf({ say });
  }),
  define('AudioPlaybackOptions', [audio('audio'), aBoolean('barge-in')], 'audio', ([{ parts }, bargeIn]) => ({
    type: 'audio',
    parts,
    bargeIn,
  })),
];
