import { type Explanation, genesysAnswer } from './explanation.ts';

const login = (status: number, error: string, description: string) => ({
  from: 'Genesys Cloud' as const,
  service: 'Genesys Cloud',
  operation: 'POST /oauth/token',
  thrown: { response: { status, headers: {}, data: { error, description, error_description: description } } },
});
const isGenesys = /^Genesys Cloud$/;
const isLogin = /oauth\/token$/;

/** How Genesys Cloud refuses to let an OAuth client in. */
export const knownOfGenesysSignIn: readonly Explanation[] = [
  {
    id: 'genesys.sign-in-limit',
    match: { operation: isLogin, text: /rate limit exceeded/i },
    message: 'Genesys Cloud takes no more sign-ins of this OAuth client for the moment.',
    hint: 'Wait a minute, then run the command again.',
    example: login(400, 'invalid_request', 'rate limit exceeded;too many logins'),
  },
  {
    id: 'genesys.client-type',
    match: { operation: isLogin, code: /^(unauthorized_client|unsupported_grant_type|invalid_grant)$/ },
    message: 'The OAuth client is not of the type Client Credentials.',
    hint: 'Make one of that type in Genesys Cloud: Admin > Integrations > OAuth > Add Client.',
    example: login(400, 'unauthorized_client', 'client is not allowed to use this grant type'),
  },
  {
    id: 'genesys.wrong-secret',
    match: { operation: isLogin, status: /^401$/ },
    message: 'Genesys Cloud refused the sign-in: the secret does not belong to this OAuth client.',
    hint: 'Check the secret, that id and secret are of one client, and the region (--genesys-region): each knows its own clients only. A new secret can be made in Genesys Cloud: Admin > Integrations > OAuth.',
    example: login(401, 'invalid_client', 'authentication failed'),
  },
  {
    id: 'genesys.wrong-region',
    match: { operation: isLogin, status: /^4/ },
    message: 'Genesys Cloud refused the sign-in: this region knows no active OAuth client of this id.',
    hint: 'Check the region first (--genesys-region or GENESYSCLOUD_REGION): each knows its own clients only. Then check the id: Admin > Integrations > OAuth.',
    example: login(400, 'invalid_client', 'client not found: invalid client_id'),
  },
  {
    id: 'genesys.address',
    match: { service: isGenesys, code: /^ip\.not\.authorized$/ },
    message: 'Genesys Cloud does not take requests from the address of this machine.',
    hint: 'Add its public address to the allowlist of the organization, or run the command from one that is in it.',
    example: genesysAnswer(
      'GET /api/v2/flows',
      401,
      'ip.not.authorized',
      'The request is from an address that is not authorized.',
    ),
  },
  {
    id: 'genesys.token',
    match: { service: isGenesys, status: /^401$/ },
    message: 'Genesys Cloud does not take the token any more, nor a new one.',
    hint: 'Check that the OAuth client is still active: Admin > Integrations > OAuth. Then run the command again.',
    example: genesysAnswer('GET /api/v2/flows', 401, 'bad.credentials', 'Invalid login credentials.'),
  },
];
