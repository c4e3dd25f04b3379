import { awsAnswer, type Explanation } from './explanation.ts';

const ANN = 'User: arn:aws:iam::123456789012:user/ann is not authorized to perform:';

/** What we may not do at AWS. */
const denials: readonly Explanation[] = [
  {
    match: {
      text: /not authorized to perform: (?<action>[\w:*]+)[^\n]* with an explicit deny in an? (?<policy>[a-z -]+[a-z])/,
    },
    message: 'AWS does not allow {action}: a {policy} forbids it.',
    hint: 'Ask whoever looks after the AWS account to take the exception out of the {policy}: no permission of yours outweighs it.',
    example: awsAnswer(
      'IAM',
      'CreateRole',
      403,
      'AccessDenied',
      `${ANN} iam:CreateRole on resource: arn:aws:iam::123456789012:role/dev-x with an explicit deny in a service control policy`,
    ),
  },
  {
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
    match: { service: /^S3$/, status: /^403$/ },
    message: 'AWS does not let you do {operation} on the bucket, or the bucket belongs to another account.',
    hint: 'Choose another name with --bucket if it is not yours. If it is, add s3:{operation} on it to the policy of your user or role.',
    example: awsAnswer('S3', 'HeadBucket', 403, 'Unknown', 'UnknownError'),
  },
];

/** Names that are taken, quotas that are used up, and what AWS does not take. */
const objects: readonly Explanation[] = [
  {
    match: { code: /^BucketAlreadyExists$/ },
    message: 'The name of the bucket is taken by another AWS account.',
    hint: 'Choose another name with --bucket, or leave it out: the default name cannot be taken by anybody else.',
    example: awsAnswer('S3', 'CreateBucket', 409, 'BucketAlreadyExists', 'The requested bucket name is not available.'),
  },
  {
    match: {
      service: /^S3$/,
      code: /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/,
    },
    message: 'A bucket of this name exists in another AWS region.',
    hint: 'Choose another name with --bucket, or the region of the bucket with --aws-region.',
    example: awsAnswer(
      'S3',
      'GetBucketTagging',
      301,
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint.',
    ),
  },
  {
    match: { service: /^S3$/, status: /^301$/ },
    message: 'A bucket of this name exists in another AWS region.',
    hint: 'Choose another name with --bucket, or the region of the bucket with --aws-region.',
    example: awsAnswer('S3', 'HeadBucket', 301, 'Unknown', 'UnknownError'),
  },
  {
    match: { code: /^BucketNotEmpty$/ },
    message: 'The bucket still holds objects: something was stored while it was being emptied.',
    hint: 'Run the command again. If it stays so, look for another program that writes into the bucket.',
    example: awsAnswer('S3', 'DeleteBucket', 409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty'),
  },
  {
    match: {
      code: /^(LimitExceeded(Exception)?|TooManyBuckets|CodeStorageExceededException|ServiceQuotaExceededException)$/,
    },
    message: 'A quota of the AWS account is used up ({service}).',
    hint: 'Delete what is not used any more, or ask for more in the Service Quotas console of AWS, then run the command again.',
    example: awsAnswer(
      'IAM',
      'CreateRole',
      409,
      'LimitExceededException',
      'Cannot exceed quota for RolesPerAccount: 1000',
    ),
  },
  {
    match: { code: /^MalformedPolicyDocument/, text: /principal/i },
    message: "AWS knows no account like the one that is given as Genesys Cloud's.",
    hint: 'Check --genesys-aws-account, or leave it out where the region has a default.',
    example: awsAnswer(
      'IAM',
      'CreateRole',
      400,
      'MalformedPolicyDocumentException',
      'Invalid principal in policy: "AWS":"arn:aws:iam::000000000001:root"',
    ),
  },
  {
    match: { code: /^InvalidParameterValueException$/, text: /cannot be assumed by Lambda|does not have permissions/ },
    message: 'Lambda may still not use the execution role, long after it was made.',
    hint: 'Look for a service control policy that forbids it, then run the command again. IAM may also be slow today.',
    example: awsAnswer(
      'Lambda',
      'CreateFunction',
      400,
      'InvalidParameterValueException',
      'The role defined for the function cannot be assumed by Lambda.',
    ),
  },
  {
    match: { code: /^(InvalidParameterValueException|ValidationException)$/, text: /runtime/i },
    message: 'Lambda does not take this runtime in this region.',
    hint: 'Choose the other one with --runtime: nodejs24.x or nodejs22.x.',
    example: awsAnswer(
      'Lambda',
      'CreateFunction',
      400,
      'InvalidParameterValueException',
      'The runtime parameter of nodejs22.x is no longer supported for creating or updating AWS Lambda functions.',
    ),
  },
];

/** What AWS refuses to those it knows, the narrower ones first. */
export const knownOfAws: readonly Explanation[] = [...denials, ...objects];
