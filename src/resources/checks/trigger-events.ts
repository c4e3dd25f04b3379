/** An event as the topic sends it when a customer's part in a conversation ends. */
const event = (mediaType: 'VOICE' | 'CHAT', dnis: string) => ({
  eventTime: 1_767_225_600_000,
  conversationId: '00000000-0000-4000-8000-000000000001',
  participantId: '00000000-0000-4000-8000-000000000002',
  sessionId: '00000000-0000-4000-8000-000000000003',
  disconnectType: 'PEER',
  mediaType,
  provider: 'Edge',
  direction: 'INBOUND',
  ani: 'tel:+12025550199',
  dnis,
  interactingDurationMs: 1_000,
});

/** The dialled number in every form that an event may carry it in. Which one it is is not documented. */
const formsOf = (number: string): readonly string[] => [number, `tel:${number}`, `sip:${number}@example.com`];

/** Calls to a number, in every form. */
export const callsTo = (number: string) => formsOf(number).map((dnis) => event('VOICE', dnis));

/** A chat, which no criterion for calls may match. */
export const chatWith = (number: string) => event('CHAT', `tel:${number}`);

/** A call to some other number of the same length. */
export const callElsewhere = (number: string) =>
  event('VOICE', `tel:${number.slice(0, -1)}${(Number(number.slice(-1)) + 1) % 10}`);
