import { type Explanation, genesysAnswer } from './explanation.ts';

const LOGIN = 'POST /oauth/token';
const IVRS = 'POST /api/v2/architect/ivrs';
const login = (status: number, error: string, description: string) => ({
  from: 'Genesys Cloud' as const,
  service: 'Genesys Cloud',
  operation: LOGIN,
  thrown: { response: { status, headers: {}, data: { error, description, error_description: description } } },
});
const isGenesys = /^Genesys Cloud$/;
const isLogin = /oauth\/token$/;
const WHERE_ROLES = 'Admin > People & Permissions > Roles / Permissions';

/** Signing in. */
const signingIn: readonly Explanation[] = [
  {
    match: { operation: isLogin, text: /rate limit exceeded/i },
    message: 'Genesys Cloud takes no more sign-ins of this OAuth client for the moment.',
    hint: 'Wait a minute, then run the command again.',
    example: login(400, 'invalid_request', 'rate limit exceeded;too many logins'),
  },
  {
    match: { operation: isLogin, code: /^(unauthorized_client|unsupported_grant_type|invalid_grant)$/ },
    message: 'The OAuth client is not of the type Client Credentials.',
    hint: 'Make one of that type in Genesys Cloud: Admin > Integrations > OAuth > Add Client.',
    example: login(400, 'unauthorized_client', 'client is not allowed to use this grant type'),
  },
  {
    match: { operation: isLogin, status: /^401$/ },
    message: 'Genesys Cloud refused the sign-in: the secret does not belong to this OAuth client.',
    hint: 'Check the secret, and that id and secret are of one client. A new secret can be made in Genesys Cloud: Admin > Integrations > OAuth.',
    example: login(401, 'invalid_client', 'authentication failed'),
  },
  {
    match: { operation: isLogin, status: /^4/ },
    message: 'Genesys Cloud refused the sign-in: this region knows no active OAuth client of this id.',
    hint: 'Check the region first (--genesys-region or GENESYSCLOUD_REGION): each knows its own clients only. Then check the id: Admin > Integrations > OAuth.',
    example: login(400, 'invalid_client', 'client not found: invalid client_id'),
  },
  {
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
    match: { service: isGenesys, status: /^401$/ },
    message: 'Genesys Cloud does not take the token any more, and a new one neither.',
    hint: 'Check that the OAuth client is still active: Admin > Integrations > OAuth. Then run the command again.',
    example: genesysAnswer('GET /api/v2/flows', 401, 'bad.credentials', 'Invalid login credentials.'),
  },
];

/** What the OAuth client may not do. */
const denials: readonly Explanation[] = [
  {
    match: { service: isGenesys, text: /ResourcePermission/ },
    message: 'The OAuth client may not work with call routes (IVRs).',
    hint: `Give its role routing:callRoute:add, edit, view and delete (Routing > Call Route in ${WHERE_ROLES}).`,
    example: genesysAnswer(
      IVRS,
      403,
      'missing.permissions',
      'missing permission(s): com.inin.pubapi.iam.util.ResourcePermission',
    ),
  },
  {
    match: {
      service: isGenesys,
      status: /^403$/,
      text: /permission\(?s?\)?:\s*\[?(?<permission>processautomation:trigger:\w+)/i,
    },
    message: 'The OAuth client lacks the permission {permission}.',
    hint: `Add it to a role of the client (Process Automation > Trigger in ${WHERE_ROLES}), wait up to five minutes, then run the command again. If it is not to be found there, the organization's licence has no triggers.`,
    example: genesysAnswer(
      'POST /api/v2/processautomation/triggers',
      403,
      'missing.permissions',
      'Unable to perform the requested action. You are missing the following permission(s): processautomation:trigger:add',
    ),
  },
  {
    match: {
      service: isGenesys,
      status: /^403$/,
      text: /permission\(?s?\)?:\s*\[?(?<permission>[a-z]\w*:[\w:*]+(?:, ?[a-z]\w*:[\w:*]+)*)/i,
    },
    message: 'The OAuth client lacks the permission {permission}.',
    hint: `Add it to a role of the client (${WHERE_ROLES}), wait up to five minutes, then run the command again: it goes on from where it stopped.`,
    example: genesysAnswer(
      'POST /api/v2/integrations',
      403,
      'missing.any.permissions',
      'Unable to perform the requested action. You must have at least one of the following permission(s): [integrations:integration:add]',
    ),
  },
  {
    match: {
      service: isGenesys,
      code: /^(access\.denied\.to\.field|missing\.division\.permissions?|missing\.any\.division\.permissions)$/,
    },
    message: 'The OAuth client may do this, but not in the division of the flows.',
    hint: 'Give it its role in that division too (Admin > Integrations > OAuth > Roles), or name another division with --division.',
    example: genesysAnswer(IVRS, 403, 'access.denied.to.field', 'Access denied to field openHoursFlow'),
  },
  {
    match: { service: isGenesys, status: /^403$/ },
    message: 'The OAuth client may not do {operation}.',
    hint: 'Check its roles, and the divisions they are given in: Admin > Integrations > OAuth. Changes take up to five minutes.',
    example: genesysAnswer('GET /api/v2/flows', 403, 'architect.missing.permission', 'You do not have permission.'),
  },
];

/** Names, numbers, limits, and what is in use. */
const objects: readonly Explanation[] = [
  {
    match: { service: isGenesys, status: /^400$/, text: /didPoolId/ },
    message: 'A number of the range lies in no DID pool of the organization.',
    hint: 'Look it up in Admin > Telephony > DID Numbers: it must lie in a pool of the right provider (--did-provider). Then run the command again.',
    example: genesysAnswer(IVRS, 400, 'general.bad.request', "Field 'didPoolId' is required and cannot be empty."),
  },
  {
    match: { operation: /architect\/ivrs/, text: /(?:in use|unique)/i },
    message: 'A number of the range is in use by something else in the organization.',
    hint: 'Take it from what holds it (Admin > Telephony > DID Numbers shows what that is), or choose another with --did-start.',
    example: genesysAnswer(
      IVRS,
      400,
      'general.bad.request',
      "The phone number +13175550100 is already in use by the IVR 'Sales'.",
      [{ fieldName: 'dnis', entityName: 'Sales' }],
    ),
  },
  {
    match: { operation: /^POST .*didpools$/, status: /^409$/ },
    message: 'Another DID pool overlaps with the range of numbers.',
    hint: 'Look at Admin > Telephony > DID Numbers, and choose a range (--did-start, --did-end) that lies within one pool, or in none.',
    example: genesysAnswer(
      'POST /api/v2/telephony/providers/edges/didpools',
      409,
      'general.conflict',
      "The range overlaps with the DID pool 'Sales' (+13175550000 to +13175550199).",
    ),
  },
  {
    match: { operation: /^DELETE .*didpools/, status: /^409$/ },
    message: 'Numbers of the DID pool are still assigned to something.',
    hint: 'Take them from what holds them (Admin > Telephony > DID Numbers), then run the command again.',
    example: genesysAnswer(
      'DELETE /api/v2/telephony/providers/edges/didpools/{didPoolId}',
      409,
      'general.conflict',
      'Numbers of the DID pool are still assigned: +13175550100.',
    ),
  },
  {
    match: { code: /^max\.integrations\.reached$/ },
    message: 'The organization has as many integrations as it may have.',
    hint: 'Delete some that are not used any more (Admin > Integrations), or ask Genesys for a higher limit.',
    example: genesysAnswer(
      'POST /api/v2/integrations',
      400,
      'max.integrations.reached',
      'The maximum has been reached.',
    ),
  },
  {
    match: { code: /^architect\.flow\.(exceeded\.max\.amount|cannot\.create\.type\.max\.exceeded)$/ },
    message: 'The organization has as many flows as it may have.',
    hint: 'Delete some that are not used any more in Architect, or ask Genesys for a higher limit.',
    example: genesysAnswer('POST /api/v2/flows', 409, 'architect.flow.exceeded.max.amount', 'Too many flows.'),
  },
  {
    match: { code: /^architect\.secure\.call\.flow\.not\.supported$/ },
    message: 'The licence of the organization has no secure call flows.',
    hint: 'Ask Genesys for one that has them: without, no card number can be taken.',
    example: genesysAnswer(
      'GET /api/v2/flows/{flowId}',
      405,
      'architect.secure.call.flow.not.supported',
      'Secure call flows are not supported by the current product levels.',
    ),
  },
  {
    match: { code: /^architect\.flow\.(locked\.by\.user|cannot\.delete\.user\.does\.not\.have\.lock)$/ },
    message: 'Somebody has the flow open in Architect, and locked.',
    hint: 'Ask them to save and close it, then run the command again.',
    example: genesysAnswer(
      'DELETE /api/v2/flows/{flowId}',
      405,
      'architect.flow.cannot.delete.user.does.not.have.lock',
      "The flow 'dev-EventOrchestrator Workflow' cannot be deleted: it is locked by another user.",
    ),
  },
  {
    match: { code: /^architect\.(flow\.cannot\.delete\.used|dependency\.object\.in\.use)/ },
    message: 'The flow is used by something that eo-setup did not make.',
    hint: 'Open the flow in Architect and look at its dependencies, free it there, then run the command again.',
    example: genesysAnswer(
      'DELETE /api/v2/flows/{flowId}',
      409,
      'architect.flow.cannot.delete.used.in.ivr.configs',
      'The flow is in use.',
    ),
  },
  {
    match: { service: isGenesys, text: /does not match the current version|version conflict/i },
    message: 'Somebody else changed the same object at the same time.',
    hint: 'Run the command again: it looks at the object anew.',
    example: genesysAnswer(
      'PUT /api/v2/integrations/{integrationId}/config/current',
      409,
      'version.conflict',
      'Integration configuration update failed due to version conflict.',
    ),
  },
  {
    match: { service: isGenesys, text: /invalid\.credentials|AssumeRole/i },
    message: 'Genesys Cloud cannot take on the IAM role that invokes the function.',
    hint: "The role must trust Genesys Cloud's AWS account (--genesys-aws-account) with the id of the organization as its ExternalId. Run `eo-setup install` to put that right; a role that was just made takes a minute.",
    example: genesysAnswer('POST /api/v2/integrations/actions/{actionId}/execute', 400, 'bad.request', 'Bad Request', [
      { errorCode: 'invalid.credentials' },
    ]),
  },
];

/** What Genesys Cloud refuses, the narrower ones first. */
export const knownOfGenesys: readonly Explanation[] = [...signingIn, ...denials, ...objects];
