import * as z from 'zod';
import type { Operation, Request } from '../contract.ts';
import type { World } from '../world.ts';
import {
  type ActionRecord,
  checkContract,
  configSchema,
  contractSchema,
  describeAction,
  EDIT,
  findAction,
  URI,
  VIEW,
} from './action-record.ts';
import { badRequest, notFound, staleVersion } from './error-body.ts';
import type { IntegrationRecord } from './integration-record.ts';
import { page } from './paging.ts';
import { flagOf, listOf } from './query-values.ts';
import { row } from './row.ts';

const text = z.string().min(1).max(256);
const newBody = z.looseObject({
  name: text,
  category: text,
  integrationId: z.string(),
  secure: z.boolean().optional(),
  config: configSchema,
  contract: contractSchema,
});
const changeBody = z.looseObject({
  version: z.int(),
  name: text.optional(),
  category: text.optional(),
  config: configSchema.optional(),
});

/** Data actions: complete and published from their creation on. */
export const actionOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrationsActions',
    route: `GET ${URI}`,
    permission: VIEW,
    handle: (world, { query, passed }) => {
      const partOf = (value: string, name: string) =>
        value.toLowerCase().includes(query.get(name)?.toLowerCase() ?? '');
      const [ids, secure] = [listOf(query, 'ids'), flagOf(query, 'secure')];
      const found = world
        .list<ActionRecord>('actions')
        .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id))
        .filter((one) => partOf(one.name, 'name') && partOf(one.category, 'category'))
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .filter((one) => secure === undefined || one.secure === secure);
      return {
        status: 200,
        body: page(
          found.map((one) => describeAction(one, one, query)),
          { uri: URI, query },
        ),
      };
    },
  }),
  row({
    operation: 'postIntegrationsActions',
    route: `POST ${URI}`,
    permission: ['integrations:action:add'],
    body: newBody,
    handle: (world, request) => {
      const { body, now } = request;
      checkIntegration(world, request, body.integrationId);
      checkContract(body.contract);
      const { name, category, integrationId, secure = false, config, contract } = body;
      const id = world.uuid();
      const record = { id, name, category, integrationId, secure, config, contract, version: 1, createdAt: now };
      const asked = new URLSearchParams({ expand: 'contract', includeConfig: 'true' });
      return { status: 200, body: describeAction(record, world.put<ActionRecord>('actions', id, record), asked) };
    },
  }),
  row({
    operation: 'getIntegrationsAction',
    route: `GET ${URI}/{actionId}`,
    permission: VIEW,
    handle: (world, request) => {
      const action = findAction(world, request);
      return { status: 200, body: describeAction(action, action, request.query) };
    },
  }),
  row({
    operation: 'patchIntegrationsAction',
    route: `PATCH ${URI}/{actionId}`,
    permission: EDIT,
    body: changeBody,
    handle: (world, request) => {
      const before = findAction(world, request);
      const { version, name = before.name, category = before.category, config = before.config } = request.body;
      if (version !== before.version) throw staleVersion(409, 'request.conflict', version, before.version);
      const after = { ...before, name, category, config, version: version + 1 };
      return {
        status: 200,
        body: describeAction(after, world.put<ActionRecord>('actions', before.id, after), request.query),
      };
    },
  }),
  row({
    operation: 'deleteIntegrationsAction',
    route: `DELETE ${URI}/{actionId}`,
    permission: ['integrations:action:delete'],
    handle: (world, request) => {
      world.remove('actions', findAction(world, request).id);
      return { status: 204 };
    },
  }),
  row({
    operation: 'getIntegrationsActionTemplate',
    route: `GET ${URI}/{actionId}/templates/{fileName}`,
    permission: VIEW,
    handle: (world, request) => {
      const { request: sent, response } = findAction(world, request).config;
      const templates = new Map([
        ['requesttemplate.vm', sent?.requestTemplate],
        ['successtemplate.vm', response?.successTemplate],
      ]);
      const template = templates.get(request.path['fileName'] ?? '');
      if (template === undefined) throw notFound();
      return { status: 200, body: template };
    },
  }),
];

/** The action service hears of a new integration with a delay. */
function checkIntegration(world: World, { passed }: Pick<Request, 'passed'>, id: string): void {
  const integration = world.get<IntegrationRecord>('integrations', id);
  if (!integration || !passed('integration.known', integration.createdAt, id))
    throw badRequest('Bad Request', [{ fieldName: 'integrationId', entityId: id }]);
}
