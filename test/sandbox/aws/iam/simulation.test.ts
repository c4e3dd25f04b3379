import {
  type ContextEntry,
  CreateRoleCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT, type AwsSandbox, LAMBDA_TRUST, openAws, policy, refusalOf } from '../aws-sandbox.ts';

let sandbox: AwsSandbox;
const RoleName = 'operator';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
const USER = `arn:aws:iam::${ACCOUNT}:user/limited`;
const FREE = `arn:aws:iam::${ACCOUNT}:user/sandbox`;
const may = policy(
  { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::dev-*' },
  { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
  {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PassedToService': 'x' } },
  },
);

beforeAll(async () => {
  sandbox = await openAws();
  await sandbox.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: LAMBDA_TRUST }));
  await sandbox.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: may }));
  const item = { secretAccessKey: 's', principalArn: USER, policies: [JSON.parse(may)] };
  sandbox.put({ collection: 'access-keys', id: 'AKIALIMITED', item });
});
afterAll(() => sandbox.close());

const simulate = (input: Partial<SimulatePrincipalPolicyCommandInput>) =>
  sandbox.iam.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn: ROLE, ActionNames: ['s3:CreateBucket'], ...input }),
  );
const decision = async (input: Partial<SimulatePrincipalPolicyCommandInput>) =>
  (await simulate(input)).EvaluationResults?.[0]?.EvalDecision;

describe.each([
  ['a role', ROLE],
  ['a user', USER],
])('the policies of %s come to', (_, PolicySourceArn) => {
  test.each([
    ['s3:CreateBucket', 'arn:aws:s3:::dev-x', 'allowed'],
    ['s3:CreateBucket', 'arn:aws:s3:::other', 'implicitDeny'],
    ['s3:DeleteBucket', 'arn:aws:s3:::dev-x', 'explicitDeny'],
    ['iam:PassRole', ROLE, 'implicitDeny'],
  ])('%s on %s: %s', async (action, resource, expected) => {
    expect(await decision({ PolicySourceArn, ActionNames: [action], ResourceArns: [resource] })).toBe(expected);
  });

  test('an allow where the condition is met', async () => {
    const entry: ContextEntry = {
      ContextKeyName: 'iam:PassedToService',
      ContextKeyValues: ['x'],
      ContextKeyType: 'string',
    };
    const asked = { PolicySourceArn, ActionNames: ['iam:PassRole'], ContextEntries: [entry] };
    expect(await decision(asked)).toBe('allowed');
  });
});

test('who may do everything may do this too', async () => {
  expect(await decision({ PolicySourceArn: FREE })).toBe('allowed');
});

test('several resources are told apart, and the worst of them counts', async () => {
  const ResourceArns = ['arn:aws:s3:::dev-x', 'arn:aws:s3:::other'];
  const { EvaluationResults } = await simulate({ ResourceArns });
  expect(EvaluationResults).toMatchObject([
    {
      EvalActionName: 's3:CreateBucket',
      EvalDecision: 'implicitDeny',
      ResourceSpecificResults: [
        { EvalResourceName: 'arn:aws:s3:::dev-x', EvalResourceDecision: 'allowed' },
        { EvalResourceName: 'arn:aws:s3:::other', EvalResourceDecision: 'implicitDeny' },
      ],
    },
  ]);
});

test('results come in pages', async () => {
  const asked = { ActionNames: ['s3:CreateBucket', 's3:PutObject', 's3:DeleteBucket'], MaxItems: 2 };
  const first = await simulate(asked);
  expect(first).toMatchObject({ IsTruncated: true, EvaluationResults: [{}, {}] });
  const last = await simulate({ ...asked, Marker: first.Marker });
  expect(last.EvaluationResults?.map(({ EvalActionName }) => EvalActionName)).toEqual(['s3:DeleteBucket']);
  expect(last.IsTruncated).toBe(false);
});

test.each([
  [`arn:aws:iam::${ACCOUNT}:role/none`, 'NoSuchEntityException', 404],
  [`arn:aws:iam::${ACCOUNT}:user/none`, 'NoSuchEntityException', 404],
  [`arn:aws:iam::${ACCOUNT}:root-of-all`, 'InvalidInputException', 400],
  [`arn:aws:sts::${ACCOUNT}:assumed-role/operator/ann`, 'InvalidInputException', 400],
])('%s is refused with %s', async (PolicySourceArn, name, status) => {
  expect(await refusalOf(simulate({ PolicySourceArn }))).toMatchObject({ name, status });
});
