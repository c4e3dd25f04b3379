import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Probe } from '../probes.ts';

const RoleName = 'eo-conformance-assumed';
const RoleArn = `arn:aws:iam::123456789012:role/${RoleName}`;
const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' };
const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });

/** What is asked of STS. */
export const stsProbes: readonly Probe[] = [
  ['who we are', async ({ aws }) => (await aws.sts.send(new GetCallerIdentityCommand({}))).Account],
  [
    'assume no role',
    ({ aws }) => aws.sts.send(new AssumeRoleCommand({ RoleArn: `${RoleArn}-none`, RoleSessionName: 'session' })),
  ],
  [
    'assume',
    async ({ aws }) => {
      await aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      const sent = await aws.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
      const { Credentials: keys, AssumedRoleUser: user } = sent;
      return {
        arn: user?.Arn,
        id: user?.AssumedRoleId?.replace(/^AROA[A-Z0-9]+/, 'AROA…'),
        key: keys?.AccessKeyId?.slice(0, 4),
      };
    },
  ],
  [
    'delete',
    async ({ aws }) => {
      await aws.iam.send(new DeleteRoleCommand({ RoleName }));
    },
  ],
];
