/** Kinds whose names in an execution history are not those in a flow's text. */
const others: Readonly<Record<string, string>> = {
  transferToFlowSecure: 'actionTransferFlowSecure',
  transferToFlow: 'actionTransferFlow',
  transferToUser: 'actionTransferUser',
  transferToGroup: 'actionTransferGroup',
  transferToNumber: 'actionTransferExternal',
  transferToVoicemail: 'actionTransferVoicemail',
};

/** What Genesys' own execution history calls an action or a menu's choice. */
export function traceName(kind: string): string {
  if (kind.startsWith('menu')) return kind;
  const other = Object.hasOwn(others, kind) ? others[kind] : undefined;
  return other ?? `action${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
}
