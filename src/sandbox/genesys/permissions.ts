/** The permissions that the sandbox knows: domain → entity → actions. */
export const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  architect: {
    dependencyTracking: ['view'],
    flow: ['add', 'delete', 'edit', 'launch', 'publish', 'search', 'unlock', 'view'],
    flowExecution: ['view'],
    job: ['create', 'view'],
    jobExport: ['create', 'view'],
    ui: ['view'],
  },
  authorization: {
    division: ['add', 'delete', 'edit', 'view'],
    grant: ['add', 'delete', 'view'],
    role: ['add', 'delete', 'edit', 'view'],
  },
  bridge: { actions: ['execute', 'view'] },
  integrations: {
    action: ['add', 'delete', 'edit', 'execute', 'view'],
    integration: ['add', 'delete', 'edit', 'view'],
  },
  oauth: { client: ['add', 'delete', 'edit', 'view'] },
  processautomation: { trigger: ['add', 'delete', 'edit', 'test', 'view'] },
  routing: { callRoute: ['add', 'delete', 'edit', 'search', 'view'] },
  telephony: { plugin: ['all'] },
};

/** What may be done to the entities of one kind. */
export interface Policy {
  readonly domain: string;
  readonly entityName: string;
  readonly actions: readonly string[];
}

const ALL: readonly Policy[] = Object.entries(PERMISSIONS).flatMap(([domain, entities]) =>
  Object.entries(entities).map(([entityName, actions]) => ({ domain, entityName, actions })),
);

/** Permissions by what they are about. A star is spelled out, as the vendor does it; divisions are left out. */
export function policiesOf(permissions: readonly string[]): readonly Policy[] {
  const policies = new Map<string, Policy>();
  for (const { domain, entityName, actions } of permissions.flatMap(spelledOut)) {
    const known = policies.get(`${domain}:${entityName}`)?.actions ?? [];
    const together = [...new Set([...known, ...actions])].sort();
    policies.set(`${domain}:${entityName}`, { domain, entityName, actions: together });
  }
  return [...policies.values()];
}

function spelledOut(permission: string): readonly Policy[] {
  const [domain = '', entityName = '*', action = '*'] = permission.split(':');
  if (![domain, entityName, action].includes('*')) return [{ domain, entityName, actions: [action] }];
  const fits = (wanted: string, name: string) => wanted === '*' || wanted.toLowerCase() === name.toLowerCase();
  return ALL.filter((one) => fits(domain, one.domain) && fits(entityName, one.entityName))
    .map((one) => ({ ...one, actions: one.actions.filter((name) => fits(action, name)) }))
    .filter(({ actions }) => actions.length > 0);
}
