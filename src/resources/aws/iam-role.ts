import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  type Role,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { created, orAbsent } from '../vendor.ts';
import { covers, foreignStatements, merged, parsePolicy, policyDocument } from './policy-document.ts';
import { fromPairs, marked, markOf, tagsDiffer, toPairs } from './tags.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({
    /** Who may assume it. */
    trust: policyDocument,
    /** What it may do. */
    permissions: policyDocument,
    tags: z.record(z.string(), z.string()),
  }),
  /** The role id is new with every creation, the ARN is not. */
  outputs: z.object({ name: z.string(), arn: z.string(), roleId: z.string() }),
};
type Ctx = Pick<Context, 'aws' | 'installation' | 'step'>;
type Inputs = z.infer<typeof shape.inputs>;

const POLICY = 'eo-setup';
const ABSENT = 'NoSuchEntityException';

const outputsOf = ({ RoleName = '', Arn = '', RoleId = '' }: Partial<Role>) => ({
  name: RoleName,
  arn: Arn,
  roleId: RoleId,
});

async function find({ aws: { iam } }: Ctx, name: string) {
  const [role, policy, names] = await Promise.all([
    orAbsent(iam.send(new GetRoleCommand({ RoleName: name })), ABSENT),
    orAbsent(iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: POLICY })), ABSENT),
    orAbsent(iam.send(new ListRolePoliciesCommand({ RoleName: name })), ABSENT),
  ]);
  if (!role?.Role) return undefined;
  return {
    outputs: outputsOf(role.Role),
    trust: parsePolicy(role.Role.AssumeRolePolicyDocument),
    permissions: parsePolicy(policy?.PolicyDocument),
    tags: fromPairs(role.Role.Tags),
    others: names?.PolicyNames?.filter((other) => other !== POLICY) ?? [],
  };
}
type Live = NonNullable<Awaited<ReturnType<typeof find>>>;

function driftOf(live: Live, wanted: Inputs, ctx: Ctx) {
  const drift: (keyof Inputs)[] = [];
  if (!covers(live.trust, wanted.trust)) drift.push('trust');
  if (!covers(live.permissions, wanted.permissions)) drift.push('permissions');
  if (tagsDiffer(live.tags, wanted.tags, ctx)) drift.push('tags');
  return drift;
}

function notesOf({ others, trust, permissions }: Live, wanted: Inputs): string[] {
  const added =
    foreignStatements(trust, wanted.trust).length + foreignStatements(permissions, wanted.permissions).length;
  return [
    ...(added > 0
      ? [`${added} policy statement${added > 1 ? 's were' : ' was'} added by somebody else and stays`]
      : []),
    ...others.map((name) => `the policy ${name} was added by somebody else and stays`),
  ];
}

/** A role that Lambda or Genesys Cloud assumes. It is changed in place: a function does not survive losing its role. */
export const iamRole = {
  ...shape,
  kind: 'aws.iam-role',
  label: labels['aws.iam-role'],

  async read(ctx: Ctx, { key }, wanted) {
    const live = await find(ctx, key.name);
    if (!live) return undefined;
    const mark = markOf(live.tags, ctx);
    return {
      outputs: live.outputs,
      mark,
      drift: wanted ? driftOf(live, wanted, ctx) : [],
      notes: wanted ? notesOf(live, wanted) : [],
    };
  },

  async reconcile(ctx: Ctx, { name }, inputs, observed, made) {
    const { iam } = ctx.aws;
    const live = observed && (await find(ctx, name));
    const outputs = live?.outputs ?? (await create(ctx, name, inputs));
    if (!live) await made({ outputs });
    if (observed?.drift.includes('trust')) {
      const trust = JSON.stringify(merged(live?.trust ?? { Statement: [] }, inputs.trust));
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: trust }));
    }
    if (!live || observed?.drift.includes('permissions')) {
      const document = JSON.stringify(merged(live?.permissions ?? { Statement: [] }, inputs.permissions));
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: POLICY, PolicyDocument: document }));
    }
    if (observed?.drift.includes('tags'))
      await iam.send(new TagRoleCommand({ RoleName: name, Tags: toPairs(marked(inputs.tags, ctx)) }));
    return { outputs };
  },

  async delete({ aws: { iam } }: Ctx, { name }) {
    const at = { RoleName: name };
    const inline = await orAbsent(iam.send(new ListRolePoliciesCommand(at)), ABSENT);
    for (const PolicyName of inline?.PolicyNames ?? [])
      await orAbsent(iam.send(new DeleteRolePolicyCommand({ ...at, PolicyName })), ABSENT);
    const attached = await orAbsent(iam.send(new ListAttachedRolePoliciesCommand(at)), ABSENT);
    for (const { PolicyArn } of attached?.AttachedPolicies ?? [])
      await orAbsent(iam.send(new DetachRolePolicyCommand({ ...at, PolicyArn })), ABSENT);
    await orAbsent(iam.send(new DeleteRoleCommand(at)), ABSENT);
    return 'gone';
  },
} satisfies Kind<typeof shape>;

async function create(ctx: Ctx, name: string, { trust, tags }: Inputs) {
  const command = new CreateRoleCommand({
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify(trust),
    Description: 'Event orchestration, made by eo-setup',
    Tags: toPairs(marked(tags, ctx)),
  });
  const sent = ctx.aws.iam.send(command).then(({ Role }) => outputsOf(Role ?? {}));
  return created(sent, ['EntityAlreadyExistsException'], async () => {
    const live = await find(ctx, name);
    return live && markOf(live.tags, ctx) === 'ours' ? live.outputs : undefined;
  });
}
