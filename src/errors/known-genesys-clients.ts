import { type Explanation, genesysAnswer } from './explanation.ts';

const CLIENTS = 'POST /api/v2/oauth/clients';
const WHERE = 'Admin > Integrations > OAuth';

/** Roles and OAuth clients, where they are made. */
export const knownOfGenesysClients: readonly Explanation[] = [
  {
    id: 'genesys.role-not-held',
    match: { code: /^bad\.client\.role$/ },
    message: 'A client that makes another one must hold every role that it gives away, and this one does not.',
    hint: `Give the role to the OAuth client that you sign in with (${WHERE} > Roles), wait up to five minutes, then run the command again.`,
    example: genesysAnswer(
      CLIENTS,
      400,
      'bad.client.role',
      'The user does not have access to some of the specified roles.',
    ),
  },
  {
    id: 'genesys.no-roles',
    match: { code: /^missing\.client\.roles$/ },
    message: 'An OAuth client of the type Client Credentials needs a role, and has none.',
    hint: `Give it one, with the division it counts in: ${WHERE} > Roles.`,
    example: genesysAnswer(CLIENTS, 400, 'missing.client.roles', 'Bad Request'),
  },
  {
    id: 'genesys.too-many-clients',
    match: { code: /^auth\.too\.many\.clients$/ },
    message: 'The organization has as many OAuth clients as it may have.',
    hint: `Delete some that are not used any more (${WHERE}), or ask Genesys for a higher limit.`,
    example: genesysAnswer(CLIENTS, 400, 'auth.too.many.clients', 'Bad Request'),
  },
  {
    id: 'genesys.client-active',
    match: { code: /^cannot\.delete\.client$/ },
    message: 'An OAuth client that is active cannot be deleted.',
    hint: `Make it inactive first (${WHERE}), then run the command again.`,
    example: genesysAnswer('DELETE /api/v2/oauth/clients/{clientId}', 400, 'cannot.delete.client', 'Bad Request'),
  },
  {
    id: 'genesys.too-many-roles',
    match: { code: /^(max\.roles\.exceeded|max\.role\.assignments\.exceeded)$/ },
    message: 'The organization has as many roles as it may have, or the client does.',
    hint: 'Delete roles that are not used any more (Admin > People & Permissions > Roles / Permissions), then run the command again.',
    example: genesysAnswer('POST /api/v2/authorization/roles', 400, 'max.roles.exceeded', 'Bad Request'),
  },
];
