import { awsAnswer, type Explanation } from './explanation.ts';

const ANN = 'User: arn:aws:iam::123456789012:user/ann is not authorized to perform:';

const noCredentials = (message: string) => ({
  from: 'AWS' as const,
  service: 'STS',
  operation: 'GetCallerIdentity',
  thrown: { name: 'CredentialsProviderError', message },
});

/** Who we are to AWS: no credentials, old ones, or wrong ones. */
const credentials: readonly Explanation[] = [
  {
    match: { code: /^(CredentialsProviderError|TokenProviderError)$/, text: /aws sso login|SSO (session|token)/i },
    message: 'The session of AWS single sign-on has expired.',
    hint: 'Run `aws sso login --profile <name>` with your profile (--aws-profile or AWS_PROFILE), then run the command again.',
    example: noCredentials(
      'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
    ),
  },
  {
    match: { code: /^CredentialsProviderError$/, text: /using aws login/ },
    message: 'The session of `aws login` has expired.',
    hint: 'Run `aws login` with your profile, then run the command again.',
    example: noCredentials('Failed to load a token for session ann, please re-authenticate using aws login'),
  },
  {
    match: {
      code: /^CredentialsProviderError$/,
      text: /(?:using profile: \[(?<name>[^\]]*)\]|[Pp]rofile (?<other>\S+) (?:was not|could not be) found)/,
    },
    message: 'The AWS profile "{name}{other}" does not exist, or has no credentials.',
    hint: 'Check its name (--aws-profile or AWS_PROFILE): `aws configure list-profiles` shows all of them.',
    example: noCredentials('Could not resolve credentials using profile: [dve] in configuration/credentials file(s).'),
  },
  {
    match: { code: /^CredentialsProviderError$/ },
    message: 'There are no AWS credentials here.',
    hint: 'Name a profile with --aws-profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. To try everything without an account, add --sandbox.',
    example: noCredentials('Could not load credentials from any providers'),
  },
  {
    match: { code: /^ExpiredToken(Exception)?$/ },
    message: 'The AWS session has expired.',
    hint: 'Sign in again (with single sign-on: `aws sso login --profile <name>`), then run the command again: it goes on from where it stopped.',
    example: awsAnswer(
      'IAM',
      'CreateRole',
      403,
      'ExpiredToken',
      'The security token included in the request is expired',
    ),
  },
  {
    match: {
      code: /^(RequestTimeTooSkewed|SignatureDoesNotMatch|InvalidSignatureException|RequestExpired)$/,
      text: /expired|too large|not yet current/i,
    },
    message: 'The clock of this machine is wrong: AWS takes requests for a few minutes only.',
    hint: 'Set the clock, then run the command again.',
    example: awsAnswer(
      'S3',
      'HeadBucket',
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    ),
  },
  {
    match: { code: /^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/ },
    message: 'The AWS secret access key does not belong to the access key id.',
    hint: 'Check AWS_SECRET_ACCESS_KEY, or the profile: `aws sts get-caller-identity` must work with it.',
    example: awsAnswer(
      'STS',
      'GetCallerIdentity',
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    ),
  },
  {
    match: { code: /^(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|InvalidToken|AuthFailure)$/ },
    message: 'AWS does not know these credentials.',
    hint: 'Check the keys or the profile: `aws sts get-caller-identity` must work with them. It may also be that the region is not enabled in the account.',
    example: awsAnswer(
      'STS',
      'GetCallerIdentity',
      403,
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
    ),
  },
];

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

/** What AWS refuses, the narrower ones first. */
export const knownOfAws: readonly Explanation[] = [...credentials, ...denials, ...objects];
