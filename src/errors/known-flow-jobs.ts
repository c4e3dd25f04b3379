import type { Explanation } from './explanation.ts';
import { SetupError } from './setup-error.ts';

const said = (...details: readonly string[]) => ({
  from: 'flow job' as const,
  thrown: new SetupError('Genesys Cloud did not publish the secure call flow.', { details }),
});

/** What Architect says of a flow that it does not publish. */
export const knownOfFlowJobs: readonly Explanation[] = [
  {
    id: 'architect.permission',
    match: { text: /missing permission\S*:? (?<permission>[a-z]\w*:\w+:\w+(?:, [a-z]\w*:\w+:\w+)*)/i },
    message: 'The OAuth client lacks the permission {permission}, without which nothing is published.',
    hint: 'Add it to a role of the client (Admin > People & Permissions > Roles / Permissions), wait up to five minutes, then run the command again.',
    example: said('Architect Scripting session ended in error ( code: 99 )', 'missing permission: architect:ui:view'),
  },
  {
    id: 'architect.voice',
    match: { text: /did not find a text to speech voice with the name '(?<voice>[^']*)'/ },
    message: 'The organization has no text-to-speech voice "{voice}".',
    hint: 'Choose a default voice for the language of the flow in Architect (Admin > Architect > Text-to-Speech), then run the command again.',
    example: said(
      "did not find a text to speech voice with the name 'nb-NO-Standard-A' for engine 'Genesys Enhanced TTS' in language 'nb-no'. ('voice' … '/inboundCall/textToSpeech')",
    ),
  },
  {
    id: 'architect.default-voice',
    match: { text: /a default voice was not found for engine (?<engine>.+?) and language (?<language>[^\s.]+)/ },
    message: 'The organization has no default text-to-speech voice of {engine} for the language {language}.',
    hint: 'Choose one in Architect (Admin > Architect > Text-to-Speech), then run the command again.',
    example: said("a default voice was not found for engine 'Genesys Enhanced TTS' and language 'en-us'"),
  },
  {
    id: 'architect.throttled',
    match: { text: /could not find the flow with id/i },
    message: 'Genesys Cloud throttles publishing; it calls that a flow that it cannot find.',
    hint: 'Wait a few minutes, then run the command again: it goes on from where it stopped.',
    example: said("could not find the flow with id '5a4d0b0c'", 'Archy failed, exit code: 107'),
  },
  {
    id: 'architect.locked',
    match: { text: /locked by (?:another user|user)/i },
    message: 'Somebody has the flow open in Architect, and locked.',
    hint: 'Ask them to check it in or close it there, then run the command again; or add --force-unlock.',
    example: said("The flow 'dev-EventOrchestrator Secure Flow' is locked by another user: Ann."),
  },
  {
    id: 'architect.missing',
    match: { text: /find '(?<kind>[^']+)' by value of '(?<name>[^']+)' - no matches/ },
    message: 'The flow refers to something that is not there: {kind} "{name}".',
    hint: 'Check that it exists and is published, then run the command again.',
    example: said("find 'data actions' by value of 'dev-x-data-action' - no matches"),
  },
  {
    id: 'architect.no-match',
    match: { text: /no matches \('(?<member>[^']+)'.*?'(?<path>\/[^']+)'\)/ },
    message: 'The flow refers to something that the organization does not have: {member} at {path}.',
    hint: 'Check that it exists and is published, then run the command again.',
    example: said(
      "Error details: no matches ('targetQueue' … '/inboundCall/menus/menu[EG_Demo_69]/choices/menuTransferToAcd[_^_archy_menuTransferToAcd_3__]')",
    ),
  },
  {
    id: 'architect.other-version',
    match: { text: /expected an? \w+ but got \w+ \('(?<member>[^']+)'.*?'(?<path>\/[^']+)'\)/ },
    message: 'Architect does not take a part of the flow: {member} at {path}.',
    hint: 'The organization may run another version of Architect than the flows were written for: report what is shown here.',
    example: said("expected a object but got null ('initialGreeting' … '/inboundCall')"),
  },
  {
    id: 'architect.placeholder',
    match: { text: /pre-processor substitution key of|reading 'refId'/ },
    message: 'A placeholder in the flow was left unfilled.',
    hint: 'That is a mistake in eo-setup: report what is shown here.',
    example: said(
      "ArchSession.startWithAuthToken - Caught unhandled exception … TypeError: Cannot read properties of undefined (reading 'refId')",
    ),
  },
  {
    id: 'architect.code-99',
    match: { text: /session ended in error \( ?code: 99 ?\)/ },
    message: 'Architect ended with an error. Most often the OAuth client lacks architect:ui:view.',
    hint: 'Check that a role of the client has architect:ui:view, wait up to five minutes, then run the command again.',
    example: said('Architect Scripting session ended in error ( code: 99 )'),
  },
];
