/** What a person calls each kind of resource; apart from the kinds, as it is also wanted where no SDK is loaded. */
export const labels = {
  'aws.s3-bucket': 'S3 bucket',
  'aws.log-group': 'log group',
  'aws.iam-role': 'IAM role',
  'aws.lambda-function': 'Lambda function',
  'genesys.credential': 'credential',
  'genesys.integration': 'integration',
  'genesys.data-action': 'data action',
  'genesys.flow': 'flow',
  'genesys.did-pool': 'DID pool',
  'genesys.trigger': 'trigger',
  'genesys.ivr': 'IVR',
} as const;

const byKind = new Map<string, string>(Object.entries(labels));

/** "Lambda function" for `aws.lambda-function`. */
export const labelOf = (kind: string): string => byKind.get(kind) ?? kind;
