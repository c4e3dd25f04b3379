import * as z from 'zod';
import type { Operation } from '../contract.ts';
import { badRequest, staleVersion } from './error-body.ts';
import {
  CREDENTIAL_NAME,
  describeConfig,
  findIntegration,
  INTEGRATIONS,
  type IntegrationRecord,
} from './integration-record.ts';
import { row } from './row.ts';

const URI = `${INTEGRATIONS}/{integrationId}/config/current`;

const members = z.record(z.string(), z.unknown());
/** All six are required, whether there is anything in them or not. */
const configSchema = z.strictObject({
  id: z.unknown().optional(),
  name: z.string().min(1),
  version: z.int(),
  properties: members,
  advanced: members,
  notes: z.string(),
  credentials: z.strictObject({ [CREDENTIAL_NAME]: z.looseObject({ id: z.string() }).optional() }),
  selfUri: z.unknown().optional(),
});

/** What an integration is called, and which credential it uses. */
export const integrationConfigOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrationConfigCurrent',
    route: `GET ${URI}`,
    permission: ['integrations:integration:view'],
    handle: (world, request) => ({ status: 200, body: describeConfig(world, findIntegration(world, request)) }),
  }),
  row({
    operation: 'putIntegrationConfigCurrent',
    route: `PUT ${URI}`,
    permission: ['integrations:integration:edit'],
    body: configSchema,
    handle: (world, request) => {
      const { credentialId: _, ...current } = findIntegration(world, request);
      const { name, version, properties, advanced, notes, credentials } = request.body;
      if (version !== current.version) throw staleVersion(409, 'version.conflict', version, current.version);
      const credentialId = credentials[CREDENTIAL_NAME]?.id;
      if (credentialId !== undefined && !world.get('credentials', credentialId))
        throw badRequest(`There is no credential ${credentialId}.`, [{ fieldName: `credentials.${CREDENTIAL_NAME}` }]);
      const used = credentialId !== undefined && { credentialId };
      const config = { name, version: version + 1, properties, advanced, notes, ...used };
      const changed = { ...current, ...config, modifiedAt: request.now };
      return {
        status: 200,
        body: describeConfig(world, world.put<IntegrationRecord>('integrations', current.id, changed)),
      };
    },
  }),
];
