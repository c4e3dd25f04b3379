import type { Request } from '../contract.ts';
import { departed } from '../departed.ts';
import type { Item, World } from '../world.ts';
import { type CredentialRecord, credentialRef } from './credentials.ts';
import { notFound } from './error-body.ts';

export const INTEGRATIONS = '/api/v2/integrations';

/** The type of integration that invokes Lambda functions. */
export const INTEGRATION_TYPE = 'aws-lambda-data-actions';

/** What its configuration calls its one credential; the type of that credential begins in lower case. */
export const CREDENTIAL_NAME = 'AmazonWebServicesARN';

/** A record of `integrations`. Times are milliseconds since the epoch. */
export type IntegrationRecord = {
  readonly id: string;
  readonly name: string;
  /** Of its configuration. */
  readonly version: number;
  readonly notes: string;
  readonly properties: Item;
  readonly advanced: Item;
  readonly credentialId?: string;
  readonly createdAt: number;
  /** Since when it is meant to be enabled; absent while it is not. */
  readonly enabledAt?: number;
  readonly modifiedAt: number;
};

interface Reported {
  readonly code: 'ACTIVE' | 'ACTIVATING' | 'INACTIVE' | 'ERROR';
  readonly message: string;
}

/** The integration that a path names, or one that was only just deleted. Throws 404. */
export function findIntegration(
  world: World,
  request: Pick<Request, 'path' | 'passed'>,
  also?: 'or departed',
): IntegrationRecord {
  const id = request.path['integrationId'] ?? '';
  const gone = also && departed<IntegrationRecord>(world, 'integrations', id, 'genesys.gone', request);
  const integration = world.get<IntegrationRecord>('integrations', id) ?? gone;
  if (!integration) throw notFound();
  return integration;
}

/** The credential that an integration is configured with, if it is there. */
export const credentialOf = (world: World, { credentialId }: IntegrationRecord): CredentialRecord | undefined =>
  credentialId === undefined ? undefined : world.get<CredentialRecord>('credentials', credentialId);

/** How an integration says that it is. Whether its credential's role can be assumed only shows when it is used. */
export function reportedState(world: World, record: IntegrationRecord, { passed }: Pick<Request, 'passed'>): Reported {
  const { id, enabledAt } = record;
  if (enabledAt === undefined) return { code: 'INACTIVE', message: 'The integration is inactive.' };
  if (!credentialOf(world, record))
    return { code: 'ERROR', message: `The integration has no credential ${CREDENTIAL_NAME}.` };
  if (passed('integration.active', enabledAt, id)) return { code: 'ACTIVE', message: 'The integration is active.' };
  return { code: 'ACTIVATING', message: 'The integration is becoming active.' };
}

/** An integration as the API shows it. */
export function describeIntegration(world: World, record: IntegrationRecord, request: Pick<Request, 'passed'>): Item {
  const { id, name, enabledAt, modifiedAt } = record;
  const { code, message } = reportedState(world, record, request);
  return {
    id,
    name,
    integrationType: { id: INTEGRATION_TYPE, selfUri: `${INTEGRATIONS}/types/${INTEGRATION_TYPE}` },
    notes: notesOf(record),
    intendedState: enabledAt === undefined ? 'DISABLED' : 'ENABLED',
    config: { current: describeConfig(world, record) },
    reportedState: {
      code,
      effective: message,
      detail: { localizableMessageCode: '', message, messageWithParams: message, messageParams: {} },
      lastUpdated: new Date(modifiedAt).toISOString(),
    },
    attributes: {},
    selfUri: `${INTEGRATIONS}/${id}`,
  };
}

/** The configuration of an integration as the API shows it. */
export function describeConfig(world: World, record: IntegrationRecord): Item {
  const { id, name, version, properties, advanced, credentialId } = record;
  const credential = credentialOf(world, record);
  const shown = credential ? credentialRef(credential) : { id: credentialId };
  return {
    id: 'current',
    name,
    version,
    properties,
    advanced,
    notes: notesOf(record),
    credentials: credentialId === undefined ? {} : { [CREDENTIAL_NAME]: shown },
    selfUri: `${INTEGRATIONS}/${id}/config/current`,
  };
}

/** The vendor's store has no empty text, and it shows. */
const notesOf = ({ notes }: IntegrationRecord): string => (notes === '' ? 'node_dynamodb_empty_string' : notes);
