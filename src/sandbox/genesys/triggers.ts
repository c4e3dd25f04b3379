import * as z from 'zod';
import type { Operation, Request } from '../contract.ts';
import type { World } from '../world.ts';
import { badRequest, notFound, staleVersion } from './error-body.ts';
import { judge } from './match.ts';
import { organizationOf } from './organization.ts';
import { cursorPage } from './paging.ts';
import { settlePublications } from './publications.ts';
import { flagOf, listOf } from './query-values.ts';
import { row } from './row.ts';
import { eventOf, validateSchema } from './trigger-event.ts';
import {
  changedTriggerSchema,
  describeTrigger,
  isTargetable,
  newTriggerSchema,
  type TriggerRecord,
} from './trigger-record.ts';
import { topics } from './trigger-topics.ts';

const URI = '/api/v2/processautomation/triggers';
const VIEW = ['processautomation:trigger:edit', 'processautomation:trigger:view'];

/** Triggers: which event starts which workflow. */
export const triggerOperations: readonly Operation[] = [
  row({
    operation: 'getProcessautomationTriggers',
    route: `GET ${URI}`,
    permission: VIEW,
    handle: (world, { query, passed }) => {
      const topicNames = listOf(query, 'topicName');
      const [enabled, hasDelayBy] = [flagOf(query, 'enabled'), flagOf(query, 'hasDelayBy')];
      const found = world
        .list<TriggerRecord>('triggers')
        .filter((trigger) => topicNames.length === 0 || topicNames.includes(trigger.topicName))
        .filter((trigger) => (enabled ?? trigger.enabled) === trigger.enabled)
        .filter(({ delayBySeconds: delay }) => hasDelayBy === undefined || hasDelayBy === (delay !== undefined))
        .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id));
      const { entities, ...paging } = cursorPage(found, { uri: URI, query }, ({ id }) => id);
      return { status: 200, body: { entities: entities.map(describeTrigger), ...paging } };
    },
  }),
  row({
    operation: 'postProcessautomationTriggers',
    route: `POST ${URI}`,
    permission: ['processautomation:trigger:add'],
    body: newTriggerSchema,
    handle: (world, request) => {
      const { body, now } = request;
      if (!topics.includes(body.topicName))
        throw badRequest(`There is no topic ${body.topicName}.`, [{ fieldName: 'topicName' }]);
      checkTarget(world, request, body.target.id);
      const id = world.uuid();
      const trigger = { id, ...body, version: 1, createdAt: now };
      return { status: 200, body: describeTrigger(world.put<TriggerRecord>('triggers', id, trigger)) };
    },
  }),
  row({
    operation: 'getProcessautomationTrigger',
    route: `GET ${URI}/{triggerId}`,
    permission: VIEW,
    handle: (world, request) => ({ status: 200, body: describeTrigger(findTrigger(world, request)) }),
  }),
  row({
    operation: 'putProcessautomationTrigger',
    route: `PUT ${URI}/{triggerId}`,
    permission: ['processautomation:trigger:edit'],
    body: changedTriggerSchema,
    handle: (world, request) => {
      const { body } = request;
      const { id, version, topicName, createdAt } = findTrigger(world, request);
      if (body.version !== version) throw staleVersion(409, 'request.conflict', body.version, version);
      if (body.topicName !== topicName)
        throw badRequest('The topic of a trigger cannot be changed.', [{ fieldName: 'topicName' }]);
      checkTarget(world, request, body.target.id);
      const trigger = { id, ...body, version: version + 1, createdAt };
      return { status: 200, body: describeTrigger(world.put<TriggerRecord>('triggers', id, trigger)) };
    },
  }),
  row({
    operation: 'deleteProcessautomationTrigger',
    route: `DELETE ${URI}/{triggerId}`,
    permission: ['processautomation:trigger:delete'],
    handle: (world, request) => {
      world.remove('triggers', findTrigger(world, request).id);
      return { status: 204 };
    },
  }),
  row({
    operation: 'postProcessautomationTriggerTest',
    route: `POST ${URI}/{triggerId}/test`,
    permission: ['processautomation:trigger:test'],
    write: false,
    body: z.unknown(),
    handle: (world, request) => {
      const trigger = findTrigger(world, request);
      return { status: 200, body: testTrigger(world, request, trigger, eventOf(request.body)) };
    },
  }),
];

function findTrigger(world: World, { path }: Pick<Request, 'path'>): TriggerRecord {
  const trigger = world.get<TriggerRecord>('triggers', path['triggerId'] ?? '');
  if (!trigger) throw notFound();
  return trigger;
}

function checkTarget(world: World, request: Request, id: string): void {
  settlePublications(world, request);
  if (!isTargetable(world, id, request))
    throw badRequest(`The target ${id} is not a published workflow.`, [{ fieldName: 'target.id', entityId: id }]);
}

/** What an event would do: nothing is started, whether the trigger is enabled or not. */
function testTrigger(world: World, request: Request, trigger: TriggerRecord, event: unknown) {
  settlePublications(world, request);
  const { topicName, target, matchCriteria = [] } = trigger;
  const isKnown = isTargetable(world, target.id, request);
  const reading = organizationOf(world);
  const judged = matchCriteria.map((criterion) => ({ criterion, ...judge(criterion, event, reading) }));
  const isMatch = judged.every(({ match }) => match);
  return {
    schemaValidation: validateSchema(topicName, event),
    targetValidation: {
      name: 'Target validation',
      step: 2,
      matches: isKnown,
      details: isKnown ? [] : [`The target ${target.id} is not a published workflow.`],
    },
    jsonPathValidation: {
      name: 'JSON path validation',
      step: 3,
      matches: isMatch,
      details: judged.map(({ criterion, found, match }) => ({
        ...criterion,
        match,
        jsonPathExtraction: found ? [found] : [],
      })),
    },
    triggerMatches: isMatch,
  };
}
