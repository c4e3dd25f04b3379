import * as z from 'zod';
import { type Operation, Refusal, type Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { describeFlow } from './describe-flow.ts';
import { notFound } from './error-body.ts';
import { flowActionOperations } from './flow-actions.ts';
import { consumersOf, flowDependencyOperations } from './flow-dependencies.ts';
import { FLOW_TYPES, type FlowRecord, faultOfName, flowNamed, namePattern } from './flow-record.ts';
import { holdingIvrs, leadsTo } from './ivr-record.ts';
import { organizationOf } from './organization.ts';
import { invalidQuery, page } from './paging.ts';
import { settlePublications } from './publications.ts';
import { flagOf, listOf, sortedBy, wordOf } from './query-values.ts';
import { row } from './row.ts';

const URI = '/api/v2/flows';

const newFlowSchema = z.strictObject({
  name: z.string().optional(),
  type: z.string().optional(),
  description: z.string().optional(),
  division: z.looseObject({ id: z.string() }).optional(),
});
type NewFlow = z.infer<typeof newFlowSchema>;

/** Flows: found, made without content, unlocked, deleted; they are published by jobs. */
export const flowOperations: readonly Operation[] = [
  row({
    operation: 'getFlows',
    route: `GET ${URI}`,
    permission: ['architect:flow:view'],
    handle: (world, request) => {
      settlePublications(world, request);
      const found = listFlows(world, request).map((flow) => describeFlow(world, flow));
      return { status: 200, body: page(found, { uri: URI, query: request.query }) };
    },
  }),
  row({
    operation: 'postFlows',
    route: `POST ${URI}`,
    permission: ['architect:flow:add'],
    body: newFlowSchema,
    handle: (world, request) => {
      settlePublications(world, request);
      return { status: 200, body: describeFlow(world, createFlow(world, request.body, request.now)) };
    },
  }),
  row({
    operation: 'getFlow',
    route: `GET ${URI}/{flowId}`,
    permission: ['architect:flow:view'],
    handle: (world, request) => {
      settlePublications(world, request);
      const isDeletedToo = flagOf(request.query, 'deleted') ?? false;
      const flow = findFlow(world, request.path['flowId'] ?? '', isDeletedToo);
      return { status: 200, body: describeFlow(world, flow) };
    },
  }),
  row({
    operation: 'deleteFlow',
    route: `DELETE ${URI}/{flowId}`,
    permission: ['architect:flow:delete'],
    handle: (world, request) => {
      settlePublications(world, request);
      const flow = findFlow(world, request.path['flowId'] ?? '');
      checkDeletable(world, flow, request);
      world.put<FlowRecord>('flows', flow.id, { ...flow, deletedAt: request.now });
      return { status: 204 };
    },
  }),
  ...flowActionOperations,
  ...flowDependencyOperations,
];

/** Filters that the vendor has; ignored, they would find too much. */
const UNKNOWN_FILTERS = [
  'description',
  'editableBy',
  'lockedBy',
  'lockedByClientId',
  'publishVersionId',
  'publishedAfter',
  'publishedBefore',
  'secure',
  'virtualAgentEnabled',
];

function listFlows(world: World, { query, passed }: Request): readonly FlowRecord[] {
  for (const filter of UNKNOWN_FILTERS) if (query.has(filter)) throw invalidQuery(filter, query.get(filter) ?? '');
  const [types, ids, divisions] = [typesOf(query), listOf(query, 'id'), listOf(query, 'divisionId')];
  const [name, either] = [query.get('name'), query.get('nameOrDescription')];
  const isDeletedToo = flagOf(query, 'deleted') ?? false;
  const isAmong = (wanted: readonly string[], value: string) => wanted.length === 0 || wanted.includes(value);
  const isNamed = (pattern: string | null, ...texts: string[]) =>
    pattern === null || texts.some((text) => namePattern(pattern).test(text));
  const found = world
    .list<FlowRecord>('flows')
    .filter((flow) => isDeletedToo || flow.deletedAt === undefined)
    .filter((flow) => isAmong(types, flow.type) && isAmong(ids, flow.id) && isAmong(divisions, flow.divisionId))
    .filter((flow) => isNamed(name, flow.name) && isNamed(either, flow.name, flow.description))
    .filter(({ id, createdAt }) => passed('flow.listed', createdAt, id));
  const sortBy = wordOf(query, 'sortBy', ['id', 'name', 'type']);
  return sortedBy(found, (flow) => flow[sortBy].toLowerCase(), wordOf(query, 'sortOrder', ['asc', 'desc']) === 'desc');
}

function typesOf(query: URLSearchParams): readonly string[] {
  return listOf(query, 'type').map((type) => {
    // In lower case here, in upper case in a flow itself.
    const known = FLOW_TYPES.find((one) => one.toLowerCase() === type);
    if (known === undefined) throw new Refusal(400, 'architect.invalid.flow.type', `The flow type ${type} is invalid.`);
    return known;
  });
}

function findFlow(world: World, id: string, isDeletedToo = false): FlowRecord {
  const flow = world.get<FlowRecord>('flows', id);
  if (!flow) throw notFound('architect.flow.not.found', `Could not find the flow with id ${id}.`);
  if (flow.deletedAt !== undefined && !isDeletedToo)
    throw new Refusal(410, 'architect.flow.deleted', `The flow with id ${id} has been deleted.`);
  return flow;
}

/** A flow without content: it is there, and leads nowhere until it is published. */
function createFlow(world: World, { name = '', type, description = '', division }: NewFlow, now: number): FlowRecord {
  const fault = faultOfName(name);
  if (fault) throw new Refusal(400, fault.code, fault.message);
  if (type === undefined)
    throw new Refusal(400, 'architect.flow.validate.failed.missing.type', 'Flow type is missing.');
  const known = FLOW_TYPES.find((one) => one === type);
  if (known === undefined) throw new Refusal(400, 'invalid.value', `Value [${type}] is not valid for field [type].`);
  if (flowNamed(world, known, name)) {
    const text = 'A flow of the specified type with the specified name already exists.';
    throw new Refusal(409, 'architect.flow.already.exists', text);
  }
  const divisionId = division?.id ?? organizationOf(world).homeDivisionId;
  if (!world.get('divisions', divisionId)) throw invalidQuery('division.id', divisionId);
  const id = world.uuid();
  const flow = { id, name, type: known, divisionId, description, publishedVersion: 0, uses: [], createdAt: now };
  return world.put<FlowRecord>('flows', id, flow);
}

/** What answers calls or is transferred to stays; a trigger does not keep its workflow. */
function checkDeletable(world: World, { id, name, lockedBy }: FlowRecord, request: Request): void {
  const inUse = (where: string, users: readonly Item[]): Refusal =>
    new Refusal(
      409,
      `architect.flow.cannot.delete.used.in.${where}`,
      `The flow '${name}' cannot be deleted: it is used by ${users.map((user) => `'${user['name']}'`).join(', ')}.`,
      { body: { details: users.map((user) => ({ entityId: user['id'], entityName: user['name'] })) } },
    );
  if (lockedBy !== undefined && lockedBy !== request.caller) {
    const code = 'architect.flow.cannot.delete.user.does.not.have.lock';
    throw new Refusal(405, code, `The flow '${name}' cannot be deleted: it is locked by another user.`);
  }
  const ivrs = holdingIvrs(world, request).filter((ivr) => leadsTo(ivr, id));
  if (ivrs.length > 0) throw inUse('ivr.configs', ivrs);
  const flows = consumersOf(world, id);
  if (flows.length > 0) throw inUse('flows', flows);
}
