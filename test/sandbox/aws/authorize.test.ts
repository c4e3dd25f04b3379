import { CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionCommand } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT, type AwsSandbox, clientsAt, LAMBDA_TRUST, openAws, policy, refusalOf, zipOf } from './aws-sandbox.ts';

let sandbox: AwsSandbox;
beforeAll(async () => {
  sandbox = await openAws();
  await sandbox.s3.send(new CreateBucketCommand({ Bucket: 'dev-eo' }));
  await sandbox.iam.send(new CreateRoleCommand({ RoleName: 'dev-role', AssumeRolePolicyDocument: LAMBDA_TRUST }));
});
afterAll(() => sandbox.close());

const USER = `arn:aws:iam::${ACCOUNT}:user/limited`;

/** Clients of a user who may do just this. */
function clientsThatMay(...statements: readonly object[]) {
  const item = { secretAccessKey: 's', principalArn: USER, policies: [JSON.parse(policy(...statements))] };
  sandbox.put({ collection: 'access-keys', id: 'AKIALIMITED', item });
  return clientsAt(sandbox.origin, { accessKeyId: 'AKIALIMITED', secretAccessKey: 's' });
}
const allow = (Action: string | readonly string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource });

type Clients = ReturnType<typeof clientsAt>;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/dev-role`;
const FUNCTION = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:dev-f`;
const GROUP = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:dev:*`;
const createFunction = ({ lambda }: Clients) =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'dev-f',
      Role: ROLE,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('') },
      Tags: { a: 'b' },
    }),
  );

describe('who may not is told so in the words of the service', () => {
  test.each<[string, (clients: Clients) => Promise<unknown>, string, string, string, number]>([
    [
      'IAM',
      ({ iam }) => iam.send(new GetRoleCommand({ RoleName: 'dev-role' })),
      'iam:GetRole',
      ROLE,
      'AccessDenied',
      403,
    ],
    [
      'Lambda',
      ({ lambda }) => lambda.send(new GetFunctionCommand({ FunctionName: 'dev-f' })),
      'lambda:GetFunction',
      FUNCTION,
      'AccessDeniedException',
      403,
    ],
    [
      'CloudWatch Logs',
      ({ logs }) => logs.send(new CreateLogGroupCommand({ logGroupName: 'dev' })),
      'logs:CreateLogGroup',
      GROUP,
      'AccessDeniedException',
      400,
    ],
    [
      'lists',
      ({ logs }) => logs.send(new DescribeLogGroupsCommand({})),
      'logs:DescribeLogGroups',
      '*',
      'AccessDeniedException',
      400,
    ],
    [
      'S3',
      ({ s3 }) => s3.send(new GetBucketTaggingCommand({ Bucket: 'dev-eo' })),
      's3:GetBucketTagging',
      '"arn:aws:s3:::dev-eo"',
      'AccessDenied',
      403,
    ],
  ])('%s', async (_, call, action, resource, name, status) => {
    const start = `User: ${USER} is not authorized to perform: ${action} on resource: ${resource}`;
    expect(await refusalOf(call(clientsThatMay(allow('sts:*'))))).toEqual({
      name,
      message: `${start} because no identity-based policy allows the ${action} action`,
      status,
    });
    const denied = clientsThatMay(allow('*'), { ...allow('*'), Effect: 'Deny' });
    expect(await refusalOf(call(denied))).toEqual({
      name,
      message: `${start} with an explicit deny in an identity-based policy`,
      status,
    });
  });

  test('and by HEAD with the status alone', async () => {
    const { s3 } = clientsThatMay(allow('sts:*'));
    expect(await refusalOf(s3.send(new HeadBucketCommand({ Bucket: 'dev-eo' })))).toMatchObject({ status: 403 });
  });
});

test('who may not is not told what else is wrong', async () => {
  const { iam } = clientsThatMay(allow('sts:*'));
  expect(await refusalOf(iam.send(new GetRoleCommand({ RoleName: 'no such name' })))).toMatchObject({
    name: 'AccessDenied',
  });
});

describe('what is done along the way is asked for, too', () => {
  const makeFunction = allow('lambda:CreateFunction', FUNCTION);

  test('passing a role to Lambda', async () => {
    const refused = await refusalOf(createFunction(clientsThatMay(makeFunction)));
    expect(refused).toMatchObject({ name: 'AccessDeniedException', status: 403 });
    expect(refused.message).toContain(`is not authorized to perform: iam:PassRole on resource: ${ROLE}`);
    const Condition = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } };
    const elsewhere = clientsThatMay(makeFunction, { ...allow('iam:PassRole', ROLE), Condition });
    expect((await refusalOf(createFunction(elsewhere))).message).toContain('iam:PassRole');
  });

  test('tagging what is made', async () => {
    const Condition = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } };
    const pass = { ...allow('iam:PassRole', ROLE), Condition };
    const refused = await refusalOf(createFunction(clientsThatMay(makeFunction, pass)));
    expect(refused.message).toContain(`lambda:TagResource on resource: ${FUNCTION}`);
    await createFunction(clientsThatMay(makeFunction, pass, allow('lambda:TagResource', FUNCTION)));

    const { s3, iam, logs } = clientsThatMay(allow(['s3:CreateBucket', 'iam:CreateRole', 'logs:CreateLogGroup']));
    const Tags = [{ Key: 'a', Value: 'b' }];
    const calls = [
      s3.send(new CreateBucketCommand({ Bucket: 'dev-other', CreateBucketConfiguration: { Tags } })),
      iam.send(new CreateRoleCommand({ RoleName: 'dev-other', AssumeRolePolicyDocument: LAMBDA_TRUST, Tags })),
      logs.send(new CreateLogGroupCommand({ logGroupName: 'dev-other', tags: { a: 'b' } })),
    ];
    const messages = (await Promise.all(calls.map(refusalOf))).map(({ message }) => message);
    expect(messages.map((message) => /perform: (\S+)/.exec(message)?.[1])).toEqual([
      's3:TagResource',
      'iam:TagRole',
      'logs:TagResource',
    ]);
    await s3.send(new CreateBucketCommand({ Bucket: 'dev-other' }));
  });
});

test('of many objects to delete, each is asked for by itself', async () => {
  await sandbox.s3.send(new PutObjectCommand({ Bucket: 'dev-eo', Key: 'open/a', Body: 'x' }));
  await sandbox.s3.send(new PutObjectCommand({ Bucket: 'dev-eo', Key: 'shut/b', Body: 'x' }));
  const { s3 } = clientsThatMay(allow('s3:DeleteObject', 'arn:aws:s3:::dev-eo/open/*'));
  const Objects = [{ Key: 'open/a' }, { Key: 'shut/b' }];
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'dev-eo', Delete: { Objects } }));
  expect(Deleted).toEqual([{ Key: 'open/a' }]);
  expect(Errors).toMatchObject([{ Key: 'shut/b', Code: 'AccessDenied' }]);
  expect(sandbox.world.list('objects').map(({ key }) => key)).toEqual(['shut/b']);
});

test("another account's bucket needs both accounts to agree", async () => {
  const bucket = sandbox.world.get('buckets', 'dev-eo');
  const owner = '999999999999';
  const document = {
    Statement: [
      { Effect: 'Allow', Principal: { AWS: [USER] }, Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::theirs/*'] },
    ],
  };
  sandbox.put({
    collection: 'buckets',
    id: 'theirs',
    item: { ...bucket, name: 'theirs', owner, policy: { text: '', document } },
  });
  const put = ({ s3 }: Pick<Clients, 's3'>) => s3.send(new PutObjectCommand({ Bucket: 'theirs', Key: 'a', Body: 'x' }));
  const refused = { name: 'AccessDenied', message: 'Access Denied', status: 403 };
  expect(await refusalOf(put(clientsThatMay(allow('s3:GetObject'))))).toEqual(refused);
  expect(await refusalOf(put(sandbox))).toEqual(refused);
  await put(clientsThatMay(allow('s3:PutObject')));
});
