import {
  CreateRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, expect, test } from 'vitest';
import { iamRole } from '../../../src/resources/aws/iam-role.ts';
import { policyDocument } from '../../../src/resources/aws/policy-document.ts';
import { laws } from '../laws.ts';
import { openRig, type Rig } from '../rig.ts';

const name = 'dev-pay-LambdaExecutionRole';
const document = (statement: object) => policyDocument.parse({ Version: '2012-10-17', Statement: [statement] });
const trust = document({
  Sid: 'EoSetupLambda',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const logs = (group: string) =>
  document({
    Sid: 'EoSetupLogs',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `arn:aws:logs:us-east-1:123456789012:log-group:${group}:*`,
  });
const tags = { Environment: 'dev' };
const key = { name };
const inputs = { trust, permissions: logs('/aws/lambda/a'), tags };
const iamOf = (rig: Rig) => rig.context('pay-execution-role').aws.iam;

laws(iamRole, async (rig) => ({
  step: 'pay-execution-role',
  key,
  inputs,
  change: {
    inputs: { trust: document({ ...trust.Statement[0], Sid: 'EoSetupOther' }), permissions: logs('/b'), tags: {} },
    drift: ['trust', 'permissions'],
  },
  makeForeign: () =>
    iamOf(rig).send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) })),
  addition: {
    add: () =>
      iamOf(rig).send(
        new PutRolePolicyCommand({ RoleName: name, PolicyName: 'extra', PolicyDocument: JSON.stringify(logs('/c')) }),
      ),
    isThere: async () =>
      (await iamOf(rig).send(new ListRolePoliciesCommand({ RoleName: name }))).PolicyNames?.includes('extra') === true,
  },
}));

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});

test('a statement that somebody added to the policy stays through a change, and is told', async () => {
  const rig = await openRig();
  rigs.push(rig);
  const context = rig.context('pay-execution-role');
  await iamRole.reconcile(context, key, inputs, undefined, async () => {});
  const added = { Sid: 'Theirs', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::x/*' };
  const both = { ...inputs.permissions, Statement: [...inputs.permissions.Statement, added] };
  const at = { RoleName: name, PolicyName: 'eo-setup' };
  await iamOf(rig).send(new PutRolePolicyCommand({ ...at, PolicyDocument: JSON.stringify(both) }));
  const observed = await iamRole.read(context, { key }, inputs);
  expect(observed).toMatchObject({
    drift: [],
    notes: ['1 policy statement was added by somebody else and stays'],
  });
  const changed = {
    ...inputs,
    permissions: {
      ...inputs.permissions,
      Statement: [
        { ...inputs.permissions.Statement[0], Resource: 'arn:aws:logs:us-east-1:123456789012:log-group:/d:*' },
      ],
    },
  };
  const drifted = await iamRole.read(context, { key }, changed);
  await iamRole.reconcile(context, key, changed, drifted, async () => {});
  const { PolicyDocument = '' } = await iamOf(rig).send(new GetRolePolicyCommand(at));
  expect(JSON.parse(decodeURIComponent(PolicyDocument)).Statement).toEqual([changed.permissions.Statement[0], added]);
});
