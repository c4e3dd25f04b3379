import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Probe } from '../probes.ts';

const RoleName = 'eo-conformance-probe';
const at = { RoleName };
const nobody = { RoleName: 'eo-conformance-nobody' };
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const AssumeRolePolicyDocument = document(trust);
const invoke = {
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: 'arn:aws:lambda:us-east-1:123456789012:function:x',
};
const withExternalId = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::765628985471:root' },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'sts:ExternalId': '5a4d0b0c-0000-4000-8000-000000000001' } },
};
const policy = { ...at, PolicyName: 'inline', PolicyDocument: document(invoke) };
const create = new CreateRoleCommand({
  ...at,
  AssumeRolePolicyDocument,
  Description: 'a probe',
  Tags: [{ Key: 'a', Value: '1' }],
});

const roles: readonly Probe[] = [
  ['get no role', ({ aws }) => aws.iam.send(new GetRoleCommand(nobody))],
  ['delete no role', ({ aws }) => aws.iam.send(new DeleteRoleCommand(nobody))],
  ['tag no role', ({ aws }) => aws.iam.send(new TagRoleCommand({ ...nobody, Tags: [{ Key: 'a', Value: 'b' }] }))],
  ['list the policies of no role', ({ aws }) => aws.iam.send(new ListRolePoliciesCommand(nobody))],
  [
    'trust that is no JSON',
    ({ aws }) => aws.iam.send(new CreateRoleCommand({ RoleName: 'eo-no-json', AssumeRolePolicyDocument: 'no' })),
  ],
  [
    'trust in nobody',
    ({ aws }) => {
      const { Principal: _, ...nobodys } = trust;
      return aws.iam.send(
        new CreateRoleCommand({ RoleName: 'eo-no-principal', AssumeRolePolicyDocument: document(nobodys) }),
      );
    },
  ],
  [
    'trust with a resource',
    ({ aws }) => {
      const text = document({ ...trust, Resource: '*' });
      return aws.iam.send(new CreateRoleCommand({ RoleName: 'eo-resource', AssumeRolePolicyDocument: text }));
    },
  ],
  [
    'create',
    async ({ aws }) => {
      const { Role } = await aws.iam.send(create);
      const { RoleName: name, RoleId, Arn, Path } = Role ?? {};
      return { name, RoleId, Arn, Path };
    },
  ],
  ['create again', ({ aws }) => aws.iam.send(create)],
  [
    'get',
    async ({ aws }) => {
      const { Role } = await aws.iam.send(new GetRoleCommand(at));
      const { Description, MaxSessionDuration, Tags, AssumeRolePolicyDocument: text = '' } = Role ?? {};
      return { Description, MaxSessionDuration, Tags, isEncoded: text.startsWith('%7B'), text: decode(text) };
    },
  ],
  [
    'trust with an external id',
    async ({ aws }) => {
      const update = { ...at, PolicyDocument: document(withExternalId) };
      await aws.iam.send(new UpdateAssumeRolePolicyCommand(update));
      return decode((await aws.iam.send(new GetRoleCommand(at))).Role?.AssumeRolePolicyDocument);
    },
  ],
  [
    'update to trust that is no JSON',
    ({ aws }) => aws.iam.send(new UpdateAssumeRolePolicyCommand({ ...at, PolicyDocument: 'no' })),
  ],
];

const decode = (text = '') => JSON.parse(decodeURIComponent(text));

const policies: readonly Probe[] = [
  ['get no policy', ({ aws }) => aws.iam.send(new GetRolePolicyCommand({ ...at, PolicyName: 'none' }))],
  ['delete no policy', ({ aws }) => aws.iam.send(new DeleteRolePolicyCommand({ ...at, PolicyName: 'none' }))],
  [
    'put a policy that is no JSON',
    ({ aws }) => aws.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: 'no' })),
  ],
  [
    'put a policy with a principal',
    ({ aws }) => {
      const PolicyDocument = document({ ...invoke, Principal: '*' });
      return aws.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
    },
  ],
  ['put a policy on no role', ({ aws }) => aws.iam.send(new PutRolePolicyCommand({ ...policy, ...nobody }))],
  [
    'put a policy',
    async ({ aws }) => {
      await aws.iam.send(new PutRolePolicyCommand(policy));
      const { PolicyDocument } = await aws.iam.send(new GetRolePolicyCommand({ ...at, PolicyName: 'inline' }));
      return { isEncoded: PolicyDocument?.startsWith('%7B'), text: decode(PolicyDocument) };
    },
  ],
  ['list policies', async ({ aws }) => (await aws.iam.send(new ListRolePoliciesCommand(at))).PolicyNames],
  ['delete with a policy', ({ aws }) => aws.iam.send(new DeleteRoleCommand(at))],
  [
    'attach a policy that does not exist',
    async ({ aws }) => {
      const PolicyArn = 'arn:aws:iam::123456789012:policy/none';
      const attached = await aws.iam.send(new AttachRolePolicyCommand({ ...at, PolicyArn }));
      await aws.iam.send(new DetachRolePolicyCommand({ ...at, PolicyArn }));
      return attached;
    },
  ],
  [
    'detach what is not attached',
    ({ aws }) => {
      const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
      return aws.iam.send(new DetachRolePolicyCommand({ ...at, PolicyArn }));
    },
  ],
  [
    'list what is attached',
    async ({ aws }) => (await aws.iam.send(new ListAttachedRolePoliciesCommand(at))).AttachedPolicies,
  ],
];

const rest: readonly Probe[] = [
  [
    'tag',
    async ({ aws }) => {
      const Tags = [
        { Key: 'a', Value: '2' },
        { Key: 'eo-setup:step', Value: '' },
      ];
      await aws.iam.send(new TagRoleCommand({ ...at, Tags }));
      await aws.iam.send(new UntagRoleCommand({ ...at, TagKeys: ['none'] }));
      return (await aws.iam.send(new ListRoleTagsCommand(at))).Tags;
    },
  ],
  [
    'delete',
    async ({ aws }) => {
      await aws.iam.send(new DeleteRolePolicyCommand({ ...at, PolicyName: 'inline' }));
      await aws.iam.send(new DeleteRoleCommand(at));
    },
  ],
  ['delete again', ({ aws }) => aws.iam.send(new DeleteRoleCommand(at))],
];

/** What is asked of IAM. */
export const iamProbes: readonly Probe[] = [...roles, ...policies, ...rest];
