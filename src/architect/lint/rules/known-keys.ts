import { isMap, isScalar, type YAMLMap } from 'yaml';
import { nearestName } from '../../expression/nearest-name.ts';
import { calls, wellKnown } from '../../model/kinds.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

const top = ['name', 'description', 'division', 'startUpRef', 'defaultLanguage', 'supportedLanguages', 'variables'];
const settings = ['settingsActionDefaults', 'settingsErrorHandling', 'settingsPrompts'];
const call = ['initialGreeting', 'settingsMenu', 'settingsSpeechRec', 'menus', 'tasks'];

const choice = [
  ...['name', 'refId', 'dtmf', 'globalDtmf', 'globalSpeechRecTerms', 'speechRecTerms'],
  ...['task', 'targetTaskRef', 'targetMenuRef'],
];
const callData = ['name', 'processingPrompt', 'timeout', 'category', 'outputs'];
const lookup = ['name', 'conversationId', 'participantId', 'attributes', 'outputs'];

/** The keys that the grammar has, by what they are under. */
const grammar: Readonly<Record<string, readonly string[]>> = {
  menu: ['name', 'refId', 'audio', 'settingsMenu', 'settingsSpeechRec', 'choices', 'defaultChildMenuRef'],
  task: ['name', 'refId', 'description', 'variables', 'actions'],
  state: ['name', 'refId', 'variables', 'actions'],
  menuTask: choice,
  menuJumpToTask: choice,
  menuDisconnect: choice,
  playAudio: ['name', 'audio'],
  disconnect: ['name', 'none'],
  endWorkflow: ['name', 'none', 'exitReason'],
  collectInput: [
    ...['name', 'inputData', 'digits', 'interDigitTimeout', 'noEntryTimeout', 'inputAudio', 'acceptJustStar'],
    ...['acceptJustPound', 'includeTerminatingDtmfInResultData', 'verificationType', 'verificationAudio', 'outputs'],
  ],
  callData,
  callDataSecure: callData,
  dataAction: [],
  decision: ['name', 'condition', 'outputs'],
  setParticipantData: ['name', 'attributes'],
  getConversationData: lookup,
  setConversationData: lookup,
  jumpToTask: ['name', 'targetTaskRef'],
  updateData: ['name', 'statements'],
  transferToFlowSecure: [
    ...['name', 'targetFlow', 'connectTimeout', 'preTransferAudio', 'invocationData', 'failureTransferAudio'],
    ...['failureOutputs', 'outputs'],
  ],
};

/** What a data action's own keys are: it stands under a name that is a key itself. */
const called = ['inputs', 'successOutputs', 'failureOutputs'];

/** A key that nearly is one of the grammar is a slip; others may be newer than what is known here. */
export const knownKeys: Rule = {
  name: 'known-keys',
  check: (context) => {
    const { entries, model, flow, root } = context;
    const bodies = new Set([...model.actions.map(({ entry }) => entry), ...model.containers.map(({ entry }) => entry)]);
    const found = entries.flatMap((entry) => {
      const { name, value, parent } = entry;
      if (!isMap(value)) return [];
      if (parent?.name === 'dataAction') return strangers(value, called, 'a data action');
      if (name === 'dataAction' || !(bodies.has(entry) || parent?.name === 'choices')) return [];
      const known = Object.hasOwn(grammar, name) ? grammar[name] : undefined;
      return known ? strangers(value, known, name) : [];
    });
    return [...strangers(flow, keysOfRoot(context), root), ...found];
  },
};

function keysOfRoot({ root, flow }: LintContext): readonly string[] {
  if (root === 'workflow') return [...top, ...settings, 'states', 'tasks'];
  if (wellKnown.has(root) || calls.has(root)) return [...top, ...settings, ...call, 'settingsOutboundCall'];
  return flow.items.map(({ key }) => String(key));
}

function strangers(map: YAMLMap, known: readonly string[], what: string): readonly Problem[] {
  const absent = known.filter((key) => !map.has(key));
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key) || known.includes(String(key.value))) return [];
    const meant = nearestName(String(key.value), absent);
    const message = `"${key.value}" is no key of ${what} that is known here${meant ? `: did you mean ${meant}?` : ''}`;
    return [{ severity: meant ? 'error' : 'note', message, offset: key.range?.[0] ?? 0 }];
  });
}
