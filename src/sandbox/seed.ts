import type { Change } from './world.ts';

/** What every new world has, under fixed ids and keys that mean nothing anywhere else. */
export const SEED = {
  organizationId: '5a4d0b0c-0000-4000-8000-000000000001',
  organizationName: 'Cloud Store (sandbox)',
  homeDivisionId: '5a4d0b0c-0000-4000-8000-000000000002',
  clientId: '5a4d0b0c-0000-4000-8000-000000000003',
  clientSecret: 'sandbox-client-secret',
  account: '123456789012',
  awsRegion: 'us-east-1',
  accessKeyId: 'AKIASANDBOXSANDBOX00',
  secretAccessKey: 'sandbox-secret-access-key',
  /** Genesys Cloud's own AWS account, which assumes the invoke roles. */
  genesysAwsAccount: '765628985471',
} as const;

/** A new world: an organization, an account, and one client and one access key that may do everything. */
export const firstWorld = (): readonly Change[] => [
  {
    collection: 'meta',
    id: 'world',
    item: {
      organizationId: SEED.organizationId,
      organizationName: SEED.organizationName,
      homeDivisionId: SEED.homeDivisionId,
      awsAccount: SEED.account,
      awsRegion: SEED.awsRegion,
      genesysAwsAccount: SEED.genesysAwsAccount,
    },
  },
  {
    collection: 'divisions',
    id: SEED.homeDivisionId,
    item: { id: SEED.homeDivisionId, name: 'Home', description: '', homeDivision: true, createdAt: 0 },
  },
  {
    collection: 'oauth-clients',
    id: SEED.clientId,
    item: { id: SEED.clientId, name: 'Sandbox', secret: SEED.clientSecret, permissions: ['*'], createdAt: 0 },
  },
  {
    collection: 'access-keys',
    id: SEED.accessKeyId,
    item: { secretAccessKey: SEED.secretAccessKey, principalArn: `arn:aws:iam::${SEED.account}:user/sandbox` },
  },
];
