import type { Names } from '../names.ts';
import { awsNeeds } from '../preflight/aws-actions.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

interface Whose {
  readonly awsAccount: string;
  readonly awsPartition: string;
  readonly names: Names;
  /** Whether a bucket may be deleted with what it holds. */
  readonly deletesData: boolean;
  /** The user or role that has the policy: it may then find out what it may do. */
  readonly principal: string | undefined;
}

/**
 * What the installer does at AWS, and nothing else, as a policy: the very list that is checked before a run. It names each
 * resource; only log groups are listed without one, as AWS knows none for that.
 */
export function policyDocument({ principal, deletesData, ...whose }: Whose): PolicyDocument {
  const needs = awsNeeds({ ...whose, identity: whose, needs: 'change', deletesData });
  const statements = needs.map(({ id, actions, resources, context }): Statement => {
    const condition = conditionOf(actions, context);
    return {
      Sid: id,
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: { StringEquals: condition } }),
    };
  });
  return { Version: '2012-10-17', Statement: [...statements, ...(principal ? [ownPermissions(principal)] : [])] };
}

/** A bucket's name does not say whose it is, and a role must be handed to Lambda only. */
function conditionOf(actions: readonly string[], context: Readonly<Record<string, string>>) {
  const key = actions.includes('iam:PassRole') ? 'iam:PassedToService' : 's3:ResourceAccount';
  const isAbout = key === 'iam:PassedToService' || actions.every((action) => action.startsWith('s3:'));
  return isAbout ? { [key]: context[key] } : undefined;
}

const ownPermissions = (principal: string): Statement => ({
  Sid: 'CheckOwnPermissions',
  Effect: 'Allow',
  Action: ['iam:SimulatePrincipalPolicy', ...(principal.includes(':role/') ? ['iam:GetRole'] : [])],
  Resource: [principal],
});
