import { groupBy } from '../../group-by.ts';
import { hasStatus } from '../../resources/vendor.ts';
import { awsNeeds } from '../aws-actions.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { type Denial, simulate, simulatedArn } from '../simulate.ts';

const rule = 'aws-permissions';

/** Who is signed in to AWS may do what the run takes, as far as a simulation can tell. */
export const awsPermissions: Rule = {
  name: rule,
  check: async (context) => {
    const { aws, identity } = context;
    const caller = identity.awsArn;
    const needs = awsNeeds(context);
    try {
      const arn = await simulatedArn(aws, caller);
      return arn === undefined ? [noSimulation(caller)] : judgeDenials(caller, await simulate(aws, arn, needs));
    } catch (error) {
      if (hasStatus(error, 403)) return [mayNotSimulate(caller)];
      throw error;
    }
  },
};

/** What there is to say of what a simulation found: a finding an action. */
export function judgeDenials(caller: string, denials: readonly Denial[]): readonly Finding[] {
  if (denials.length === 0)
    return [{ rule, severity: 'ok', message: `${caller} may do everything that this takes at AWS.` }];
  const groups = groupBy(denials, ({ action, how }) => `${action} ${how}`);
  return [...groups.values()].map((group) => findingOf(caller, group));
}

function findingOf(caller: string, denials: readonly Denial[]): Finding {
  const [{ action, resource, how } = { action: '', resource: '', how: 'unsure' as const }, ...others] = denials;
  const all = denials.map((one) => one.resource).join(', ');
  const where = `${resource}${others.length > 0 ? `, and ${others.length} more` : ''}`;
  if (how === 'unsure')
    return {
      rule,
      severity: 'unknown',
      message: `Whether ${caller} may do ${action} on ${where} depends on a condition in its policies.`,
      remedy: `If AWS refuses it, add ${action} on ${all} without that condition.`,
    };
  if (how === 'forbidden')
    return {
      rule,
      severity: 'error',
      message: `AWS forbids ${caller} to do ${action} on ${where}.`,
      remedy: 'Ask whoever looks after the AWS account to make an exception: no permission outweighs a deny.',
    };
  return {
    rule,
    severity: 'error',
    message: `${caller} may not do ${action} on ${where}.`,
    remedy: `Add ${action} on ${all} to the policy of that user or role.`,
  };
}

const noSimulation = (caller: string): Finding => ({
  rule,
  severity: 'unknown',
  message: `What ${caller} may do at AWS cannot be known: policies are simulated for users and roles only.`,
});

const mayNotSimulate = (caller: string): Finding => ({
  rule,
  severity: 'unknown',
  message: `What ${caller} may do at AWS cannot be known: it may not have its policies simulated.`,
  remedy: 'Add iam:SimulatePrincipalPolicy (and iam:GetRole) on itself to have that checked.',
});
