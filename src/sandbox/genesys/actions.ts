import * as z from 'zod';
import type { Operation, Request } from '../contract.ts';
import { depart, departed } from '../departed.ts';
import type { Item, World } from '../world.ts';
import {
  type ActionRecord,
  checkContract,
  configSchema,
  contractSchema,
  describeAction,
  findAction,
  nextContent,
  templateNamed,
  text,
  ACTIONS as URI,
} from './action-record.ts';
import { badRequest, notFound, staleVersion } from './error-body.ts';
import type { IntegrationRecord } from './integration-record.ts';
import { page } from './paging.ts';
import { flagOf, listOf, sortedBy, wordOf } from './query-values.ts';
import { row } from './row.ts';

const VIEW = ['bridge:actions:view', 'integrations:action:view'];

const newActionSchema = z.strictObject({
  name: text,
  category: text,
  integrationId: z.string().min(1),
  secure: z.boolean().optional(),
  contract: contractSchema,
  config: configSchema,
});
type NewAction = z.infer<typeof newActionSchema>;

/** What is published keeps its contract, its integration and its secrecy; a draft may change the first and the last. */
const changedActionSchema = z.strictObject({
  name: text.optional(),
  category: text.optional(),
  config: configSchema.optional(),
  version: z.int(),
});

/** Data actions: published as soon as they are made. */
export const actionOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrationsActions',
    route: `GET ${URI}`,
    permission: VIEW,
    handle: (world, request) => {
      const shown = { contract: false, config: flagOf(request.query, 'includeConfig') ?? false };
      const found = listActions(world, request).map((action) => describeAction(action, action, shown));
      return { status: 200, body: page([...builtIns(request.query), ...found], { uri: URI, query: request.query }) };
    },
  }),
  row({
    operation: 'postIntegrationsActions',
    route: `POST ${URI}`,
    permission: ['integrations:action:add'],
    body: newActionSchema,
    handle: (world, request) => {
      const { body, now } = request;
      checkContract(body.contract);
      checkIntegration(world, body, request);
      const id = world.uuid();
      const { secure = false } = body;
      const action = { ...body, secure, id, version: 1, createdAt: now };
      world.put<ActionRecord>('actions', id, action);
      return { status: 200, body: describeAction(action, action, { contract: true, config: true }) };
    },
  }),
  row({
    operation: 'getIntegrationsAction',
    route: `GET ${URI}/{actionId}`,
    permission: VIEW,
    handle: (world, request) => {
      const { path, query } = request;
      const gone = departed<ActionRecord>(world, 'actions', path['actionId'] ?? '', 'genesys.gone', request);
      const action = gone ?? findAction(world, path);
      return { status: 200, body: describeAction(action, action, shownOf(query)) };
    },
  }),
  row({
    operation: 'patchIntegrationsAction',
    route: `PATCH ${URI}/{actionId}`,
    permission: ['integrations:action:edit'],
    body: changedActionSchema,
    handle: (world, { path, body: { version, ...change } }) => {
      const current = findAction(world, path);
      if (version !== current.version) throw staleVersion(409, 'request.conflict', version, current.version);
      const changed = nextContent(current, change);
      world.put<ActionRecord>('actions', current.id, changed);
      return { status: 200, body: describeAction(changed, changed, { contract: true, config: true }) };
    },
  }),
  row({
    operation: 'deleteIntegrationsAction',
    route: `DELETE ${URI}/{actionId}`,
    permission: ['integrations:action:delete'],
    handle: (world, request) => {
      const { id } = findAction(world, request.path);
      depart(world, 'actions', id, 'genesys.gone', request);
      world.remove('action-drafts', id);
      return { status: 204 };
    },
  }),
  row({
    operation: 'getIntegrationsActionTemplate',
    route: `GET ${URI}/{actionId}/templates/{fileName}`,
    permission: VIEW,
    handle: (world, { path }) => {
      const template = templateNamed(findAction(world, path), path['fileName'] ?? '');
      if (template === undefined) throw notFound();
      return { status: 200, body: template };
    },
  }),
];

/** What a request for one action wants to see of it. */
export const shownOf = (query: URLSearchParams) => ({
  contract: listOf(query, 'expand').includes('contract'),
  config: flagOf(query, 'includeConfig') ?? false,
});

/** An integration that was just made is not known here at once. */
function checkIntegration(world: World, { integrationId }: NewAction, { passed }: Pick<Request, 'passed'>): void {
  const integration = world.get<IntegrationRecord>('integrations', integrationId);
  if (integration && passed('integration.known', integration.createdAt, integration.id)) return;
  throw badRequest(`The integration ${integrationId} was not found.`, [{ fieldName: 'integrationId' }]);
}

function listActions(world: World, { query, passed }: Request): readonly ActionRecord[] {
  const [ids, secure, fits] = [listOf(query, 'ids'), flagOf(query, 'secure'), filterOf(query)];
  const found = world
    .list<ActionRecord>('actions')
    .filter((action) => ids.length === 0 || ids.includes(action.id))
    .filter((action) => (secure ?? action.secure) === action.secure)
    .filter(fits)
    .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id));
  const sortBy = wordOf(query, 'sortBy', ['name', 'category']);
  return sortedBy(
    found,
    (action) => action[sortBy].toLowerCase(),
    wordOf(query, 'sortOrder', ['ASC', 'DESC']) === 'DESC',
  );
}

/** A part of the name is enough; the category is meant as a whole. */
function filterOf(query: URLSearchParams) {
  const [name = '', category] = [query.get('name')?.toLowerCase(), query.get('category')?.toLowerCase()];
  return (action: { readonly name: string; readonly category: string }): boolean =>
    action.name.toLowerCase().includes(name) &&
    (category === undefined || category === '' || action.category.toLowerCase() === category);
}

/** Every organization has actions that nobody made, with ids that are no UUIDs. */
const BUILT_IN = {
  id: 'static-sandbox-get-conversation',
  name: 'Get Conversation',
  integrationId: 'static-sandbox',
  category: 'Genesys Cloud Data Actions',
  secure: false,
  version: 1,
  selfUri: `${URI}/static-sandbox-get-conversation`,
};

function builtIns(query: URLSearchParams): readonly Item[] {
  const [ids, secure] = [listOf(query, 'ids'), flagOf(query, 'secure')];
  const isWanted = ids.length === 0 || ids.includes(BUILT_IN.id);
  return isWanted && secure !== true && filterOf(query)(BUILT_IN) ? [BUILT_IN] : [];
}
