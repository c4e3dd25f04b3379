import type { Policy } from '../../policy.ts';

const allow = (Action: string[]): Policy => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: ['*'] }],
});

/** Those of AWS's own policies that can be attached here. */
export const managedPolicies: ReadonlyMap<string, Policy> = new Map([
  ['arn:aws:iam::aws:policy/AdministratorAccess', allow(['*'])],
  ['arn:aws:iam::aws:policy/AmazonS3FullAccess', allow(['s3:*', 's3-object-lambda:*'])],
  ['arn:aws:iam::aws:policy/CloudWatchLogsFullAccess', allow(['logs:*'])],
  [
    'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  ],
]);
