import * as z from 'zod';
import type { Operation, Request } from '../contract.ts';
import type { World } from '../world.ts';
import { badRequest, notFound } from './error-body.ts';
import { cursorPage, page } from './paging.ts';
import { row } from './row.ts';

const URI = '/api/v2/integrations/credentials';
const VIEW = ['integrations:integration:view'];

/** A record of `credentials`. Its fields never leave the world. */
export type CredentialRecord = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

/** The one type that the solution uses, with the field that it needs. */
export const CREDENTIAL_TYPE = 'amazonWebServicesARN';
export const ARN_FIELD = 'ARN';

const credentialBody = z.looseObject({
  name: z.string().min(1).max(256).optional(),
  type: z.looseObject({ name: z.string() }),
  credentialFields: z.record(z.string(), z.string()).optional(),
});

/** Credentials, which can be written but not read. */
export const credentialOperations: readonly Operation[] = [
  row({
    operation: 'postIntegrationsCredentials',
    route: `POST ${URI}`,
    permission: ['integrations:integration:add'],
    body: credentialBody,
    handle: (world, { body, now }) => {
      const id = world.uuid();
      const record = { id, name: body.name ?? '', ...fieldsOf(body), createdAt: now, modifiedAt: now };
      return { status: 200, body: describe(world.put<CredentialRecord>('credentials', id, record)) };
    },
  }),
  row({
    operation: 'getIntegrationsCredentials',
    route: `GET ${URI}`,
    permission: VIEW,
    handle: (world, request) => {
      const { query } = request;
      return { status: 200, body: page(listed(world, request).map(describe), { uri: URI, query }) };
    },
  }),
  row({
    operation: 'getIntegrationsCredentialsListing',
    route: `GET ${URI}/listing`,
    permission: VIEW,
    handle: (world, request) => {
      const { query } = request;
      const { entities, ...paging } = cursorPage(
        listed(world, request),
        { uri: `${URI}/listing`, query },
        ({ id }) => id,
      );
      return { status: 200, body: { entities: entities.map(describe), ...paging } };
    },
  }),
  row({
    operation: 'getIntegrationsCredentialsTypes',
    route: `GET ${URI}/types`,
    permission: VIEW,
    handle: () => ({ status: 200, body: { entities: [describeType()] } }),
  }),
  row({
    operation: 'getIntegrationsCredential',
    route: `GET ${URI}/{credentialId}`,
    permission: VIEW,
    handle: (world, request) => ({ status: 200, body: describe(find(world, request)) }),
  }),
  row({
    operation: 'putIntegrationsCredential',
    route: `PUT ${URI}/{credentialId}`,
    permission: ['integrations:integration:edit'],
    body: credentialBody,
    handle: (world, request) => {
      const { body, now } = request;
      const before = find(world, request);
      if (body.type.name !== before.type)
        throw badRequest('The type of a credential cannot be changed.', [{ fieldName: 'type' }]);
      const record = { ...before, name: body.name ?? before.name, ...fieldsOf(body), modifiedAt: now };
      return { status: 200, body: describe(world.put<CredentialRecord>('credentials', before.id, record)) };
    },
  }),
  row({
    operation: 'deleteIntegrationsCredential',
    route: `DELETE ${URI}/{credentialId}`,
    permission: ['integrations:integration:delete'],
    handle: (world, request) => {
      world.remove('credentials', find(world, request).id);
      return { status: 204 };
    },
  }),
];

function fieldsOf({ type, credentialFields = {} }: z.infer<typeof credentialBody>) {
  if (type.name !== CREDENTIAL_TYPE)
    throw badRequest(`There is no credential type ${type.name}.`, [{ fieldName: 'type.name' }]);
  if (!credentialFields[ARN_FIELD])
    throw badRequest(`The credential field ${ARN_FIELD} is required.`, [
      { fieldName: `credentialFields.${ARN_FIELD}` },
    ]);
  return { type: type.name, fields: credentialFields };
}

const listed = (world: World, { passed }: Pick<Request, 'passed'>): readonly CredentialRecord[] =>
  world.list<CredentialRecord>('credentials').filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id));

function find(world: World, { path }: Pick<Request, 'path'>): CredentialRecord {
  const credential = world.get<CredentialRecord>('credentials', path['credentialId'] ?? '');
  if (!credential) throw notFound();
  return credential;
}

const describeType = () => ({
  id: CREDENTIAL_TYPE,
  name: CREDENTIAL_TYPE,
  properties: { [ARN_FIELD]: { type: 'string' } },
  displayOrder: [ARN_FIELD],
  required: [ARN_FIELD],
});

const describe = ({ id, name, type, createdAt, modifiedAt }: CredentialRecord) => ({
  id,
  name,
  createdDate: new Date(createdAt).toISOString(),
  modifiedDate: new Date(modifiedAt).toISOString(),
  type: { id: type, name: type },
  selfUri: `${URI}/${id}`,
});
