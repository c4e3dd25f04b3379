import { describe, expect, test } from 'vitest';
import { flowOf, rehearse, variables } from './rehearse.ts';

const types = variables({ 'Flow.name': ['string', { lit: 'Ann' }], 'Flow.unset': 'string' });
const play = (audio: object | string) =>
  rehearse(flowOf([{ playAudio: { name: 'Say', audio } }], { variables: types }));

test.each([
  [{ tts: 'Hello' }, 'Hello'],
  [{ prompt: 'PromptSystem.processing' }, '[prompt PromptSystem.processing]'],
  [{ prompt: { lit: { name: 'Prompt.Hi' } } }, '[prompt Prompt.Hi]'],
  [{ exp: 'ToAudioTTS("Hello " + Flow.name)' }, 'Hello Ann'],
  [{ exp: 'ToAudioBlank(1500)' }, '[1.5 s of silence]'],
  [{ exp: 'Prompt.Welcome' }, '[prompt Prompt.Welcome]'],
  [{ exp: 'Append(ToAudioTTS("a"), ToAudioBlank(1000), Prompt.B)' }, 'a [1 s of silence] [prompt Prompt.B]'],
])('%j is heard as "%s"', async (audio, text) => {
  expect((await play(audio)).heard).toEqual([text]);
});

test.each([[{ noValue: true }], [{}]])('%j is not heard', async (audio) => {
  const { heard, ending } = await play(audio);
  expect([heard, ending.kind]).toEqual([[], 'disconnect']);
});

test('a key ends it early, unless it says otherwise', async () => {
  expect((await play({ tts: 'a' })).bargeable).toEqual([true]);
  expect((await play({ exp: 'AudioPlaybackOptions(ToAudioTTS("a"), false)' })).bargeable).toEqual([false]);
});

describe('what is no audio', () => {
  test('is an error', async () => {
    expect((await play({ exp: '1 + 1' })).ending).toMatchObject({
      kind: 'error',
      message: 'an integer is here, where audio is needed',
    });
    expect((await play({ exp: 'ToAudioTTS(Flow.unset)' })).ending).toMatchObject({
      message: expect.stringMatching(/^ToAudioTTS was given NOT_SET as its text/),
    });
  });
});
