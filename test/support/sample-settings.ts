import { SEED } from '../../src/sandbox/seed.ts';
import type { Identity } from '../../src/settings/complete.ts';
import type { Settings } from '../../src/settings/settings.ts';

/** A value for every setting that has to have one, for the organization and the account of the sandbox. */
export const sampleSettings: Settings = {
  genesysRegion: 'us-east-1',
  clientId: SEED.clientId,
  organizationId: SEED.organizationId,
  genesysAwsAccount: SEED.genesysAwsAccount,
  awsRegion: SEED.awsRegion,
  bucket: 'payments',
  bucketTag: 'Payments',
  runtime: 'nodejs24.x',
  logRetentionDays: 30,
  environment: 'dev',
  didStart: '+13175550100',
  didEnd: '+13175550100',
  didProvider: 'PURE_CLOUD_VOICE',
  triggerScope: 'number',
  triggerDelay: 0,
  secureDataAction: 'off',
  paymentPrefix: 'pay',
  savePrefix: 'save',
};

/** Who is signed in there. */
export const sampleIdentity: Identity = {
  awsAccount: SEED.account,
  awsPartition: 'aws',
  awsArn: `arn:aws:iam::${SEED.account}:user/sandbox`,
  organizationId: SEED.organizationId,
  organizationName: SEED.organizationName,
};
