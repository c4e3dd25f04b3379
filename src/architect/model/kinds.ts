/** The root keys of flows, as Archy writes them. */
export const roots: readonly string[] = [
  ...['inboundCall', 'outboundCall', 'inqueueCall', 'secureCall', 'voicemail', 'voiceSurvey', 'surveyInvite', 'voice'],
  ...['inboundChat', 'inboundEmail', 'inboundShortMessage', 'inqueueEmail', 'inqueueShortMessage', 'speech'],
  ...['workflow', 'workitem', 'commonModule', 'botFlow', 'digitalBotFlow', 'bot', 'digitalBot'],
];

/** The types whose built-in variables are known, and in which everything else is declared or assigned. */
export const wellKnown: ReadonlySet<string> = new Set(['inboundCall', 'secureCall', 'workflow']);
/** Flows with a caller who hears when nothing follows. */
export const calls: ReadonlySet<string> = new Set(['inboundCall', 'secureCall', 'outboundCall']);
/** Flows that go from one menu, task or state to another as their refs say, and that nothing else leads into. */
export const routed: ReadonlySet<string> = new Set([
  ...['inboundCall', 'secureCall', 'outboundCall', 'workflow', 'workitem'],
  ...['inboundChat', 'inboundEmail', 'inboundShortMessage'],
]);

/** The ways out of an action, by its kind; one that is not written goes on to the next action. */
export const waysOf: Readonly<Record<string, readonly string[]>> = {
  callData: ['success', 'failure', 'timeout'],
  callDataSecure: ['success', 'failure', 'timeout'],
  collectInput: ['success', 'failure'],
  decision: ['yes', 'no'],
  getConversationData: ['found', 'notFound'],
  setConversationData: ['success', 'failure'],
  dataTableLookup: ['found', 'notFound', 'failure'],
  findQueue: ['found', 'notFound', 'failure'],
  findQueueById: ['found', 'notFound', 'failure'],
  getExternalContact: ['found', 'notFound', 'failure'],
};

/** After these comes nothing. */
export const enders: ReadonlySet<string> = new Set([
  ...['disconnect', 'endWorkflow', 'endTask', 'endState', 'exitBotFlow', 'exitWorkitemFlow'],
  ...['jumpToTask', 'jumpToMenu', 'changeState', 'loopExit', 'loopNext', 'previousMenu', 'repeatMenu'],
]);

/** After these comes the next action, without other ways. */
export const passers: ReadonlySet<string> = new Set([
  ...['playAudio', 'setParticipantData', 'getParticipantData', 'updateData', 'setLanguage', 'wait', 'sendResponse'],
  ...['callTask', 'sendAutoReply', 'callBotFlow', 'callCommonModule', 'setWrapupCode', 'setFlowOutcome'],
  ...['initializeFlowOutcome', 'setUUIData', 'setScreenPop', 'setExternalTag', 'playEstimatedWaitTime', 'holdMusic'],
  ...['playAudioOnSilence', 'flushAudio', 'disconnectWorkitem', 'setWhisperAudio', 'enableParticipantRecording'],
]);

/** Whether an action hands the caller over: only where that fails does the flow go on. */
export const isTransfer = (kind: string): boolean => kind.startsWith('transferTo');

const transfers = ['Acd', 'Flow', 'FlowSecure', 'User', 'Number', 'Group', 'Voicemail', 'Agent'].map(
  (to) => `transferTo${to}`,
);

/** Every kind of action that means something here. */
export const knownKinds: readonly string[] = [
  ...Object.keys(waysOf),
  ...enders,
  ...passers,
  ...transfers,
  ...['loop', 'switch', 'detectSilence', 'dialByExtension', 'callBridge', 'extractSecureData', 'createCallback'],
  ...[
    'askForIntent',
    'askForSlot',
    'askForBoolean',
    'loopAnythingElse',
    'communicate',
    'digitalMenu',
    'askForAnything',
  ],
  ...['getSecuredData', 'setSecuredData', 'evaluateSchedule', 'evaluateScheduleGroup', 'findUser', 'findUserById'],
];

/** What is not in a workflow, where nobody listens. */
export const onlyWithCaller: ReadonlySet<string> = new Set([
  ...['playAudio', 'collectInput', 'transferToAcd', 'transferToFlowSecure', 'setParticipantData', 'jumpToMenu'],
]);
