import * as z from 'zod';
import type { Operation } from '../contract.ts';
import { notFound } from './error-body.ts';
import { matches } from './match.ts';
import { organizationOf } from './organization.ts';
import { cursorPage } from './paging.ts';
import { row } from './row.ts';
import { eventOf, validateSchema } from './trigger-event.ts';
import type { TriggerRecord } from './trigger-record.ts';

const URI = '/api/v2/processautomation/triggers/topics';
const CONVERSATION = 'v2.detail.events.conversation.{id}';

/** What a trigger can listen to; `{id}` is part of the name. */
export const topics: readonly string[] = [
  'acd.end',
  'acd.start',
  'attributes',
  'contact.update',
  'customer.end',
  'customer.start',
  'flow.end',
  'flow.start',
  'outbound',
  'user.end',
  'user.start',
  'voicemail.end',
  'voicemail.start',
  'wrapup',
].map((event) => `${CONVERSATION}.${event}`);

/** The topics, and which triggers an event of one would start. */
export const triggerTopicOperations: readonly Operation[] = [
  row({
    operation: 'getProcessautomationTriggersTopics',
    route: `GET ${URI}`,
    permission: ['processautomation:trigger:edit', 'processautomation:trigger:view'],
    handle: (_world, { query }) => ({ status: 200, body: cursorPage(topics, { uri: URI, query }, (topic) => topic) }),
  }),
  row({
    operation: 'postProcessautomationTriggersTopicTest',
    route: `POST ${URI}/{topicName}/test`,
    permission: ['processautomation:trigger:test'],
    write: false,
    body: z.unknown(),
    handle: (world, { path, body }) => {
      const { topicName = '' } = path;
      if (!topics.includes(topicName)) throw notFound('not.found', `There is no topic ${topicName}.`);
      const event = eventOf(body);
      const listening = world.list<TriggerRecord>('triggers').filter((trigger) => trigger.topicName === topicName);
      const would = (trigger: TriggerRecord) => matches(trigger.matchCriteria ?? [], event, organizationOf(world));
      return {
        status: 200,
        body: {
          schemaValidation: validateSchema(topicName, event),
          triggerMatchValidation: {
            name: 'Trigger match validation',
            step: 2,
            matchedTriggers: listening.filter(would).map(describe),
            unmatchedTriggers: listening.filter((trigger) => !would(trigger)).map(describe),
          },
        },
      };
    },
  }),
];

const describe = ({ id, name, enabled }: TriggerRecord) => ({
  id,
  name,
  enabled,
  selfUri: `/api/v2/processautomation/triggers/${id}`,
});
