import * as z from 'zod';
import type { Operation } from '../contract.ts';
import { depart, departed } from '../departed.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';
import { cursorPage } from './paging.ts';
import { row } from './row.ts';

const URI = '/api/v2/integrations/credentials';

/** The type of credential that holds the role to assume in somebody's AWS account. */
export const CREDENTIAL_TYPE = 'amazonWebServicesARN';

/** A record of `credentials`. */
export type CredentialRecord = {
  readonly id: string;
  readonly name: string;
  /** Never shown again. */
  readonly fields: { readonly ARN: string };
  readonly createdAt: number;
  readonly modifiedAt: number;
};

const credentialSchema = z.strictObject({
  id: z.unknown().optional(),
  name: z.string().min(1).optional(),
  type: z.looseObject({ name: z.literal(CREDENTIAL_TYPE) }),
  credentialFields: z.strictObject({ ARN: z.string().min(1) }),
  selfUri: z.unknown().optional(),
});

/** Credentials: written, listed, never read back. */
export const credentialOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrationsCredentialsListing',
    route: `GET ${URI}/listing`,
    permission: ['integrations:integration:view'],
    handle: (world, { query, passed }) => {
      const found = world
        .list<CredentialRecord>('credentials')
        .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id))
        .map(describeCredential);
      return { status: 200, body: cursorPage(found, { uri: `${URI}/listing`, query }, ({ id }) => id) };
    },
  }),
  row({
    operation: 'postIntegrationsCredentials',
    route: `POST ${URI}`,
    permission: ['integrations:integration:add'],
    body: credentialSchema,
    handle: (world, { body, now }) => {
      const { name = '', credentialFields: fields } = body;
      const id = world.uuid();
      const credential = { id, name, fields, createdAt: now, modifiedAt: now };
      return { status: 200, body: describeCredential(world.put<CredentialRecord>('credentials', id, credential)) };
    },
  }),
  row({
    operation: 'getIntegrationsCredential',
    route: `GET ${URI}/{credentialId}`,
    permission: ['integrations:integration:view'],
    handle: (world, request) => {
      const { path } = request;
      const gone = departed<CredentialRecord>(
        world,
        'credentials',
        path['credentialId'] ?? '',
        'genesys.gone',
        request,
      );
      const { id, name, type, selfUri } = describeCredential(gone ?? findCredential(world, path));
      return { status: 200, body: { id, name, type, selfUri } };
    },
  }),
  row({
    operation: 'putIntegrationsCredential',
    route: `PUT ${URI}/{credentialId}`,
    permission: ['integrations:integration:edit'],
    body: credentialSchema,
    handle: (world, { path, body, now }) => {
      const current = findCredential(world, path);
      const { name = current.name, credentialFields: fields } = body;
      const changed = { ...current, name, fields, modifiedAt: now };
      return { status: 200, body: describeCredential(world.put<CredentialRecord>('credentials', current.id, changed)) };
    },
  }),
  row({
    operation: 'deleteIntegrationsCredential',
    route: `DELETE ${URI}/{credentialId}`,
    permission: ['integrations:integration:delete'],
    handle: (world, request) => {
      depart(world, 'credentials', findCredential(world, request.path).id, 'genesys.gone', request);
      return { status: 204 };
    },
  }),
];

function findCredential(world: World, path: Readonly<Record<string, string>>): CredentialRecord {
  const credential = world.get<CredentialRecord>('credentials', path['credentialId'] ?? '');
  if (!credential) throw notFound();
  return credential;
}

/** A credential as other objects refer to it. */
export const credentialRef = ({ id, name }: CredentialRecord): Item => ({
  id,
  name,
  type: { name: CREDENTIAL_TYPE },
  selfUri: `${URI}/${id}`,
});

const describeCredential = ({ id, name, createdAt, modifiedAt }: CredentialRecord) => ({
  id,
  name,
  type: { name: CREDENTIAL_TYPE },
  createdDate: new Date(createdAt).toISOString(),
  modifiedDate: new Date(modifiedAt).toISOString(),
  selfUri: `${URI}/${id}`,
});
