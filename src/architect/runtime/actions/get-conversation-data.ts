import { along, type Perform } from '../step.ts';
import { conversationOf, getAttributes } from './attributes.ts';

/** Reads participant data of the customer in a conversation. Found is the conversation, not the attribute. */
export const getConversationData: Perform = async (step) => {
  const { isThere, detail } = await getAttributes(step, conversationOf(step));
  return along(isThere ? 'found' : 'notFound', detail);
};
