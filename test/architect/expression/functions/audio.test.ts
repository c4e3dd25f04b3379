import { describe, expect, test } from 'vitest';
import { NOT_SET } from '../../../../src/architect/expression/value.ts';
import { failureOf, result } from '../evaluating.ts';

describe('what is heard', () => {
  test.each([
    ['ToAudioTTS("Hello")', [{ say: 'Hello' }]],
    ['ToAudioTTS(5)', [{ say: '5' }]],
    ['ToAudioBlank(500)', [{ silence: 500 }]],
    ['ToAudioBlank(Task.wait)', [{ silence: 90_000 }]],
    ['ToAudioNumber(12.5)', [{ say: '12.5' }]],
    ['ToAudioPrompt(Prompt.Welcome)', [{ prompt: 'Prompt.Welcome' }]],
    ['ToAudio("a")', [{ say: 'a' }]],
    ['ToAudio(Prompt.Welcome)', [{ prompt: 'Prompt.Welcome' }]],
    ['ToAudio(ToAudioBlank(1))', [{ silence: 1 }]],
    [
      'Append(ToAudioTTS("You are number "), ToAudioNumber(Flow.count), Flow.unset, ToAudioBlank(100), Prompt.Bye, ".")',
      [{ say: 'You are number ' }, { say: '7' }, { silence: 100 }, { prompt: 'Prompt.Bye' }, { say: '.' }],
    ],
  ])('%s', (text, parts) => {
    expect(result(text)).toEqual({ type: 'audio', parts });
  });

  test.each([
    ['AudioPlaybackOptions(ToAudioBlank(3000), true)', { type: 'audio', parts: [{ silence: 3_000 }], bargeIn: true }],
    [
      'AudioPlaybackOptions(PromptSystem.processing, false)',
      { type: 'audio', parts: [{ prompt: 'PromptSystem.processing' }], bargeIn: false },
    ],
    ['ToAudio(NOT_SET)', NOT_SET],
  ])('%s', (text, value) => {
    expect(result(text)).toEqual(value);
  });
});

test.each([
  ['ToAudioBlank(-1)', 'ToAudioBlank takes milliseconds or a duration, not less than none'],
  ['ToAudioBlank("a")', 'ToAudioBlank takes milliseconds or a duration, not less than none'],
  ['ToAudio(Flow.names)', 'ToAudio takes what can be spoken'],
  ['AudioPlaybackOptions("a", true)', 'AudioPlaybackOptions takes audio as its audio, not a string'],
  ['Append(ToAudioBlank(1), Flow.names)', 'Append appends text and audio only'],
])('%s is refused', (text, message) => {
  expect(failureOf(text)[0]).toBe(message);
});
