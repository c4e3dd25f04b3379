import * as z from 'zod';
import type { Operation, Request } from '../contract.ts';
import { depart } from '../departed.ts';
import type { World } from '../world.ts';
import type { ActionRecord } from './action-record.ts';
import { CREDENTIAL_TYPE } from './credentials.ts';
import { notFound } from './error-body.ts';
import { integrationConfigOperations } from './integration-configs.ts';
import {
  CREDENTIAL_NAME,
  describeIntegration,
  findIntegration,
  INTEGRATION_TYPE,
  type IntegrationRecord,
  reportedState,
  INTEGRATIONS as URI,
} from './integration-record.ts';
import { invalidQuery, page } from './paging.ts';
import { listOf } from './query-values.ts';
import { row } from './row.ts';

const VIEW = ['integrations:integration:view'];
/** What an integration is called that was given no name. */
const TYPE_NAME = 'AWS Lambda Data Actions';
const STATES = ['ACTIVE', 'ACTIVATING', 'INACTIVE', 'DEACTIVATING', 'ERROR'];

const theirs = z.unknown().optional();
const newIntegrationSchema = z.strictObject({
  id: theirs,
  // The vendor's description has it required; the vendor does without.
  name: z.string().min(1).optional(),
  integrationType: z.looseObject({ id: z.literal(INTEGRATION_TYPE) }),
  selfUri: theirs,
});
/** All but the state is the vendor's to set, and ignored where it is sent. */
const changedIntegrationSchema = z.strictObject({
  id: theirs,
  name: theirs,
  integrationType: theirs,
  notes: theirs,
  intendedState: z.enum(['ENABLED', 'DISABLED']),
  config: theirs,
  reportedState: theirs,
  attributes: theirs,
  selfUri: theirs,
});

/** Integrations that invoke Lambda functions: made disabled and without a credential, configured, enabled, deleted. */
export const integrationOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrations',
    route: `GET ${URI}`,
    permission: VIEW,
    handle: (world, request) => {
      const found = listIntegrations(world, request).map((one) => describeIntegration(world, one, request));
      return { status: 200, body: page(found, { uri: URI, query: request.query }) };
    },
  }),
  row({
    operation: 'postIntegrations',
    route: `POST ${URI}`,
    permission: ['integrations:integration:add'],
    body: newIntegrationSchema,
    handle: (world, request) => {
      const { now } = request;
      const { name = TYPE_NAME } = request.body;
      const id = world.uuid();
      const times = { createdAt: now, modifiedAt: now };
      const integration = { id, name, version: 1, notes: '', properties: {}, advanced: {}, ...times };
      world.put<IntegrationRecord>('integrations', id, integration);
      return { status: 200, body: describeIntegration(world, integration, request) };
    },
  }),
  row({
    operation: 'getIntegration',
    route: `GET ${URI}/{integrationId}`,
    permission: VIEW,
    handle: (world, request) => ({
      status: 200,
      body: describeIntegration(world, findIntegration(world, request, 'or departed'), request),
    }),
  }),
  row({
    operation: 'patchIntegration',
    route: `PATCH ${URI}/{integrationId}`,
    permission: ['integrations:integration:edit'],
    body: changedIntegrationSchema,
    handle: (world, request) => {
      const { enabledAt = request.now, ...current } = findIntegration(world, request);
      const enabled = request.body.intendedState === 'ENABLED' && { enabledAt };
      const changed = { ...current, ...enabled, modifiedAt: request.now };
      world.put<IntegrationRecord>('integrations', current.id, changed);
      return { status: 200, body: describeIntegration(world, changed, request) };
    },
  }),
  row({
    operation: 'deleteIntegration',
    route: `DELETE ${URI}/{integrationId}`,
    permission: ['integrations:integration:delete'],
    handle: (world, request) => {
      const integration = findIntegration(world, request);
      const body = describeIntegration(world, integration, request);
      depart(world, 'integrations', integration.id, 'genesys.gone', request);
      for (const { id, integrationId } of world.list<ActionRecord>('actions')) {
        if (integrationId !== integration.id) continue;
        world.remove('actions', id);
        world.remove('action-drafts', id);
      }
      return { status: 200, body };
    },
  }),
  row({
    operation: 'getIntegrationsType',
    route: `GET ${URI}/types/{typeId}`,
    permission: VIEW,
    handle: (_world, { path }) => {
      if (path['typeId'] !== INTEGRATION_TYPE) throw notFound();
      return { status: 200, body: describeType() };
    },
  }),
  ...integrationConfigOperations,
];

function listIntegrations(world: World, request: Request): readonly IntegrationRecord[] {
  const { query, passed } = request;
  const [ids, type] = [listOf(query, 'ids'), query.get('integrationType')];
  const [credentialId, state] = [query.get('credentialId'), query.get('reportedState')];
  if (state !== null && !STATES.includes(state)) throw invalidQuery('reportedState', state);
  return world
    .list<IntegrationRecord>('integrations')
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((one) => credentialId === null || one.credentialId === credentialId)
    .filter((one) => state === null || reportedState(world, one, request).code === state)
    .filter(() => type === null || type === INTEGRATION_TYPE)
    .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id));
}

const describeType = () => ({
  id: INTEGRATION_TYPE,
  name: TYPE_NAME,
  description: 'Invokes AWS Lambda functions.',
  provider: 'clientapps',
  category: 'Data Actions',
  credentials: { [CREDENTIAL_NAME]: { required: true, title: 'AWS role', credentialTypes: [CREDENTIAL_TYPE] } },
  nonInstallable: false,
  selfUri: `${URI}/types/${INTEGRATION_TYPE}`,
});
