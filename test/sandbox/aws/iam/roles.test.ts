import {
  DeleteRoleCommand,
  GetRoleCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, type AwsSandbox, LAMBDA_TRUST, openAws, policy, refusalOf } from '../aws-sandbox.ts';
import { PERMISSIONS, RoleName, roleCalls } from './role-calls.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
});
afterEach(() => sandbox.close());

const { create, put } = roleCalls(() => sandbox);
const get = async () => (await sandbox.iam.send(new GetRoleCommand({ RoleName }))).Role;

describe('a role', () => {
  test('is shown as it was made, its document URL-encoded', async () => {
    const Tags = [
      { Key: 'a', Value: 'b c' },
      { Key: 'eo-setup:step', Value: '' },
    ];
    const { Role } = await create({ Description: 'Made by é', Tags, MaxSessionDuration: 7200 });
    expect(Role).toMatchObject({
      RoleName,
      Arn: `arn:aws:iam::${ACCOUNT}:role/${RoleName}`,
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Path: '/',
      Tags,
    });
    const shown = await get();
    expect(shown).toMatchObject({ Description: 'Made by é', MaxSessionDuration: 7200, RoleId: Role?.RoleId, Tags });
    expect(shown?.AssumeRolePolicyDocument).toBe(encodeURIComponent(LAMBDA_TRUST));
  });

  test('may have a path, and no tags', async () => {
    await create({ Path: '/a/b/', Tags: [] });
    const shown = await get();
    expect(shown?.Arn).toBe(`arn:aws:iam::${ACCOUNT}:role/a/b/${RoleName}`);
    expect(shown?.Tags).toBeUndefined();
  });

  test('that is made anew has another id under the same ARN', async () => {
    const { Role: first } = await create();
    await sandbox.iam.send(new DeleteRoleCommand({ RoleName }));
    const { Role: second } = await create();
    expect(second?.Arn).toBe(first?.Arn);
    expect(second?.RoleId).not.toBe(first?.RoleId);
  });

  test('cannot be made twice, in whatever case', async () => {
    await create();
    expect(await refusalOf(create({ RoleName: RoleName.toUpperCase() }))).toEqual({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name DEV-ROLE already exists.',
      status: 409,
    });
  });

  test('that is not there is refused', async () => {
    expect(await refusalOf(get())).toEqual({
      name: 'NoSuchEntityException',
      message: 'The role with name dev-role cannot be found.',
      status: 404,
    });
    expect(await refusalOf(put(PERMISSIONS))).toMatchObject({ name: 'NoSuchEntityException', status: 404 });
  });

  test('is changed in what is named, and in nothing else', async () => {
    await create({ Description: 'before' });
    const { iam } = sandbox;
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 3601 }));
    expect(await get()).toMatchObject({ Description: 'before', MaxSessionDuration: 3601 });
    await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: 'after' }));
    const trust = policy({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' });
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
    expect(await get()).toMatchObject({
      Description: 'after',
      AssumeRolePolicyDocument: encodeURIComponent(trust),
    });
  });

  test('is listed page by page, in the order of the names', async () => {
    for (const name of ['c', 'a', 'b']) await create({ RoleName: name });
    const first = await sandbox.iam.send(new ListRolesCommand({ MaxItems: 2 }));
    expect(first.IsTruncated).toBe(true);
    const second = await sandbox.iam.send(new ListRolesCommand({ Marker: first.Marker }));
    expect(second.IsTruncated).toBe(false);
    const names = [first, second].flatMap(({ Roles = [] }) => Roles.map((role) => role.RoleName));
    expect(names).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['too long a name', { RoleName: 'a'.repeat(65) }, 'ValidationError'],
    ['an odd name', { RoleName: 'a b' }, 'ValidationError'],
    ['a document with an emoji', { AssumeRolePolicyDocument: '{"😀":1}' }, 'ValidationError'],
    ['too long a description', { Description: 'd'.repeat(1001) }, 'ValidationError'],
    ['too long a session', { MaxSessionDuration: 43_201 }, 'ValidationError'],
    ['an odd tag', { Tags: [{ Key: '<', Value: '' }] }, 'ValidationError'],
    ['a tag twice', { Tags: ['a', 'A'].map((Key) => ({ Key, Value: '' })) }, 'InvalidInputException'],
    ['a tag of AWS', { Tags: [{ Key: 'aws:a', Value: '' }] }, 'InvalidInputException'],
    ['a boundary', { PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/x` }, 'ValidationError'],
  ])('with %s is refused', async (_, members, name) => {
    expect(await refusalOf(create(members))).toMatchObject({ name, status: 400 });
    expect(sandbox.world.list('roles')).toEqual([]);
  });

  test('that is refused says why as AWS does', async () => {
    expect((await refusalOf(create({ RoleName: 'a b' }))).message).toBe(
      "1 validation error detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    );
  });
});

describe('a trust policy', () => {
  const trust = (members: object) => policy({ Effect: 'Allow', Action: 'sts:AssumeRole', ...members });
  const service = { Principal: { Service: 'lambda.amazonaws.com' } };

  test.each([
    ['for a service', trust(service)],
    [
      'for an account, with an external id',
      trust({
        Principal: { AWS: 'arn:aws:iam::765628985471:root' },
        Condition: { StringEquals: { 'sts:ExternalId': 'o' } },
      }),
    ],
    ['for an account by its number', trust({ Principal: { AWS: '765628985471' } })],
    ['with white space', ` ${LAMBDA_TRUST}\n`],
  ])('%s is taken', async (_, AssumeRolePolicyDocument) => {
    await create({ AssumeRolePolicyDocument });
  });

  test.each([
    ['that is no JSON', '{"Version"', 'This policy contains invalid Json'],
    ['that is no object', '[]', 'Syntax errors in policy.'],
    ['for nobody', trust({}), 'Missing required field Principal'],
    ['with a resource', trust({ ...service, Resource: '*' }), 'Has prohibited field Resource'],
    ['with an unknown member', trust({ ...service, Actions: [] }), 'Unknown field Actions'],
    ['without an effect', trust({ ...service, Effect: undefined }), 'Missing required field Effect'],
    [
      'of another action',
      trust({ ...service, Action: 's3:GetObject' }),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    ['for an odd name', trust({ Principal: { AWS: 'me' } }), 'Invalid principal in policy: "AWS":"me"'],
    [
      'for a role that is not there',
      trust({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/none` } }),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${ACCOUNT}:role/none"`,
    ],
    [
      'with an operator that nobody knows',
      trust({ ...service, Condition: { Strings: { a: 'b' } } }),
      /operator Strings/,
    ],
    [
      'with a polluting member',
      trust({ ...service }).replace('"Effect"', '"__proto__":{"a":1},"Effect"'),
      /Unknown field|Syntax/,
    ],
  ])('%s is refused', async (_, AssumeRolePolicyDocument, message) => {
    const refused = await refusalOf(create({ AssumeRolePolicyDocument }));
    expect(refused).toMatchObject({ name: 'MalformedPolicyDocumentException', status: 400 });
    expect(refused.message).toMatch(message);
  });

  test('that is refused leaves the old one', async () => {
    await create();
    const update = new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: '{}' });
    expect(await refusalOf(sandbox.iam.send(update))).toMatchObject({ name: 'MalformedPolicyDocumentException' });
    expect((await get())?.AssumeRolePolicyDocument).toBe(encodeURIComponent(LAMBDA_TRUST));
  });

  test('that is too long is refused', async () => {
    const Principal = { AWS: Array.from({ length: 100 }, (_, n) => String(100_000_000_000 + n)) };
    const refused = await refusalOf(create({ AssumeRolePolicyDocument: trust({ Principal, Sid: 'a'.repeat(1000) }) }));
    expect(refused).toMatchObject({ name: 'LimitExceededException', status: 409 });
  });
});

describe('the tags of a role', () => {
  const tag = (...Tags: readonly { Key: string; Value: string }[]) =>
    sandbox.iam.send(new TagRoleCommand({ RoleName, Tags: [...Tags] }));
  const tags = async () => (await sandbox.iam.send(new ListRoleTagsCommand({ RoleName }))).Tags;
  beforeEach(() => create({ Tags: [{ Key: 'a', Value: '1' }] }));

  test('are added, replaced in whatever case, and taken away', async () => {
    await tag({ Key: 'b', Value: '2' });
    await tag({ Key: 'A', Value: '3' });
    expect(await tags()).toEqual([
      { Key: 'b', Value: '2' },
      { Key: 'A', Value: '3' },
    ]);
    await sandbox.iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['B', 'none'] }));
    expect(await tags()).toEqual([{ Key: 'A', Value: '3' }]);
  });

  test('are fifty at most', async () => {
    await tag(...Array.from({ length: 49 }, (_, n) => ({ Key: `k${n}`, Value: '' })));
    expect(await refusalOf(tag({ Key: 'more', Value: '' }))).toMatchObject({ name: 'LimitExceededException' });
  });
});
