import type { World } from '../world.ts';
import { newId, newSecret } from './operation.ts';

/** A key that requests are signed with. */
export type AccessKey = {
  readonly accessKeyId?: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** A user's ARN, or a role session's. */
  readonly principalArn: string;
  /** Of a role's session: the role it was made from, as it was then. */
  readonly roleName?: string;
  readonly roleId?: string;
  /** The function whose code signs with it. */
  readonly functionArn?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
  /** Of a user who may not do everything: policy documents that say what they may. Set by hand. */
  readonly policies?: readonly unknown[];
};

/** Keys as they are given out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: number;
}

interface Wanted {
  readonly account: string;
  readonly role: { readonly RoleName: string; readonly RoleId: string };
  readonly sessionName: string;
  readonly now: number;
  readonly seconds: number;
  readonly functionArn?: string;
}

/** Makes a session of a role, and the key it is used with. */
export function newSession(world: World, wanted: Wanted): Session {
  const { account, role, sessionName, now, seconds, functionArn } = wanted;
  const session = {
    accessKeyId: newId(world, 'ASIA', 20),
    secretAccessKey: newSecret(world),
    sessionToken: newSecret(world),
    expiresAt: now + seconds * 1000,
  };
  world.put<AccessKey>('access-keys', session.accessKeyId, {
    ...session,
    principalArn: sessionArn(account, role.RoleName, sessionName),
    roleName: role.RoleName,
    roleId: role.RoleId,
    ...(functionArn && { functionArn }),
  });
  return session;
}

/** The session that a function's code has of this very role, if it lasts until then. */
export function standingSession(world: World, functionArn: string, roleId: string, until: number): Session | undefined {
  const own = world.list<AccessKey>('access-keys').findLast((key) => key.functionArn === functionArn);
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt = 0 } = own ?? {};
  if (own?.roleId !== roleId || expiresAt <= until) return undefined;
  return accessKeyId && secretAccessKey && sessionToken
    ? { accessKeyId, secretAccessKey, sessionToken, expiresAt }
    : undefined;
}

export const sessionArn = (account: string, roleName: string, sessionName: string): string =>
  `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`;

/** The role and the session of an assumed role's ARN; undefined for everybody else. */
export function sessionOf(arn: string): { readonly roleName: string; readonly sessionName: string } | undefined {
  const [, roleName, sessionName] = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  return roleName && sessionName ? { roleName, sessionName } : undefined;
}
