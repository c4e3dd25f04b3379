import { createHash } from 'node:crypto';
import type { Identity } from './settings/complete.ts';
import type { Settings } from './settings/settings.ts';

/** The names of what takes a payment, or of what saves it. */
export interface HalfNames {
  readonly function: string;
  readonly functionArn: string;
  readonly logGroup: string;
  readonly logGroupArn: string;
  readonly executionRole: string;
  readonly invokeRole: string;
  readonly invokeRoleArn: string;
  readonly credential: string;
  readonly integration: string;
  readonly action: string;
  readonly category: string;
}

export interface Names {
  readonly bucket: string;
  readonly bucketArn: string;
  readonly pay: HalfNames;
  readonly save: HalfNames;
  readonly secureFlow: string;
  readonly inboundFlow: string;
  readonly workflow: string;
  readonly didPool: string;
  readonly trigger: string;
  readonly ivr: string;
}

type Who = Pick<Identity, 'awsAccount' | 'awsPartition'>;
type Given = Pick<Settings, 'environment' | 'awsRegion' | 'bucket' | 'paymentPrefix' | 'savePrefix'>;

/** Every physical name and ARN: they follow from the settings and the account, so nothing has to be asked for them. */
export function names(settings: Given, { awsAccount, awsPartition }: Who): Names {
  const { environment, awsRegion, bucket, paymentPrefix, savePrefix } = settings;
  const arn = (service: string, resource: string, region = awsRegion, account = awsAccount) =>
    `arn:${awsPartition}:${service}:${region}:${account}:${resource}`;
  const half = (prefix: string): HalfNames => {
    const base = `${environment}-${prefix}`;
    const logGroup = `/aws/lambda/${base}-lambda`;
    return {
      function: `${base}-lambda`,
      functionArn: arn('lambda', `function:${base}-lambda`),
      logGroup,
      logGroupArn: arn('logs', `log-group:${logGroup}`),
      executionRole: `${base}-LambdaExecutionRole`,
      invokeRole: `${base}-TrustRole`,
      invokeRoleArn: arn('iam', `role/${base}-TrustRole`, ''),
      credential: `${base}-LambdaIntegrationCredentials`,
      integration: `${base}-Lambda-Integration`,
      action: `${base}-data-action`,
      category: `${base}-Lambda`,
    };
  };
  return {
    bucket,
    bucketArn: arn('s3', bucket, '', ''),
    pay: half(paymentPrefix),
    save: half(savePrefix),
    secureFlow: `${environment}-EventOrchestrator Secure Flow`,
    inboundFlow: `${environment}-EventOrchestrator Main IVR`,
    workflow: `${environment}-EventOrchestrator Workflow`,
    didPool: `${environment}-Event Orchestration Numbers`,
    trigger: `${environment}-Call Disconnected Trigger`,
    ivr: `${environment}-Event Orchestration IVR`,
  };
}

/** 12 hex digits: the same place is the same installation, with or without its state file. */
export const installationId = (
  { organizationId, awsAccount }: Pick<Identity, 'organizationId' | 'awsAccount'>,
  { awsRegion, environment }: Pick<Settings, 'awsRegion' | 'environment'>,
): string =>
  createHash('sha256')
    .update([organizationId, awsAccount, awsRegion, environment].join('/'))
    .digest('hex')
    .slice(0, 12);
