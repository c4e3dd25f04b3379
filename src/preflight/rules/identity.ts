import type { Rule } from '../rule.ts';

/** Who we are on both sides; that nobody is anybody else was found out by signing in. */
export const identity: Rule = {
  name: 'identity',
  check: async ({ identity: { organizationName, organizationId, awsAccount, awsArn } }) => [
    {
      rule: 'identity',
      severity: 'ok',
      message: `Signed in to the organization ${organizationName} (${organizationId}).`,
    },
    { rule: 'identity', severity: 'ok', message: `Signed in to the AWS account ${awsAccount} as ${awsArn}.` },
  ],
};
