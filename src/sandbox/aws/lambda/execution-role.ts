import { Refusal, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import { isKnown, trusts } from '../iam/assume.ts';
import { type Role, roleAt } from '../iam/role.ts';
import type { Need } from '../operation.ts';

const LAMBDA = { names: ['lambda.amazonaws.com'] };

/** The role that a function is to run as. Throws until Lambda can assume it. */
export function executionRole(world: World, arn: string, request: Pick<Request, 'passed'>): Role {
  const role = roleAt(world, arn);
  if (role && trusts(role, LAMBDA) === 'allow' && isKnown(role, request)) return role;
  const text = 'The role defined for the function cannot be assumed by Lambda.';
  throw new Refusal(400, 'InvalidParameterValueException', text);
}

/** Who gives a function a role needs to be allowed to pass that role to Lambda. */
export const passRole = (role: string | undefined): readonly Need[] =>
  role === undefined
    ? []
    : [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } }];
