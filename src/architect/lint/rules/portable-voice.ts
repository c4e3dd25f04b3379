import type { Rule } from '../context.ts';

/** Not every region and organization has every voice. */
export const portableVoice: Rule = {
  name: 'portable-voice',
  check: ({ entries }) =>
    entries
      .filter(({ name, parent }) => name === 'textToSpeech' && parent?.parent?.name === 'supportedLanguages')
      .map(({ start }) => ({
        severity: 'note',
        message: 'a voice is named, which is not there in every region: without it the organization chooses',
        offset: start,
      })),
};
