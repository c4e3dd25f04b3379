import { byEntity } from '../by-entity.ts';
import { permissionsFor } from '../preflight/permissions.ts';

/** What the role and the client are called in Genesys Cloud. */
export const ROLE_NAME = 'eo-setup Event Orchestration';
export const CLIENT_NAME = 'eo-setup';
/** Stands in the description of what we made: by it, and not by its name, it is found again. */
const MARK = '[eo-setup bootstrap]';
export const DESCRIPTION = `Made by "eo-setup bootstrap genesys". ${MARK}`;

/** Whether something is ours, by its description. */
export const isMarked = ({ description }: { readonly description?: string | null | undefined }): boolean =>
  description?.includes(MARK) ?? false;

/** What a client takes to read its own role, where Genesys Cloud does not show it its grants. */
const TO_CHECK_ITSELF = ['authorization:role:view', 'oauth:client:view'];

/** Everything that the installer's client is permitted, each spelled out, in order; with it, it may use --force-unlock too. */
export const rolePermissions = (): readonly string[] =>
  [...new Set([...permissionsFor('change', true), ...TO_CHECK_ITSELF])].sort();

/** What the administrator's own client must hold to make role and client, or to take them away. */
export const administratorPermissions = {
  make: [
    ...['authorization:role:view', 'authorization:role:add', 'authorization:role:edit'],
    ...['authorization:grant:view', 'authorization:grant:add', 'authorization:grant:delete'],
    ...['oauth:client:view', 'oauth:client:add', 'oauth:client:edit'],
  ],
  remove: [
    ...['authorization:role:view', 'authorization:role:delete'],
    ...['authorization:grant:view', 'authorization:grant:add', 'authorization:grant:delete'],
    ...['oauth:client:view', 'oauth:client:edit', 'oauth:client:delete'],
  ],
} as const;

/** The actions on one kind of thing, as a role has them. */
interface Policy {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
}

/** Permissions as the policies of a role. */
export function policiesOf(permissions: readonly string[]): readonly Policy[] {
  return [...byEntity(permissions)].map(([entity, actionSet]) => {
    const [domain = '', entityName = ''] = entity.split(':');
    return { domain, entityName, actionSet };
  });
}
