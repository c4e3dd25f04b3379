import * as z from 'zod';
import type { Operation } from '../contract.ts';
import type { World } from '../world.ts';
import { CREDENTIAL_TYPE } from './credentials.ts';
import { badRequest, notFound, staleVersion } from './error-body.ts';
import {
  CREDENTIAL_KEY,
  describeConfig,
  describeIntegration,
  findIntegration,
  type IntegrationRecord,
  reportedState,
  TYPE,
  URI,
} from './integration-record.ts';
import { page } from './paging.ts';
import { listOf } from './query-values.ts';
import { row } from './row.ts';

const VIEW = ['integrations:integration:view'];
const EDIT = ['integrations:integration:edit'];

const newBody = z.looseObject({ name: z.string().min(1).max(256), integrationType: z.looseObject({ id: z.string() }) });
const stateBody = z.looseObject({ intendedState: z.enum(['ENABLED', 'DISABLED', 'DELETED', 'RESTORED']) });
const configBody = z.looseObject({
  name: z.string().min(1).max(256),
  version: z.int(),
  properties: z.record(z.string(), z.unknown()),
  advanced: z.record(z.string(), z.unknown()),
  notes: z.string(),
  credentials: z.record(z.string(), z.looseObject({ id: z.string() })),
});

/** Integrations: made disabled and without a configuration, then configured, then enabled. */
export const integrationOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrations',
    route: `GET ${URI}`,
    permission: VIEW,
    handle: (world, request) => {
      const { query, passed } = request;
      const [ids, type, state, credential] = [
        listOf(query, 'ids'),
        query.get('integrationType'),
        query.get('reportedState'),
        query.get('credentialId'),
      ];
      const found = world
        .list<IntegrationRecord>('integrations')
        .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id))
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .filter(() => !type || type === TYPE)
        .filter((one) => !state || reportedState(world, one, request).code === state)
        .filter(({ config }) => !credential || Object.values(config.credentials).some(({ id }) => id === credential));
      const all = found.map((one) => describeIntegration(world, one, request));
      return { status: 200, body: page(all, { uri: URI, query }) };
    },
  }),
  row({
    operation: 'postIntegrations',
    route: `POST ${URI}`,
    permission: ['integrations:integration:add'],
    body: newBody,
    handle: (world, request) => {
      const { body, now } = request;
      if (body.integrationType.id !== TYPE)
        throw badRequest(`There is no integration type ${body.integrationType.id}.`, [
          { fieldName: 'integrationType.id' },
        ]);
      const id = world.uuid();
      const config = { name: body.name, version: 1, properties: {}, advanced: {}, notes: '', credentials: {} };
      const record = { id, intendedState: 'DISABLED', config, createdAt: now, stateSince: now } as const;
      return {
        status: 200,
        body: describeIntegration(world, world.put<IntegrationRecord>('integrations', id, record), request),
      };
    },
  }),
  row({
    operation: 'getIntegrationsTypes',
    route: `GET ${URI}/types`,
    permission: VIEW,
    handle: (_world, { query }) => ({ status: 200, body: page([describeType()], { uri: `${URI}/types`, query }) }),
  }),
  row({
    operation: 'getIntegrationsType',
    route: `GET ${URI}/types/{typeId}`,
    permission: VIEW,
    handle: (_world, { path }) => {
      if (path['typeId'] !== TYPE) throw notFound();
      return { status: 200, body: describeType() };
    },
  }),
  row({
    operation: 'getIntegration',
    route: `GET ${URI}/{integrationId}`,
    permission: VIEW,
    handle: (world, request) => ({
      status: 200,
      body: describeIntegration(world, findIntegration(world, request), request),
    }),
  }),
  row({
    operation: 'patchIntegration',
    route: `PATCH ${URI}/{integrationId}`,
    permission: EDIT,
    body: stateBody,
    handle: (world, request) => {
      const before = findIntegration(world, request);
      const { intendedState } = request.body;
      if (intendedState === 'DELETED' || intendedState === 'RESTORED')
        throw badRequest(`The sandbox has no state ${intendedState}.`, [{ fieldName: 'intendedState' }]);
      const changed = { ...before, intendedState, stateSince: request.now };
      return { status: 200, body: describeIntegration(world, world.put('integrations', before.id, changed), request) };
    },
  }),
  row({
    operation: 'deleteIntegration',
    route: `DELETE ${URI}/{integrationId}`,
    permission: ['integrations:integration:delete'],
    handle: (world, request) => {
      const integration = findIntegration(world, request);
      const shown = describeIntegration(world, integration, request);
      removeActionsOf(world, integration.id);
      world.remove('integrations', integration.id);
      return { status: 200, body: shown };
    },
  }),
  row({
    operation: 'getIntegrationConfigCurrent',
    route: `GET ${URI}/{integrationId}/config/current`,
    permission: VIEW,
    handle: (world, request) => ({ status: 200, body: describeConfig(findIntegration(world, request)) }),
  }),
  row({
    operation: 'putIntegrationConfigCurrent',
    route: `PUT ${URI}/{integrationId}/config/current`,
    permission: EDIT,
    body: configBody,
    handle: (world, request) => {
      const before = findIntegration(world, request);
      const { name, version, properties, advanced, notes, credentials } = request.body;
      if (version !== before.config.version)
        throw staleVersion(409, 'version.conflict', version, before.config.version);
      for (const [key, { id }] of Object.entries(credentials))
        if (key !== CREDENTIAL_KEY || !world.get('credentials', id))
          throw badRequest(`The credential ${key} is not valid.`, [{ fieldName: `credentials.${key}`, entityId: id }]);
      const config = { name, version: version + 1, properties, advanced, notes, credentials };
      return {
        status: 200,
        body: describeConfig(world.put<IntegrationRecord>('integrations', before.id, { ...before, config })),
      };
    },
  }),
];

/** The actions of an integration go with it. */
function removeActionsOf(world: World, integrationId: string): void {
  for (const { id, integrationId: of } of world.list<{ id: string; integrationId: string }>('actions'))
    if (of === integrationId) world.remove('actions', id);
}

const describeType = () => ({
  id: TYPE,
  name: 'AWS Lambda Data Actions',
  description: 'Invokes AWS Lambda functions',
  provider: 'clientapps',
  category: 'AWS Integrations',
  credentials: { [CREDENTIAL_KEY]: { credentialTypes: [CREDENTIAL_TYPE], required: true } },
  nonInstallable: false,
  selfUri: `${URI}/types/${TYPE}`,
});
