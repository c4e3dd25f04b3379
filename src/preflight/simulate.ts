import { type ContextEntry, GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { Aws } from '../clients/aws.ts';
import type { AwsNeed } from './aws-actions.ts';

/** What a policy simulation says of one action on one resource. */
export interface Denial {
  readonly action: string;
  readonly resource: string;
  /** `unsure`: it depends on something that the simulation was not told. */
  readonly how: 'not allowed' | 'forbidden' | 'unsure';
}

type Iam = Pick<Aws, 'iam'>;

/** The user or role whose policies are simulated; undefined for whom that cannot be done: the root user, federated users. */
export async function simulatedArn({ iam }: Iam, caller: string): Promise<string | undefined> {
  const [, , service, , , rest = ''] = caller.split(':');
  if (service === 'iam') return rest.startsWith('user/') ? caller : undefined;
  const [kind, RoleName] = rest.split('/');
  if (kind !== 'assumed-role' || !RoleName) return undefined;
  // The session's ARN leaves out the role's path.
  return (await iam.send(new GetRoleCommand({ RoleName }))).Role?.Arn;
}

/** Has AWS evaluate whether `arn` may do all that is needed; what it may not do comes back. */
export async function simulate(aws: Iam, arn: string, needs: readonly AwsNeed[]): Promise<readonly Denial[]> {
  return (await Promise.all(needs.map((need) => simulateOne(aws, arn, need)))).flat();
}

async function simulateOne({ iam }: Iam, arn: string, { actions, resources, context }: AwsNeed) {
  const denials: Denial[] = [];
  let Marker: string | undefined;
  do {
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arn,
        ActionNames: [...actions],
        ResourceArns: [...resources],
        ContextEntries: entriesOf(context),
        Marker,
      }),
    );
    denials.push(...(answer.EvaluationResults ?? []).flatMap((result) => denialsIn(result)));
    Marker = answer.IsTruncated ? answer.Marker : undefined;
  } while (Marker);
  return denials;
}

const entriesOf = (context: AwsNeed['context']): ContextEntry[] =>
  Object.entries(context).map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ContextKeyValues: [value],
    ContextKeyType: 'string',
  }));

interface Result {
  readonly EvalActionName?: string | undefined;
  readonly EvalResourceName?: string | undefined;
  readonly EvalDecision?: string | undefined;
  readonly MissingContextValues?: readonly string[] | undefined;
  readonly ResourceSpecificResults?:
    | readonly {
        readonly EvalResourceName?: string | undefined;
        readonly EvalResourceDecision?: string | undefined;
        readonly MissingContextValues?: readonly string[] | undefined;
      }[]
    | undefined;
}

/** The decision on each resource where it is spelled out, else the one there is. */
function denialsIn(result: Result): readonly Denial[] {
  const { EvalActionName: action = '', EvalResourceName = '*', ResourceSpecificResults: each = [] } = result;
  const all =
    each.length > 0
      ? each.map((one) => ({ ...one, decision: one.EvalResourceDecision }))
      : [{ ...result, decision: result.EvalDecision }];
  return all.flatMap(({ decision, EvalResourceName: resource = EvalResourceName, MissingContextValues = [] }) =>
    decision === 'allowed' ? [] : [{ action, resource, how: howOf(decision, MissingContextValues.length > 0) }],
  );
}

function howOf(decision: string | undefined, isUnsure: boolean): Denial['how'] {
  if (isUnsure) return 'unsure';
  return decision === 'explicitDeny' ? 'forbidden' : 'not allowed';
}
