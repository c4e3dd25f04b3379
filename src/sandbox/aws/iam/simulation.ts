import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import { decide, type Policy } from '../../policy.ts';
import type { World } from '../../world.ts';
import { ownPolicies } from '../authorize.ts';
import { type AwsOperation, placeOf } from '../operation.ts';
import { page, paging } from './members.ts';
import { policiesOf, roleAt, roleRow } from './role.ts';

const arn = z.string().min(1).max(2048);
const listOf = <T extends z.ZodType>(item: T) => z.preprocess((value) => (value === '' ? [] : value), z.array(item));

const body = z.object({
  PolicySourceArn: arn.min(20),
  ActionNames: listOf(z.string().min(3).max(128)),
  ResourceArns: listOf(arn).optional(),
  ContextEntries: listOf(
    z.object({
      ContextKeyName: z.string().min(5).max(256),
      // Of several values none would be looked at.
      ContextKeyValues: listOf(z.string()).pipe(z.array(z.string()).length(1, 'The sandbox takes one value a key')),
      ContextKeyType: z.string(),
    }),
  ).optional(),
  // What would be added to the policies, or bound them, is not evaluated here.
  PolicyInputList: z.never('The sandbox simulates policies as they are').optional(),
  PermissionsBoundaryPolicyInputList: z.never('The sandbox has no permissions boundaries').optional(),
  ResourcePolicy: z.never('The sandbox simulates policies of principals only').optional(),
  ...paging,
});
type Body = z.infer<typeof body>;

/** What policies would come to, without anything being done. */
export const simulationOperations: readonly AwsOperation[] = [
  roleRow({
    operation: 'SimulatePrincipalPolicy',
    write: false,
    resource: (_place, { body: asked }) => sourceIn(asked),
    body,
    handle: simulate,
  }),
];

const sourceIn = (asked: unknown): string =>
  typeof asked === 'object' && asked !== null && 'PolicySourceArn' in asked ? String(asked.PolicySourceArn) : '';

function simulate(world: World, { body: asked }: Request<Body>): Reply {
  const policies = policiesBy(world, asked.PolicySourceArn);
  const { items, more } = page(asked.ActionNames, asked);
  const EvaluationResults = items.map((action) => evaluate(policies, action, asked));
  return { status: 200, body: { EvaluationResults, ...more } };
}

/** The policies of a user or a role of this account; nobody else's can be simulated. */
function policiesBy(world: World, source: string): readonly Policy[] | 'all' {
  const { account } = placeOf(world);
  const role = roleAt(world, source);
  if (role) return policiesOf(role);
  const isUser = source.startsWith(`arn:aws:iam::${account}:user/`);
  const isKnown = world.list('access-keys').some(({ principalArn }) => principalArn === source);
  if (isUser && isKnown) return ownPolicies(world, source);
  if (source.startsWith('arn:aws:iam::') && /:(user|role|group)\//.test(source))
    throw new Refusal(404, 'NoSuchEntity', `The entity with ARN ${source} cannot be found.`);
  throw new Refusal(400, 'InvalidInput', `Invalid Entity Arn: ${source} does not clearly define entity type and name.`);
}

function evaluate(policies: readonly Policy[] | 'all', action: string, { ResourceArns = ['*'], ContextEntries }: Body) {
  const context = Object.fromEntries(
    (ContextEntries ?? []).map(({ ContextKeyName, ContextKeyValues: [value = ''] }) => [ContextKeyName, value]),
  );
  const decisionOn = (resource: string) => {
    const said = policies === 'all' ? 'allow' : decide(policies, { action, resource, context });
    if (said === 'allow') return 'allowed';
    return said === 'deny' ? 'explicitDeny' : 'implicitDeny';
  };
  const each = ResourceArns.map((resource) => ({ resource, decision: decisionOn(resource) }));
  const worst = ['explicitDeny', 'implicitDeny', 'allowed'].find((one) =>
    each.some(({ decision }) => decision === one),
  );
  return {
    EvalActionName: action,
    EvalResourceName: ResourceArns[0],
    EvalDecision: worst,
    MatchedStatements: [],
    MissingContextValues: [],
    ...(each.length > 1 && {
      ResourceSpecificResults: each.map(({ resource, decision }) => ({
        EvalResourceName: resource,
        EvalResourceDecision: decision,
        MatchedStatements: [],
        MissingContextValues: [],
      })),
    }),
  };
}
