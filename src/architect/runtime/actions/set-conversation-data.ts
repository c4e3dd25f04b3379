import { along, type Perform } from '../step.ts';
import { conversationOf, setAttributes } from './attributes.ts';

/** Sets participant data of the customer in a conversation. */
export const setConversationData: Perform = async (step) => {
  const { isThere, detail } = await setAttributes(step, conversationOf(step));
  return along(isThere ? 'success' : 'failure', detail);
};
