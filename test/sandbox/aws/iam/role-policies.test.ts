import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AwsSandbox, openAws, policy, refusalOf } from '../aws-sandbox.ts';
import { PERMISSIONS, RoleName, roleCalls } from './role-calls.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
});
afterEach(() => sandbox.close());

const { create, put } = roleCalls(() => sandbox);

describe("a role's own policy", () => {
  beforeEach(() => create());

  test('is read URL-encoded, as it was put, and replaced whole', async () => {
    await put(policy({ Effect: 'Deny', Action: '*', Resource: '*' }));
    await put(PERMISSIONS);
    const read = await sandbox.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'eo-setup' }));
    expect(read).toMatchObject({ RoleName, PolicyName: 'eo-setup', PolicyDocument: encodeURIComponent(PERMISSIONS) });
  });

  test('is listed and deleted by its name', async () => {
    const { iam } = sandbox;
    const names = async () => (await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames;
    expect(await names()).toEqual([]);
    // A name that would be no name in every language.
    for (const name of ['b', 'a', '__proto__', 'constructor']) await put(PERMISSIONS, name);
    expect(await names()).toEqual(['__proto__', 'a', 'b', 'constructor']);
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: '__proto__' }));
    expect(await names()).toEqual(['a', 'b', 'constructor']);
    for (const PolicyName of ['__proto__', 'toString'])
      expect(await refusalOf(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })))).toEqual({
        name: 'NoSuchEntityException',
        message: `The role policy with name ${PolicyName} cannot be found.`,
        status: 404,
      });
  });

  test.each([
    ['is no JSON', 'nonsense'],
    ['names a principal', policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })],
    ['has no action', policy({ Effect: 'Allow', Resource: '*' })],
    ['has no resource', policy({ Effect: 'Allow', Action: 's3:*' })],
    ['has an action without a service', policy({ Effect: 'Allow', Action: 'PutObject', Resource: '*' })],
    ['has a resource that is no ARN', policy({ Effect: 'Allow', Action: 's3:*', Resource: 'bucket' })],
    ['has no effect', policy({ Action: 's3:*', Resource: '*' })],
    ['has another version', '{"Version":"2026-01-01","Statement":[]}'],
    [
      'has a statement id twice',
      policy(...['a', 'a'].map((Sid) => ({ Sid, Effect: 'Allow', Action: '*', Resource: '*' }))),
    ],
    ['has an odd statement id', policy({ Sid: 'a-b', Effect: 'Allow', Action: '*', Resource: '*' })],
  ])('that %s is refused', async (_, document) => {
    expect(await refusalOf(put(document))).toMatchObject({ name: 'MalformedPolicyDocumentException', status: 400 });
    expect((await sandbox.iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([]);
  });

  test('has its limit with all the others together', async () => {
    const long = policy({ Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::${'a'.repeat(6000)}` });
    await put(long, 'a');
    expect(await refusalOf(put(long, 'b'))).toMatchObject({ name: 'LimitExceededException', status: 409 });
    await put(long, 'a');
  });
});

describe('deleting a role', () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const remove = () => sandbox.iam.send(new DeleteRoleCommand({ RoleName }));
  beforeEach(() => create());

  test('needs its policies to be gone', async () => {
    const { iam } = sandbox;
    await put(PERMISSIONS);
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await refusalOf(remove())).toEqual({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
      status: 409,
    });
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(AttachedPolicies).toEqual([{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn }]);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    expect((await refusalOf(remove())).message).toBe('Cannot delete entity, must delete policies first.');
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'eo-setup' }));
    expect((await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }))).InstanceProfiles).toEqual([]);
    await remove();
    expect(await refusalOf(remove())).toMatchObject({ name: 'NoSuchEntityException' });
  });

  test('knows only the policies of AWS that are there', async () => {
    const unknown = { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/Nothing' };
    const { iam } = sandbox;
    for (const command of [new AttachRolePolicyCommand(unknown), new DetachRolePolicyCommand(unknown)])
      expect(await refusalOf(iam.send(command))).toMatchObject({ name: 'NoSuchEntityException', status: 404 });
  });
});
