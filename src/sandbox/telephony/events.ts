import { type Criterion, judge, type Reading } from '../genesys/match.ts';
import { organizationOf } from '../genesys/organization.ts';
import type { TriggerRecord } from '../genesys/trigger-record.ts';
import type { Item, World } from '../world.ts';
import type { JudgedTrigger } from './contract.ts';
import type { ConversationRecord } from './conversation.ts';

const CUSTOMER_END = 'v2.detail.events.conversation.{id}.customer.end';

interface End {
  readonly endedAt: number;
  /** CLIENT: the customer hung up; ENDPOINT: the flow did. */
  readonly disconnectType: 'CLIENT' | 'ENDPOINT' | 'ERROR';
  readonly divisionId: string;
}

/** What the platform tells of a customer's end. */
export const customerEnd = (
  { id, participantId, sessionId, direction, ani, dnis, startedAt }: ConversationRecord,
  { endedAt, disconnectType, divisionId }: End,
): Item => ({
  eventTime: endedAt,
  conversationId: id,
  participantId,
  sessionId,
  disconnectType,
  mediaType: 'VOICE',
  provider: 'Edge',
  direction,
  ani,
  dnis,
  addressTo: dnis,
  addressFrom: ani,
  callbackNumbers: [],
  interactingDurationMs: endedAt - startedAt,
  conversationExternalContactIds: [],
  conversationExternalOrganizationIds: [],
  divisionId,
});

/** Holds every trigger against an event that was sent at `sentAt` and comes in at `now`. */
export function judgeTriggers(
  world: World,
  event: Item,
  { sentAt, now }: { readonly sentAt: number; readonly now: number },
): readonly (JudgedTrigger & { readonly trigger: TriggerRecord })[] {
  return world.list<TriggerRecord>('triggers').map((trigger) => {
    const why = reasonAgainst(trigger, event, now - sentAt, organizationOf(world));
    return { name: trigger.name, matched: why === undefined, why, trigger };
  });
}

function reasonAgainst(trigger: TriggerRecord, event: Item, age: number, reading: Reading): string | undefined {
  const { enabled, topicName, eventTTLSeconds, matchCriteria = [] } = trigger;
  if (!enabled) return 'it is disabled';
  if (topicName !== CUSTOMER_END) return `it listens to ${topicName}`;
  if (eventTTLSeconds !== undefined && age > eventTTLSeconds * 1_000)
    return `the event is older than its ${eventTTLSeconds} s`;
  const failed = matchCriteria.map((one) => ({ one, ...judge(one, event, reading) })).find(({ match }) => !match);
  return failed && `${describe(failed.one)} does not hold: it is ${JSON.stringify(failed.found?.value ?? null)}`;
}

const describe = ({ jsonPath, operator, value, values }: Criterion): string =>
  `${jsonPath} ${operator} ${JSON.stringify(value ?? values)}`;

/** What an event gives to the inputs of a workflow: each primitive under its own name, or all of it as `jsonData`. */
export function inputsOf(event: Item, { target }: TriggerRecord): Readonly<Record<string, unknown>> {
  if (target.workflowTargetSettings?.dataFormat === 'Json') return { 'Flow.jsonData': event };
  const isPrimitive = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  const members = Object.entries(event).filter(([, value]) => isPrimitive(value));
  return Object.fromEntries(members.map(([name, value]) => [`Flow.${name}`, value]));
}
