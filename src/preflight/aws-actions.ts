import type { Identity } from '../settings/complete.ts';
import type { Needs, PreflightContext } from './rule.ts';

/** What is done to resources of one kind. */
export interface AwsNeed {
  /** What it is for, in one word, as the id of a policy's statement. */
  readonly id: string;
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** Condition keys that the requests will come with. */
  readonly context: Readonly<Record<string, string>>;
}

const bucketActions = [
  ...['s3:CreateBucket', 's3:TagResource', 's3:DeleteBucket', 's3:ListBucket'],
  ...['s3:GetBucketTagging', 's3:PutBucketTagging', 's3:GetBucketPolicy', 's3:PutBucketPolicy'],
  ...['s3:GetBucketPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ...['s3:GetBucketOwnershipControls', 's3:PutBucketOwnershipControls'],
  ...['s3:GetEncryptionConfiguration', 's3:PutEncryptionConfiguration'],
  's3:ListBucketVersions',
];
const emptyingActions = ['s3:ListBucketMultipartUploads'];
const objectActions = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'];
const roleActions = [
  ...['iam:CreateRole', 'iam:GetRole', 'iam:DeleteRole', 'iam:TagRole', 'iam:UpdateAssumeRolePolicy'],
  ...['iam:PutRolePolicy', 'iam:GetRolePolicy', 'iam:ListRolePolicies', 'iam:DeleteRolePolicy'],
  ...['iam:ListAttachedRolePolicies', 'iam:DetachRolePolicy'],
];
const functionActions = [
  ...['lambda:CreateFunction', 'lambda:GetFunction', 'lambda:UpdateFunctionCode'],
  ...['lambda:UpdateFunctionConfiguration', 'lambda:DeleteFunction', 'lambda:TagResource'],
];
const groupActions = ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteLogGroup'];
const groupTagActions = ['logs:ListTagsForResource', 'logs:TagResource'];

/** Which actions belong to a run that does not do everything. */
const only: Readonly<Record<Exclude<Needs, 'change'>, RegExp>> = {
  look: /:(Get|List|Describe)/,
  remove: /:(Get|List|Describe|Delete|Detach|Abort)/,
};

interface Wanted extends Pick<PreflightContext, 'names' | 'needs' | 'deletesData'> {
  readonly identity: Pick<Identity, 'awsAccount' | 'awsPartition'>;
}

/** Everything that a run does at AWS, by what it does it to. */
export function awsNeeds({ identity, names, needs, deletesData }: Wanted): readonly AwsNeed[] {
  const { awsAccount, awsPartition } = identity;
  const halves = [names.pay, names.save];
  const roleArn = (name: string) => `arn:${awsPartition}:iam::${awsAccount}:role/${name}`;
  const executionRoles = halves.map(({ executionRole }) => roleArn(executionRole));
  const groups = halves.map(({ logGroupArn }) => logGroupArn);
  // Policies often say whose bucket it must be.
  const owned = { 's3:ResourceAccount': awsAccount, 'aws:ResourceAccount': awsAccount };
  const need = (
    id: string,
    actions: readonly string[],
    resources: readonly string[],
    context: AwsNeed['context'] = {},
  ): AwsNeed => ({
    id,
    actions: needs === 'change' ? actions : actions.filter((action) => only[needs].test(action)),
    resources,
    context: { ...owned, ...context },
  });
  const roles = [...executionRoles, ...halves.map(({ invokeRoleArn }) => invokeRoleArn)];
  const functions = halves.map(({ functionArn }) => functionArn);
  // IAM knows a group by its ARN with a star at its end, and its tags by the ARN as it is.
  const starred = groups.map((arn) => `${arn}:*`);
  const emptying = [
    need('EmptyBucket', emptyingActions, [names.bucketArn]),
    need('DeleteObjects', objectActions, [`${names.bucketArn}/*`]),
  ];
  return [
    need('Bucket', bucketActions, [names.bucketArn]),
    ...(deletesData ? emptying : []),
    need('Roles', roleActions, roles),
    need('PassExecutionRoles', ['iam:PassRole'], executionRoles, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
    need('Functions', functionActions, functions),
    need('LogGroups', groupActions, starred),
    need('LogGroupTags', groupTagActions, groups),
    need('ListLogGroups', ['logs:DescribeLogGroups'], ['*']),
  ].filter(({ actions }) => actions.length > 0);
}
