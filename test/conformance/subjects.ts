import { CreateLogGroupCommand, ListTagsForResourceCommand, TagResourceCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ListTagsCommand, TagResourceCommand as TagFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import type { Inputs, Key, Shape } from '../../src/engine/contract.ts';
import type { iamRole } from '../../src/resources/aws/iam-role.ts';
import type { lambdaFunction } from '../../src/resources/aws/lambda-function.ts';
import type { logGroup } from '../../src/resources/aws/log-group.ts';
import { policyDocument } from '../../src/resources/aws/policy-document.ts';
import type { s3Bucket } from '../../src/resources/aws/s3-bucket.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { createForeignFunction, functionChange, functionInputs } from '../resources/aws/function-inputs.ts';
import { zipOf } from '../sandbox/aws/aws-sandbox.ts';
import type { AwsContext, Place } from './place.ts';

/** What a journey needs to know of one kind. */
export interface Subject<S extends Shape> {
  readonly key: Key<S>;
  readonly inputs: Inputs<S>;
  readonly changed: Inputs<S>;
  /** Makes a thing of this key that is somebody else's. */
  readonly makeForeign: (context: AwsContext) => Promise<unknown>;
  /** Adds something to ours by hand, and says whether it is still there. */
  readonly add: (context: AwsContext) => Promise<unknown>;
  readonly isThere: (context: AwsContext) => Promise<unknown>;
  /** Takes away what was made before. */
  readonly after?: (context: AwsContext) => Promise<unknown>;
}

const document = (statement: object) => policyDocument.parse({ Version: '2012-10-17', Statement: [statement] });
const tags = { Environment: 'dev' };
const trust = (Sid: string) =>
  document({ Sid, Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
const logs = (group: string) =>
  document({
    Sid: 'EoSetupLogs',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `arn:aws:logs:${SEED.awsRegion}:${SEED.account}:log-group:${group}:*`,
  });

/** A bucket with the policy that we give it. */
export async function bucketSubject(): Promise<Subject<typeof s3Bucket>> {
  const Bucket = 'dev-eo-conformance';
  const policy = (Sid: string) =>
    document({
      Sid,
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  const inputs = {
    tags,
    policy: policy('EoSetupTlsOnly'),
    publicAccess: 'blocked',
    ownership: 'BucketOwnerEnforced',
    encryption: 'AES256',
  } as const;
  const tagsOf = async ({ aws: { s3 } }: AwsContext) =>
    (await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet ?? [];
  return {
    key: { name: Bucket },
    inputs,
    changed: { ...inputs, tags: { Environment: 'test' }, policy: policy('EoSetupTls') },
    makeForeign: ({ aws: { s3 } }) => s3.send(new CreateBucketCommand({ Bucket })),
    add: async (context) => {
      const TagSet = [...(await tagsOf(context)), { Key: 'team', Value: 'payments' }];
      return context.aws.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    },
    isThere: async (context) => (await tagsOf(context)).some(({ Key }) => Key === 'team'),
  };
}

/** A role that Lambda assumes. */
export async function roleSubject(): Promise<Subject<typeof iamRole>> {
  const RoleName = 'dev-conformance-LambdaExecutionRole';
  return {
    key: { name: RoleName },
    inputs: { trust: trust('EoSetupLambda'), permissions: logs('/a'), tags },
    changed: { trust: trust('EoSetupOther'), permissions: logs('/b'), tags: { Environment: 'test' } },
    makeForeign: ({ aws: { iam } }) =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust('Theirs')) })),
    add: ({ aws: { iam } }) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'extra', PolicyDocument: JSON.stringify(logs('/c')) })),
    isThere: async ({ aws: { iam } }) =>
      (await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames?.includes('extra'),
  };
}

/** A function, with the role that it needs. */
export async function functionSubject({ context, artifact }: Place): Promise<Subject<typeof lambdaFunction>> {
  const name = 'dev-conformance-lambda';
  const RoleName = 'dev-conformance-function-role';
  const role = `arn:aws:iam::${SEED.account}:role/${RoleName}`;
  const Resource = `arn:aws:lambda:${SEED.awsRegion}:${SEED.account}:function:${name}`;
  const AssumeRolePolicyDocument = JSON.stringify(trust('Lambda'));
  const made = await context('').aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const inputs = {
    ...functionInputs,
    code: artifact(zipOf('export const handler = async () => ({});')),
    role,
    roleId: made.Role?.RoleId ?? '',
  };
  const code = artifact(zipOf('export const handler = async () => ({ changed: true });'));
  return {
    key: { name },
    inputs,
    changed: { ...inputs, ...functionChange, code },
    makeForeign: ({ aws: { lambda } }) => lambda.send(createForeignFunction(name, role)),
    add: ({ aws: { lambda } }) => lambda.send(new TagFunctionCommand({ Resource, Tags: { team: 'payments' } })),
    isThere: async ({ aws: { lambda } }) =>
      (await lambda.send(new ListTagsCommand({ Resource }))).Tags?.['team'] === 'payments',
    after: ({ aws: { iam } }) => iam.send(new DeleteRoleCommand({ RoleName })),
  };
}

/** Where a function's logs go. */
export async function logGroupSubject(): Promise<Subject<typeof logGroup>> {
  const name = '/aws/lambda/dev-conformance-lambda';
  const resourceArn = `arn:aws:logs:${SEED.awsRegion}:${SEED.account}:log-group:${name}`;
  return {
    key: { name },
    inputs: { retentionDays: 30, tags },
    changed: { retentionDays: 7, tags: { Environment: 'test' } },
    makeForeign: ({ aws }) => aws.logs.send(new CreateLogGroupCommand({ logGroupName: name })),
    add: ({ aws }) => aws.logs.send(new TagResourceCommand({ resourceArn, tags: { team: 'payments' } })),
    isThere: async ({ aws }) =>
      (await aws.logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags?.['team'] === 'payments',
  };
}
