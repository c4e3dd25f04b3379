import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEED } from '../../../../src/sandbox/seed.ts';
import { ACCOUNT, type AwsSandbox, clientsAt, LAMBDA_TRUST, openAws, policy, refusalOf } from '../aws-sandbox.ts';

let sandbox: AwsSandbox;
beforeEach(async () => {
  sandbox = await openAws();
});
afterEach(() => sandbox.close());

const ORGANIZATION = SEED.organizationId;
const GENESYS = SEED.genesysAwsAccount;
const RoleName = 'dev-invoke';
const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
const USER = `arn:aws:iam::${ACCOUNT}:user/sandbox`;

const makeRole = (AWS: string, Condition?: object, name = RoleName) => {
  const statement = { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...(Condition && { Condition }) };
  return sandbox.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: policy(statement) }));
};
const forGenesys = () => makeRole(`arn:aws:iam::${GENESYS}:root`, { StringEquals: { 'sts:ExternalId': ORGANIZATION } });
const assume = (members: Partial<AssumeRoleCommandInput> = {}, { sts }: Pick<AwsSandbox, 'sts'> = sandbox) =>
  sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...members }));

/** Clients with the key of somebody new. Without policies they may do everything. */
function clientsOf(principalArn: string, ...policies: readonly object[]) {
  const accessKeyId = `AKIA${sandbox.world.list('access-keys').length}`;
  const item = { secretAccessKey: 'secret', principalArn, ...(policies.length > 0 && { policies }) };
  sandbox.put({ collection: 'access-keys', id: accessKeyId, item });
  return clientsAt(sandbox.origin, { accessKeyId, secretAccessKey: 'secret' });
}
const may = (Effect: 'Allow' | 'Deny', Action: string) => ({ Statement: [{ Effect, Action, Resource: '*' }] });

async function clientsFor(members: Partial<AssumeRoleCommandInput>, from?: Pick<AwsSandbox, 'sts'>) {
  const { Credentials: keys } = await assume(members, from);
  return clientsAt(sandbox.origin, {
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    sessionToken: keys?.SessionToken ?? '',
  });
}
const identity = ({ sts }: Pick<AwsSandbox, 'sts'>) => sts.send(new GetCallerIdentityCommand({}));
const denied = (who: string) => ({
  name: 'AccessDenied',
  message: `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  status: 403,
});

describe('the caller', () => {
  test('is told who they are', async () => {
    expect(await identity(sandbox)).toMatchObject({ Account: ACCOUNT, Arn: USER, UserId: expect.any(String) });
  });

  test('needs no permission for it, and cannot be denied it', async () => {
    const Arn = `arn:aws:iam::${ACCOUNT}:user/nobody`;
    expect(await identity(clientsOf(Arn, may('Deny', '*')))).toMatchObject({ Arn });
  });
});

describe('assuming a role', () => {
  test('gives keys of a session, which is known by role and name', async () => {
    await makeRole(USER);
    const { Credentials, AssumedRoleUser } = await assume({ DurationSeconds: 900 });
    const role = await sandbox.iam.send(new GetRoleCommand({ RoleName }));
    const Arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${RoleName}/session`;
    const UserId = `${role.Role?.RoleId}:session`;
    expect(AssumedRoleUser).toEqual({ Arn, AssumedRoleId: UserId });
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    const left = (Credentials?.Expiration?.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(890_000);
    expect(left).toBeLessThanOrEqual(900_000);
    expect(await identity(await clientsFor({}))).toMatchObject({ Account: ACCOUNT, Arn, UserId });
  });

  test('ends with the role, even where it is made anew', async () => {
    await makeRole(USER);
    const session = await clientsFor({});
    await sandbox.iam.send(new DeleteRoleCommand({ RoleName }));
    await makeRole(USER);
    expect(await refusalOf(identity(session))).toMatchObject({ name: 'InvalidClientTokenId', status: 403 });
  });

  test('by an account needs its external id', async () => {
    await forGenesys();
    const arn = `arn:aws:iam::${GENESYS}:user/genesys`;
    const genesys = clientsOf(arn);
    await assume({ ExternalId: ORGANIZATION }, genesys);
    expect(await refusalOf(assume({ ExternalId: 'another' }, genesys))).toEqual(denied(arn));
    expect(await refusalOf(assume({}, genesys))).toEqual(denied(arn));
    expect(await refusalOf(assume({ ExternalId: ORGANIZATION }))).toEqual(denied(USER));
  });

  const other = `arn:aws:iam::${ACCOUNT}:user/other`;
  const elsewhere = `arn:aws:iam::${GENESYS}:user/other`;
  test.each([
    ['an account that is trusted, by whoever may', ACCOUNT, other, may('Allow', 'sts:AssumeRole'), true],
    ['an account that is trusted, by one who may do other things', ACCOUNT, other, may('Allow', 's3:*'), false],
    ['one who is named, and may do other things', other, other, may('Allow', 's3:*'), true],
    ['one who is named, and is denied it', other, other, may('Deny', 'sts:*'), false],
    ['one of another account who is named, and may', elsewhere, elsewhere, may('Allow', 'sts:*'), true],
    ['one of another account who is named, and may do other things', elsewhere, elsewhere, may('Allow', 's3:*'), false],
    ['somebody else, whatever they may', `${other}s`, other, may('Allow', '*'), false],
  ])('by %s', async (_, trusted, who, policies, works) => {
    await makeRole(trusted);
    const call = assume({}, clientsOf(who, policies));
    if (works) await call;
    else expect(await refusalOf(call)).toEqual(denied(who));
  });

  test('that is not there is refused in the same words', async () => {
    expect(await refusalOf(assume())).toEqual(denied(USER));
  });

  test('of a service is not for a user', async () => {
    await sandbox.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: LAMBDA_TRUST }));
    expect(await refusalOf(assume())).toEqual(denied(USER));
  });

  test('works only some time after the role was made', async () => {
    sandbox.setProfile({ latency: {}, windows: { 'role.assumable': { reads: 2 } } });
    await makeRole(USER);
    expect(await refusalOf(assume())).toEqual(denied(USER));
    expect(await refusalOf(assume())).toEqual(denied(USER));
    await assume();
  });

  test.each([
    [
      'is too long',
      { DurationSeconds: 3601 },
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ],
    ['is too short', { DurationSeconds: 899 }, /greater than or equal to 900/],
    ['has an odd name', { RoleSessionName: 'a b' }, /regular expression/],
    ['has a policy of its own', { Policy: '{}' }, /no session policies/],
  ])('for a session that %s is refused', async (_, members, message) => {
    await makeRole(USER);
    const refused = await refusalOf(assume(members));
    expect(refused).toMatchObject({ name: 'ValidationError', status: 400 });
    expect(refused.message).toMatch(message);
  });
});
