import { CreateRoleCommand, type CreateRoleCommandInput, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type AwsSandbox, LAMBDA_TRUST, policy } from '../aws-sandbox.ts';

/** The role that the tests are about, and what it may do. */
export const RoleName = 'dev-role';
export const PERMISSIONS = policy({
  Effect: 'Allow',
  Action: ['logs:PutLogEvents'],
  Resource: 'arn:aws:logs:*:*:x é:*',
});

/** What a test calls with that role, in the sandbox that it has then. */
export const roleCalls = (sandbox: () => Pick<AwsSandbox, 'iam'>) => ({
  create: (members: Partial<CreateRoleCommandInput> = {}) =>
    sandbox().iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: LAMBDA_TRUST, ...members })),
  put: (PolicyDocument: string, PolicyName = 'eo-setup') =>
    sandbox().iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
});
