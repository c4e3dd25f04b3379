import * as z from 'zod';
import type { Item } from '../world.ts';
import { badRequest } from './error-body.ts';

const MEDIA_TYPES = [
  'UNKNOWN',
  'VOICE',
  'CHAT',
  'EMAIL',
  'CALLBACK',
  'COBROWSE',
  'VIDEO',
  'SCREENSHARE',
  'MESSAGE',
  'INTERNALMESSAGE',
] as const;

/** What the vendor tells when a customer's part in a conversation ends; members may be missing. */
const customerEndSchema = z
  .looseObject({
    eventTime: z.int(),
    conversationId: z.string(),
    participantId: z.string(),
    sessionId: z.string(),
    disconnectType: z.string(),
    mediaType: z.enum(MEDIA_TYPES),
    externalOrganizationId: z.string(),
    externalContactId: z.string(),
    provider: z.string(),
    direction: z.enum(['UNKNOWN', 'INBOUND', 'OUTBOUND']),
    ani: z.string(),
    dnis: z.string(),
    addressTo: z.string(),
    addressFrom: z.string(),
    callbackUserName: z.string(),
    callbackNumbers: z.array(z.string()),
    subject: z.string(),
    messageType: z.string(),
    interactingDurationMs: z.int(),
    divisionId: z.string(),
    utilizationLabel: z.string(),
  })
  .partial();

/** The topic whose events are known in all their members. */
const CUSTOMER_END = 'v2.detail.events.conversation.{id}.customer.end';

/** The event that a test was sent: JSON, or JSON as a JSON string. Throws 400 where it is neither. */
export function eventOf(body: unknown): unknown {
  if (body === undefined) throw badRequest('The body must be an event as JSON.');
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('The body must be an event as JSON.');
  }
}

/** Whether an event has the form that its topic says, and where it has not. */
export function validateSchema(topicName: string, event: unknown): Item {
  const schema = topicName === CUSTOMER_END ? customerEndSchema : z.looseObject({});
  const issues = schema.safeParse(event).error?.issues ?? [];
  const details = issues.map(({ path, message }) => `$${path.map((part) => `.${String(part)}`).join('')}: ${message}`);
  return { name: 'Schema validation', step: 1, matches: details.length === 0, details };
}
