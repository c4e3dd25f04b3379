import { Refusal } from '../../contract.ts';
import type { Policy, Statement } from '../../policy.ts';
import type { World } from '../../world.ts';
import { isoSeconds, type Place, rowsOf } from '../operation.ts';
import { MalformedPolicy, type PolicyKind, parsePolicy } from '../policy-document.ts';
import { managedPolicies } from './managed-policies.ts';

/** A role. Documents are kept as they were put. */
export type Role = {
  readonly RoleName: string;
  /** New with every creation, while the ARN is not. */
  readonly RoleId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly Description?: string;
  readonly MaxSessionDuration: number;
  readonly AssumeRolePolicyDocument: string;
  /** By policy name. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs. */
  readonly attached: readonly string[];
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly createdAt: number;
};

/** A row of IAM's table about a role: its permission is asked for on the role. */
export const roleRow: ReturnType<typeof rowsOf> = (row) =>
  rowsOf(
    'iam',
    (operation) => `POST / Action=${operation}`,
  )({
    resource: ({ account }, { body }) => roleArn({ account, region: '' }, nameIn(body)),
    ...row,
  });

const nameIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'RoleName' in body ? String(body.RoleName) : '';

export const roleArn = ({ account }: Place, name: string, path = '/'): string =>
  `arn:aws:iam::${account}:role${path}${name}`;

/** The role called so. Throws where there is none. */
export function roleCalled(world: World, name: string): Role {
  const role = world.get<Role>('roles', name);
  if (role) return role;
  throw new Refusal(404, 'NoSuchEntity', `The role with name ${name} cannot be found.`);
}

/** The role that an ARN names. */
export function roleAt(world: World, arn: string): Role | undefined {
  const role = world.get<Role>('roles', arn.split('/').at(-1) ?? '');
  return role?.Arn === arn ? role : undefined;
}

/** What a role may do. */
export const policiesOf = ({ inline, attached }: Role): readonly Policy[] => [
  ...Object.values(inline).map((text) => parsePolicy(text, 'identity')),
  ...attached.flatMap((arn) => managedPolicies.get(arn) ?? []),
];

/** Reads a document that somebody wants to put. Throws IAM's refusal. */
export function readDocument(text: string, kind: PolicyKind): Policy {
  try {
    return parsePolicy(text, kind);
  } catch (error) {
    if (error instanceof MalformedPolicy) throw new Refusal(400, 'MalformedPolicyDocument', error.message);
    throw error;
  }
}

/** Throws where a trust policy names somebody of this account who is not there. */
export function checkPrincipals(world: World, { account }: Place, { Statement: statements }: Policy): void {
  const named = statements.flatMap(({ Principal }: Statement) =>
    Principal === undefined || Principal === '*' ? [] : (Principal.AWS ?? []),
  );
  const missing = named.find((arn) => arn.startsWith(`arn:aws:iam::${account}:role/`) && !roleAt(world, arn));
  if (missing === undefined) return;
  throw new Refusal(400, 'MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${missing}"`);
}

/** A role as IAM shows it; lists leave out the tags. */
export const showRole = (role: Role) => ({
  Path: role.Path,
  RoleName: role.RoleName,
  RoleId: role.RoleId,
  Arn: role.Arn,
  CreateDate: isoSeconds(role.createdAt),
  AssumeRolePolicyDocument: encodeURIComponent(role.AssumeRolePolicyDocument),
  Description: role.Description,
  MaxSessionDuration: role.MaxSessionDuration,
});
