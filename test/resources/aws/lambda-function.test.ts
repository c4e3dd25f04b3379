import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { ListTagsCommand, TagResourceCommand } from '@aws-sdk/client-lambda';
import { afterEach, expect, test } from 'vitest';
import { lambdaFunction } from '../../../src/resources/aws/lambda-function.ts';
import { zipOf } from '../../sandbox/aws/aws-sandbox.ts';
import { laws } from '../laws.ts';
import { openRig, type Rig } from '../rig.ts';
import { createForeignFunction, functionChange, functionInputs } from './function-inputs.ts';

const name = 'dev-pay-lambda';
const key = { name };
const role = 'arn:aws:iam::123456789012:role/dev-pay-role';
const arn = `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const STEP = 'pay-function';
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

async function makeRole(rig: Rig): Promise<string> {
  const create = new CreateRoleCommand({ RoleName: 'dev-pay-role', AssumeRolePolicyDocument: JSON.stringify(trust) });
  return (await rig.context(STEP).aws.iam.send(create)).Role?.RoleId ?? '';
}

const inputsOf = (rig: Rig, roleId: string) => ({
  ...functionInputs,
  code: rig.artifact(zipOf('export const handler = async () => ({});')),
  role,
  roleId,
});

laws(lambdaFunction, async (rig) => {
  const { lambda } = rig.context(STEP).aws;
  const inputs = inputsOf(rig, await makeRole(rig));
  const code = rig.artifact(zipOf('export const handler = async () => ({ changed: true });'));
  return {
    step: STEP,
    key,
    inputs,
    change: {
      inputs: { ...inputs, ...functionChange, code },
      drift: ['timeoutSeconds', 'environment', 'code', 'tags'],
    },
    makeForeign: () => lambda.send(createForeignFunction(name, role)),
    addition: {
      add: () => lambda.send(new TagResourceCommand({ Resource: arn, Tags: { team: 'payments' } })),
      isThere: async () => (await lambda.send(new ListTagsCommand({ Resource: arn }))).Tags?.['team'] === 'payments',
    },
  };
});

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});
async function rigWith(windows: Parameters<typeof openRig>[0]) {
  const rig = await openRig(windows);
  rigs.push(rig);
  return { rig, context: rig.context(STEP), inputs: inputsOf(rig, await makeRole(rig)) };
}

test('a role that was made anew under the same name is noticed, and given to the function again', async () => {
  const { rig, context, inputs } = await rigWith({});
  await lambdaFunction.reconcile(context, key, inputs, undefined, async () => {});
  await context.aws.iam.send(new DeleteRoleCommand({ RoleName: 'dev-pay-role' }));
  const wanted = { ...inputs, roleId: await makeRole(rig) };
  const observed = await lambdaFunction.read(context, { key }, wanted);
  expect(observed?.drift).toEqual(['roleId']);
  rig.writes();
  await lambdaFunction.reconcile(context, key, wanted, observed, async () => {});
  expect(rig.writes()).toEqual(['UpdateFunctionConfiguration', 'TagResource']);
  expect((await lambdaFunction.read(context, { key }, wanted))?.drift).toEqual([]);
});
