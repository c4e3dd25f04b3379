import type { Request } from '../contract.ts';
import type { World } from '../world.ts';
import { notFound } from './error-body.ts';

export const URI = '/api/v2/integrations';
export const TYPE = 'aws-lambda-data-actions';
/** Where an integration of this type holds its credential; spelled otherwise than the credential's type. */
export const CREDENTIAL_KEY = 'AmazonWebServicesARN';

/** A record of `integrations`. Times are milliseconds since the epoch. */
export type IntegrationRecord = {
  readonly id: string;
  readonly intendedState: 'ENABLED' | 'DISABLED';
  readonly config: {
    readonly name: string;
    readonly version: number;
    readonly properties: Readonly<Record<string, unknown>>;
    readonly advanced: Readonly<Record<string, unknown>>;
    readonly notes: string;
    readonly credentials: Readonly<Record<string, { readonly id: string }>>;
  };
  readonly createdAt: number;
  /** When `intendedState` was last set. */
  readonly stateSince: number;
};

/** Throws 404 where the path names no integration. */
export function findIntegration(world: World, { path }: Pick<Request, 'path'>): IntegrationRecord {
  const integration = world.get<IntegrationRecord>('integrations', path['integrationId'] ?? '');
  if (!integration) throw notFound();
  return integration;
}

/** What the integration reports of itself: on its way, there, or in error for want of a credential. */
export function reportedState(
  world: World,
  { id, intendedState, config, stateSince }: IntegrationRecord,
  { passed }: Pick<Request, 'passed'>,
) {
  const isOver = passed('integration.active', stateSince, id);
  if (intendedState === 'DISABLED') return { code: isOver ? 'INACTIVE' : 'DEACTIVATING', effective: 'DISABLED' };
  const credential = config.credentials[CREDENTIAL_KEY];
  if (!credential || !world.get('credentials', credential.id))
    return {
      code: 'ERROR',
      effective: 'DISABLED',
      detail: { message: `The credential ${CREDENTIAL_KEY} is missing.` },
    };
  return isOver ? { code: 'ACTIVE', effective: 'ENABLED' } : { code: 'ACTIVATING', effective: 'DISABLED' };
}

/** An integration as the API shows it. */
export function describeIntegration(world: World, record: IntegrationRecord, request: Pick<Request, 'passed'>) {
  const { id, config, intendedState, stateSince } = record;
  return {
    id,
    name: config.name,
    integrationType: { id: TYPE, name: 'AWS Lambda Data Actions', selfUri: `${URI}/types/${TYPE}` },
    notes: shownNotes(config.notes),
    intendedState,
    config: { current: { id: 'current', selfUri: `${URI}/${id}/config/current` } },
    reportedState: { ...reportedState(world, record, request), lastUpdated: new Date(stateSince).toISOString() },
    attributes: {},
    selfUri: `${URI}/${id}`,
  };
}

export const describeConfig = ({ id, config }: IntegrationRecord) => ({
  id: 'current',
  ...config,
  notes: shownNotes(config.notes),
  selfUri: `${URI}/${id}/config/current`,
});

/** An empty text comes back as what the vendor's database stores for it. */
const shownNotes = (notes: string): string => (notes === '' ? 'node_dynamodb_empty_string' : notes);
