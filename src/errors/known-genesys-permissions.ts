import { type Explanation, genesysAnswer } from './explanation.ts';

const IVRS = 'POST /api/v2/architect/ivrs';
const isGenesys = /^Genesys Cloud$/;
const WHERE_ROLES = 'Admin > People & Permissions > Roles / Permissions';

const ONE = '[a-z]\\w*:\\w+:[\\w*]+';
/** The vendor's ways to name what is missing, "permission(s): a", "permissions assigned: [a, b]"; divisions may follow. */
const permissions = (one: string) =>
  new RegExp(`permission\\(?s?\\)?(?: assigned)?:\\s*\\[?(?<permission>${one}(?:(?::[\\w,-]+)?, ?${one})*)`, 'i');

/** What the OAuth client may not do. */
export const knownOfGenesysPermissions: readonly Explanation[] = [
  {
    id: 'genesys.ivr-permission',
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
    id: 'genesys.trigger-permission',
    match: { service: isGenesys, status: /^403$/, text: permissions('processautomation:trigger:\\w+') },
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
    id: 'genesys.any-permission',
    match: { service: isGenesys, code: /^missing\.any\.(division\.)?permissions$/, text: permissions(ONE) },
    message: 'The OAuth client lacks a permission: one of {permission} is enough.',
    hint: `Add it to a role of the client (${WHERE_ROLES}), wait up to five minutes, then run the command again: it goes on from where it stopped.`,
    example: genesysAnswer(
      'GET /api/v2/integrations/actions',
      403,
      'missing.any.permissions',
      'Unable to perform the requested action. You must have at least one of the following permissions assigned: [bridge:actions:view, integrations:action:view]',
    ),
  },
  {
    id: 'genesys.permission',
    match: { service: isGenesys, status: /^403$/, text: permissions(ONE) },
    message: 'The OAuth client lacks the permission {permission}.',
    hint: `Add it to a role of the client (${WHERE_ROLES}), wait up to five minutes, then run the command again: it goes on from where it stopped.`,
    example: genesysAnswer(
      'POST /api/v2/integrations',
      403,
      'missing.permissions',
      'Unable to perform the requested action. You are missing the following permission(s): integrations:integration:add',
    ),
  },
  {
    id: 'genesys.division',
    match: {
      service: isGenesys,
      code: /^(access\.denied\.to\.field|missing\.division\.permissions?|missing\.any\.division\.permissions)$/,
    },
    message: 'The OAuth client may do this, but not in the division of the flows.',
    hint: 'Give it its role in that division too (Admin > Integrations > OAuth > Roles), or name another division with --division.',
    example: genesysAnswer(IVRS, 403, 'access.denied.to.field', 'Access denied to field openHoursFlow'),
  },
  {
    id: 'genesys.policy',
    match: { service: isGenesys, code: /^authz\.policy\.denied$/ },
    message: 'A policy of the organization forbids {operation}.',
    hint: 'Ask an administrator of the organization which access policy that is, and to make an exception for the OAuth client.',
    example: genesysAnswer('POST /api/v2/oauth/clients', 403, 'authz.policy.denied', 'Forbidden'),
  },
  {
    id: 'genesys.forbidden',
    match: { service: isGenesys, status: /^403$/ },
    message: 'The OAuth client may not do {operation}.',
    hint: 'Check its roles, and the divisions they are given in: Admin > Integrations > OAuth. Changes take up to five minutes.',
    example: genesysAnswer('GET /api/v2/flows', 403, 'architect.missing.permission', 'You do not have permission.'),
  },
];
