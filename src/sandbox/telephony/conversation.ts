import type { World } from '../world.ts';

/** A record of `conversations`. Times are milliseconds since the epoch. */
export type ConversationRecord = {
  readonly id: string;
  readonly participantId: string;
  readonly sessionId: string;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  readonly ani: string;
  readonly dnis: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The customer's participant data, each with when it was set. */
  readonly attributes: Readonly<Record<string, { readonly value: string; readonly at: number }>>;
};

/** How many conversations a world remembers. */
const MOST = 200;

interface Begun {
  readonly direction: ConversationRecord['direction'];
  readonly to: string;
  readonly from: string | undefined;
  readonly now: number;
}

/** Begins a conversation with a customer. An address is spelled as the platform spells it. */
export function beginConversation(world: World, { direction, to, from, now }: Begun): ConversationRecord {
  const [oldest] = world.list<ConversationRecord>('conversations');
  if (oldest && world.list('conversations').length >= MOST) world.remove('conversations', oldest.id);
  const id = world.uuid();
  return world.put<ConversationRecord>('conversations', id, {
    id,
    participantId: world.uuid(),
    sessionId: world.uuid(),
    direction,
    ani: from === undefined ? 'anonymous' : `tel:${from}`,
    dnis: `tel:${to}`,
    startedAt: now,
    attributes: {},
  });
}

/** The conversation, or undefined. */
export const conversationOf = (world: World, id: string): ConversationRecord | undefined =>
  world.get<ConversationRecord>('conversations', id);

/** Sets participant data of the customer. */
export function setAttributes(world: World, id: string, values: Readonly<Record<string, string>>, now: number): void {
  const conversation = conversationOf(world, id);
  if (!conversation) return;
  const fresh = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, at: now }]));
  world.put<ConversationRecord>('conversations', id, {
    ...conversation,
    attributes: { ...conversation.attributes, ...fresh },
  });
}
