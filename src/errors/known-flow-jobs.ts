import type { Explanation } from './explanation.ts';
import { SetupError } from './setup-error.ts';

const said = (...details: readonly string[]) => ({
  from: 'flow job' as const,
  thrown: new SetupError('Genesys Cloud did not publish the secure call flow.', { details }),
});

/** What Architect says of a flow that it does not publish. */
export const knownOfFlowJobs: readonly Explanation[] = [
  {
    match: { text: /missing permission\S*:? (?<permission>[a-z]\w*:\w+:\w+(?:, [a-z]\w*:\w+:\w+)*)/i },
    message: 'The OAuth client lacks the permission {permission}, without which nothing is published.',
    hint: 'Add it to a role of the client (Admin > People & Permissions > Roles / Permissions), wait up to five minutes, then run the command again.',
    example: said('Architect Scripting session ended in error ( code: 99 )', 'missing permission: architect:ui:view'),
  },
  {
    match: { text: /did not find a text to speech voice with the name '(?<voice>[^']*)'/ },
    message: 'The organization has no text-to-speech voice "{voice}".',
    hint: 'Choose a default voice for the language of the flow in Architect (Admin > Architect > Text-to-Speech), then run the command again.',
    example: said(
      "did not find a text to speech voice with the name 'Jill' for engine 'Genesys Enhanced TTS' in language 'en-us'",
    ),
  },
  {
    match: { text: /could not find the flow with id/i },
    message: 'Genesys Cloud throttles publishing; it calls that a flow that it cannot find.',
    hint: 'Wait a few minutes, then run the command again: it goes on from where it stopped.',
    example: said("could not find the flow with id '5a4d0b0c'", 'Archy failed, exit code: 107'),
  },
  {
    match: { text: /locked by (?:another user|user)/i },
    message: 'Somebody has the flow open in Architect, and locked.',
    hint: 'Ask them to save and close it, then run the command again.',
    example: said("The flow 'dev-EventOrchestrator Secure Flow' is locked by another user: Ann."),
  },
  {
    match: { text: /find '(?<kind>[^']+)' by value of '(?<name>[^']+)' - no matches/ },
    message: 'The flow refers to something that is not there: {kind} "{name}".',
    hint: 'Check that it exists and is published, then run the command again.',
    example: said("find 'data actions' by value of 'dev-x-data-action' - no matches"),
  },
  {
    match: { text: /session ended in error \( ?code: 99 ?\)/ },
    message: 'Architect ended with an error. Most often the OAuth client lacks architect:ui:view.',
    hint: 'Check that a role of the client has architect:ui:view, wait up to five minutes, then run the command again.',
    example: said('Architect Scripting session ended in error ( code: 99 )'),
  },
];
