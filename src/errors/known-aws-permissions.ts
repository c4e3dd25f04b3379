import { awsAnswer, type Explanation } from './explanation.ts';

const ANN = 'User: arn:aws:iam::123456789012:user/ann is not authorized to perform:';

/** What we may not do at AWS. */
export const knownOfAwsPermissions: readonly Explanation[] = [
  {
    id: 'aws.explicit-deny',
    match: {
      text: /not authorized to perform: (?<action>[\w:*]+)[^\n]* with an explicit deny in an? (?<policy>[a-z -]+[a-z])/,
    },
    message: 'AWS does not allow {action}: a {policy} forbids it.',
    hint: 'Ask whoever looks after the AWS account to make an exception in the {policy}: no permission of yours outweighs it.',
    example: awsAnswer(
      'IAM',
      'CreateRole',
      403,
      'AccessDenied',
      `${ANN} iam:CreateRole on resource: arn:aws:iam::123456789012:role/dev-x with an explicit deny in a service control policy`,
    ),
  },
  {
    id: 'aws.profile-role',
    match: {
      service: /^(?!Genesys)/,
      text: /not authorized to perform: sts:AssumeRole(?: on resource: (?<role>\S+))?/,
    },
    message: 'AWS does not let the profile take on its role {role}.',
    hint: 'Check the trust policy of that role: it must name who signs in, and the ExternalId if it asks for one.',
    example: awsAnswer(
      'STS',
      'GetCallerIdentity',
      403,
      'AccessDenied',
      `${ANN} sts:AssumeRole on resource: arn:aws:iam::123456789012:role/admin`,
    ),
  },
  {
    id: 'aws.pass-role',
    match: { text: /not authorized to perform: iam:PassRole on resource: (?<role>[^\s,]+)/ },
    message: 'AWS does not let you hand the execution role to the Lambda function.',
    hint: 'Add iam:PassRole on {role}, with the condition iam:PassedToService = lambda.amazonaws.com, to the policy of your user or role.',
    example: awsAnswer(
      'Lambda',
      'CreateFunction',
      403,
      'AccessDeniedException',
      `${ANN} iam:PassRole on resource: arn:aws:iam::123456789012:role/dev-x-LambdaExecutionRole because no identity-based policy allows the iam:PassRole action`,
    ),
  },
  {
    id: 'aws.denied',
    match: { text: /not authorized to perform: (?<action>[\w:*]+) on resource: "?(?<resource>[^\s",]+)/ },
    message: 'AWS does not let you do {action}.',
    hint: 'Add {action} on {resource} to the policy of your user or role, then run the command again: it goes on from where it stopped.',
    example: awsAnswer(
      'IAM',
      'CreateRole',
      403,
      'AccessDenied',
      `${ANN} iam:CreateRole on resource: arn:aws:iam::123456789012:role/dev-x because no identity-based policy allows the iam:CreateRole action`,
    ),
  },
  {
    id: 'aws.denied-anywhere',
    match: { text: /not authorized to perform: (?<action>[\w:*]+)/ },
    message: 'AWS does not let you do {action}.',
    hint: 'Add {action} to the policy of your user or role, then run the command again.',
    example: awsAnswer(
      'CloudWatch Logs',
      'DescribeLogGroups',
      400,
      'AccessDeniedException',
      `${ANN} logs:DescribeLogGroups`,
    ),
  },
  {
    id: 'aws.bucket-denied',
    match: { service: /^S3$/, status: /^403$/ },
    message: 'AWS does not let you do {operation} on the bucket, or the bucket belongs to another account.',
    hint: 'Choose another name with --bucket if it is not yours. If it is, add s3:{operation} on it to the policy of your user or role.',
    example: awsAnswer('S3', 'HeadBucket', 403, 'Unknown', 'UnknownError'),
  },
];
