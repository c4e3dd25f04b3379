import type { Request } from '../../contract.ts';
import { decide, type Principal } from '../../policy.ts';
import { parsePolicy } from '../policy-document.ts';
import type { Role } from './role.ts';

/** Whether the role's trust policy lets somebody assume it; `delegate` where they need a permission of their own, too. */
export function trusts(role: Role, principal: Principal, context: Readonly<Record<string, string>> = {}) {
  const question = { action: 'sts:AssumeRole', resource: role.Arn, principal, context };
  return decide([parsePolicy(role.AssumeRolePolicyDocument, 'trust')], question);
}

/** Whether a new role is known wherever roles are assumed. */
export const isKnown = (role: Role, { passed }: Pick<Request, 'passed'>): boolean =>
  passed('role.assumable', role.createdAt, role.RoleId);
