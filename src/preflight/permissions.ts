import type { Needs } from './rule.ts';

/** Every operation of Genesys Cloud that looks, with the permission it takes. */
const toLook = {
  'GET /api/v2/architect/ivrs': 'routing:callRoute:view',
  'GET /api/v2/architect/ivrs/{ivrId}': 'routing:callRoute:view',
  'GET /api/v2/flows': 'architect:flow:view',
  'GET /api/v2/flows/{flowId}': 'architect:flow:view',
  'GET /api/v2/integrations': 'integrations:integration:view',
  'GET /api/v2/integrations/actions': 'integrations:action:view',
  'GET /api/v2/integrations/actions/{actionId}': 'integrations:action:view',
  'GET /api/v2/integrations/actions/{actionId}/templates/{fileName}': 'integrations:action:view',
  'GET /api/v2/integrations/credentials/listing': 'integrations:integration:view',
  'GET /api/v2/integrations/credentials/{credentialId}': 'integrations:integration:view',
  'GET /api/v2/integrations/{integrationId}': 'integrations:integration:view',
  'GET /api/v2/integrations/{integrationId}/config/current': 'integrations:integration:view',
  'GET /api/v2/processautomation/triggers': 'processautomation:trigger:view',
  'GET /api/v2/processautomation/triggers/topics': 'processautomation:trigger:view',
  'GET /api/v2/processautomation/triggers/{triggerId}': 'processautomation:trigger:view',
  'GET /api/v2/telephony/providers/edges/didpools': 'telephony:plugin:all',
  'GET /api/v2/telephony/providers/edges/didpools/dids': 'telephony:plugin:all',
  'GET /api/v2/telephony/providers/edges/didpools/{didPoolId}': 'telephony:plugin:all',
} as const;

/** Every operation that makes, changes or deletes, or belongs to that. */
const toChange = {
  'DELETE /api/v2/architect/ivrs/{ivrId}': 'routing:callRoute:delete',
  'DELETE /api/v2/flows/{flowId}': 'architect:flow:delete',
  'DELETE /api/v2/integrations/actions/{actionId}': 'integrations:action:delete',
  'DELETE /api/v2/integrations/credentials/{credentialId}': 'integrations:integration:delete',
  'DELETE /api/v2/integrations/{integrationId}': 'integrations:integration:delete',
  'DELETE /api/v2/processautomation/triggers/{triggerId}': 'processautomation:trigger:delete',
  'DELETE /api/v2/telephony/providers/edges/didpools/{didPoolId}': 'telephony:plugin:all',
  'GET /api/v2/flows/export/jobs/{jobId}': 'architect:jobExport:view',
  'GET /api/v2/flows/jobs/{jobId}': 'architect:job:view',
  'GET /api/v2/integrations/actions/{actionId}/draft': 'integrations:action:view',
  'GET /api/v2/integrations/actions/{actionId}/draft/validation': 'integrations:action:edit',
  'PATCH /api/v2/integrations/actions/{actionId}': 'integrations:action:edit',
  'PATCH /api/v2/integrations/actions/{actionId}/draft': 'integrations:action:edit',
  'PATCH /api/v2/integrations/{integrationId}': 'integrations:integration:edit',
  'POST /api/v2/architect/ivrs': 'routing:callRoute:add',
  'POST /api/v2/flows/export/jobs': 'architect:jobExport:create',
  'POST /api/v2/flows/jobs': 'architect:job:create',
  'POST /api/v2/integrations': 'integrations:integration:add',
  'POST /api/v2/integrations/actions': 'integrations:action:add',
  'POST /api/v2/integrations/actions/{actionId}/draft': 'integrations:action:edit',
  'POST /api/v2/integrations/actions/{actionId}/draft/publish': 'integrations:action:edit',
  'POST /api/v2/integrations/actions/{actionId}/test': 'integrations:action:execute',
  'POST /api/v2/integrations/credentials': 'integrations:integration:add',
  'POST /api/v2/processautomation/triggers': 'processautomation:trigger:add',
  'POST /api/v2/processautomation/triggers/{triggerId}/test': 'processautomation:trigger:test',
  'POST /api/v2/telephony/providers/edges/didpools': 'telephony:plugin:all',
  'PUT /api/v2/architect/ivrs/{ivrId}': 'routing:callRoute:edit',
  'PUT /api/v2/integrations/credentials/{credentialId}': 'integrations:integration:edit',
  'PUT /api/v2/integrations/{integrationId}/config/current': 'integrations:integration:edit',
  'PUT /api/v2/processautomation/triggers/{triggerId}': 'processautomation:trigger:edit',
  'PUT /api/v2/telephony/providers/edges/didpools/{didPoolId}': 'telephony:plugin:all',
} as const;

/** What only a run does that may take away somebody's lock. */
const toUnlock = { 'POST /api/v2/flows/actions/unlock': 'architect:flow:unlock' } as const;

/** What no operation names: a flow job works in the client's name, and the API says nothing of what that takes. */
const toPublish = [
  'architect:ui:view',
  'architect:flow:add',
  'architect:flow:edit',
  'architect:flow:publish',
  'architect:flow:search',
] as const;

/** Operation → permission, for every call of Genesys Cloud that takes one. */
export const permissionByOperation: Readonly<Record<string, string>> = { ...toLook, ...toChange, ...toUnlock };

/** The permissions that a run takes, each once, in order; `unlocks`: it may take away somebody's lock. */
export function permissionsFor(needs: Needs, unlocks = false): readonly string[] {
  const besides: Readonly<Record<Needs, readonly string[]>> = {
    look: [],
    change: [...Object.values(toChange), ...toPublish],
    remove: Object.entries(toChange).flatMap(([operation, one]) => (operation.startsWith('DELETE ') ? [one] : [])),
  };
  const all = [...Object.values(toLook), ...besides[needs]];
  return [...new Set<string>(unlocks ? [...all, ...Object.values(toUnlock)] : all)].sort();
}

/** In which division a permission has to be held; undefined where divisions do not matter to it. */
export function divisionFor(permission: string): 'flows' | 'home' | undefined {
  if (permission.startsWith('architect:flow:')) return 'flows';
  // The IVR names no division, so it lies in that which all else does.
  return permission.startsWith('routing:callRoute:') ? 'home' : undefined;
}

/** Domain and entity as the console writes them. */
const titles: Readonly<Record<string, string>> = {
  'architect:flow': 'Architect > Flow',
  'architect:job': 'Architect > Job',
  'architect:jobExport': 'Architect > Job Export',
  'architect:ui': 'Architect > UI',
  'integrations:action': 'Integrations > Action',
  'integrations:integration': 'Integrations > Integration',
  'processautomation:trigger': 'Process Automation > Trigger',
  'routing:callRoute': 'Routing > Call Route',
  'telephony:plugin': 'Telephony > Plugin',
};

/** Where a permission is ticked in a role: `Architect > UI > View`. */
export function titleOf(permission: string): string {
  const [domain = '', entity = '', action = ''] = permission.split(':');
  const title = titles[`${domain}:${entity}`] ?? `${domain} > ${entity}`;
  return `${title} > ${action.charAt(0).toUpperCase()}${action.slice(1)}`;
}
