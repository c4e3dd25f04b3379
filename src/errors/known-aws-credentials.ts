import { awsAnswer, type Explanation } from './explanation.ts';

const noCredentials = (message: string) => ({
  from: 'AWS' as const,
  service: 'STS',
  operation: 'GetCallerIdentity',
  thrown: { name: 'CredentialsProviderError', message },
});

/** How AWS, or its SDK here, says that there are no credentials, old ones, or wrong ones. */
export const knownOfAwsCredentials: readonly Explanation[] = [
  {
    id: 'aws.sso-expired',
    match: { code: /^(CredentialsProviderError|TokenProviderError)$/, text: /aws sso login|SSO (session|token)/i },
    message: 'The session of AWS single sign-on has expired.',
    hint: 'Run `aws sso login --profile <name>` with your profile (--aws-profile or AWS_PROFILE), then run the command again.',
    example: noCredentials(
      'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
    ),
  },
  {
    id: 'aws.login-expired',
    match: { code: /^CredentialsProviderError$/, text: /using aws login/ },
    message: 'The session of `aws login` has expired.',
    hint: 'Run `aws login` with your profile, then run the command again.',
    example: noCredentials('Failed to load a token for session ann, please re-authenticate using aws login'),
  },
  {
    id: 'aws.profile-missing',
    match: {
      code: /^CredentialsProviderError$/,
      text: /(?:using profile: \[(?<name>[^\]]*)\]|[Pp]rofile (?<other>\S+) (?:was not|could not be) found)/,
    },
    message: 'The AWS profile "{name}{other}" does not exist, or has no credentials.',
    hint: 'Check its name (--aws-profile or AWS_PROFILE): `aws configure list-profiles` shows all of them.',
    example: noCredentials('Could not resolve credentials using profile: [dve] in configuration/credentials file(s).'),
  },
  {
    id: 'aws.no-credentials',
    match: { code: /^CredentialsProviderError$/ },
    message: 'There are no AWS credentials here.',
    hint: 'Name a profile with --aws-profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. To try everything without an account, add --sandbox.',
    example: noCredentials('Could not load credentials from any providers'),
  },
  {
    id: 'aws.session-expired',
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
    id: 'aws.clock-skew',
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
    id: 'aws.wrong-region',
    match: {
      code: /^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|AuthorizationHeaderMalformed)$/,
      text: /scoped to a valid region|region '[^']*' is wrong/,
    },
    message: 'AWS does not know the AWS region of this run, or it is another one than where the request went.',
    hint: 'Correct --aws-region (AWS_REGION), then run the command again.',
    example: awsAnswer(
      'Lambda',
      'GetFunction',
      403,
      'InvalidSignatureException',
      'Credential should be scoped to a valid region. ',
    ),
  },
  {
    id: 'aws.wrong-secret',
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
    id: 'aws.unknown-credentials',
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
