import type { Perform } from '../step.ts';
import { callData } from './call-data.ts';
import { callTask } from './call-task.ts';
import { collectInput } from './collect-input.ts';
import { decision } from './decision.ts';
import { disconnect } from './disconnect.ts';
import { endTask } from './end-task.ts';
import { endWorkflow } from './end-workflow.ts';
import { getConversationData } from './get-conversation-data.ts';
import { getParticipantData } from './get-participant-data.ts';
import { jump } from './jump.ts';
import { loop, loopExit, loopNext } from './loop.ts';
import { menuMenu, menuTask, previousMenu, repeatMenu } from './menu-choices.ts';
import { playAudio } from './play-audio.ts';
import { setConversationData } from './set-conversation-data.ts';
import { setParticipantData } from './set-participant-data.ts';
import { switchCase } from './switch.ts';
import { transferAway } from './transfer-away.ts';
import { transferToFlowSecure } from './transfer-to-flow-secure.ts';
import { updateData } from './update-data.ts';
import { wait } from './wait.ts';

/** Every kind of action that is rehearsed. */
const actions: Readonly<Record<string, Perform>> = {
  callData,
  callDataSecure: callData,
  callTask,
  changeState: jump,
  collectInput,
  decision,
  disconnect,
  endTask,
  endWorkflow,
  getConversationData,
  getParticipantData,
  jumpToMenu: jump,
  jumpToTask: jump,
  loop,
  loopExit,
  loopNext,
  menuMenu,
  menuSubMenu: menuMenu,
  menuTask,
  playAudio,
  previousMenu,
  repeatMenu,
  setConversationData,
  setParticipantData,
  switch: switchCase,
  transferToAcd: transferAway,
  transferToAgent: transferAway,
  transferToExternal: transferAway,
  transferToFlow: transferAway,
  transferToFlowSecure,
  // As a menu's choice it is also written menuTransferFlowSecure.
  transferFlowSecure: transferToFlowSecure,
  transferToGroup: transferAway,
  transferToNumber: transferAway,
  transferToUser: transferAway,
  transferToVoicemail: transferAway,
  updateData,
  wait,
};

/** What runs an action of this kind, or the choice of a menu that does the same (`menuDisconnect`); undefined: nothing. */
export function actionNamed(kind: string): Perform | undefined {
  if (Object.hasOwn(actions, kind)) return actions[kind];
  const inner = kind.startsWith('menu') ? `${kind.slice(4, 5).toLowerCase()}${kind.slice(5)}` : '';
  return Object.hasOwn(actions, inner) ? actions[inner] : undefined;
}
