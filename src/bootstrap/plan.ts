import type { Found, FoundClient, FoundRole } from './look.ts';

type Action = 'create' | 'change' | 'keep';

/** What making role and client comes to. */
export interface BootstrapPlan {
  readonly role: {
    readonly action: Action;
    readonly permissions: readonly string[];
    /** What it lacks, and what it has besides. */
    readonly adds: readonly string[];
    readonly drops: readonly string[];
  };
  readonly client: {
    readonly action: Action;
    /** Whether it has to be switched on again. */
    readonly activates: boolean;
    /** Ids of the divisions that it lacks the role in. */
    readonly divisions: readonly string[];
  };
  readonly newSecret: boolean;
  /** Whether the administrator's own client still has the role. */
  readonly takesBack: boolean;
  /** What the role would have if the organization knew it. */
  readonly unknown: readonly string[];
}

interface Wanted {
  readonly permissions: readonly string[];
  /** What the organization knows. */
  readonly there: ReadonlySet<string>;
  /** Ids. */
  readonly divisions: readonly string[];
  readonly newSecret: boolean;
}

/** What has to be done for role and client to be as they should. */
export function planBootstrap({ role, client, left }: Found, wanted: Wanted): BootstrapPlan {
  const permissions = wanted.permissions.filter((permission) => wanted.there.has(permission));
  return {
    role: planRole(role, permissions),
    client: planClient(client, role, wanted.divisions),
    newSecret: wanted.newSecret && client !== undefined,
    takesBack: left.length > 0,
    unknown: wanted.permissions.filter((permission) => !wanted.there.has(permission)),
  };
}

function planRole(role: FoundRole | undefined, permissions: readonly string[]): BootstrapPlan['role'] {
  const held = role ? permissionsOf(role) : [];
  const adds = permissions.filter((permission) => !held.includes(permission));
  const drops = held.filter((permission) => !permissions.includes(permission));
  const isRight = adds.length === 0 && drops.length === 0;
  return { action: role ? (isRight ? 'keep' : 'change') : 'create', permissions, adds, drops };
}

const permissionsOf = ({ permissionPolicies }: FoundRole): readonly string[] =>
  (permissionPolicies ?? []).flatMap(({ domain, entityName, actionSet }) =>
    (actionSet ?? []).map((action) => `${domain}:${entityName}:${action}`),
  );

function planClient(
  client: FoundClient | undefined,
  role: FoundRole | undefined,
  wanted: readonly string[],
): BootstrapPlan['client'] {
  if (!client) return { action: 'create', activates: false, divisions: wanted };
  const held = (client.roleDivisions ?? []).filter(({ roleId }) => roleId === role?.id);
  const divisions = wanted.filter((id) => !held.some(({ divisionId }) => [id, '*'].includes(divisionId)));
  const activates = (client.state ?? 'active') !== 'active';
  return { action: activates || divisions.length > 0 ? 'change' : 'keep', activates, divisions };
}

/** Whether a plan comes to anything. */
export const changesAnything = ({ role, client, newSecret, takesBack }: BootstrapPlan): boolean =>
  role.action !== 'keep' || client.action !== 'keep' || newSecret || takesBack;

/** Whether it gives a secret that somebody has to keep. */
export const givesSecret = ({ client, newSecret }: BootstrapPlan): boolean => client.action === 'create' || newSecret;
