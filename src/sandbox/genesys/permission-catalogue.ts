export interface Permission {
  readonly domain: string;
  readonly entityName: string;
  readonly action: string;
}

/** `domain:entity` → its actions, of everything that the solution and its bootstrap touch. */
const ENTITIES: Readonly<Record<string, readonly string[]>> = {
  'architect:dependencyTracking': ['view', 'rebuild'],
  'architect:flow': ['add', 'delete', 'edit', 'launch', 'publish', 'search', 'unlock', 'view'],
  'architect:flowExecution': ['view'],
  'architect:job': ['create', 'view'],
  'architect:jobExport': ['create', 'view'],
  'architect:ui': ['view'],
  'authorization:division': ['add', 'delete', 'edit'],
  'authorization:grant': ['add', 'delete', 'view'],
  'authorization:role': ['add', 'delete', 'edit', 'view'],
  'bridge:actions': ['execute', 'view'],
  'directory:organization': ['admin'],
  'integrations:action': ['add', 'delete', 'edit', 'execute', 'view'],
  'integrations:integration': ['add', 'delete', 'edit', 'view'],
  'oauth:client': ['add', 'delete', 'edit', 'view'],
  'processautomation:trigger': ['add', 'delete', 'edit', 'test', 'view'],
  'routing:callRoute': ['add', 'delete', 'edit', 'search', 'view'],
  'telephony:plugin': ['all'],
};

/** Every permission that this organization's licences have. */
export const catalogue: readonly Permission[] = Object.entries(ENTITIES).flatMap(([entity, actions]) => {
  const [domain = '', entityName = ''] = entity.split(':');
  return actions.map((action) => ({ domain, entityName, action }));
});
