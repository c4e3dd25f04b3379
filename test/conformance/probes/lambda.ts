import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListTagsCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { zipOf } from '../../sandbox/aws/aws-sandbox.ts';
import type { AwsContext } from '../place.ts';
import type { Probe } from '../probes.ts';

const FunctionName = 'eo-conformance-probe';
const at = { FunctionName };
const nobody = { FunctionName: 'eo-conformance-nobody' };
const RoleName = 'eo-conformance-probe-role';
const Role = `arn:aws:iam::123456789012:role/${RoleName}`;
const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;
const none = 'arn:aws:lambda:us-east-1:123456789012:function:eo-conformance-nobody';
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
const ZipFile = zipOf('export const handler = async (event) => event;');

const create = ({ aws }: AwsContext, more: Partial<CreateFunctionCommandInput> = {}) =>
  aws.lambda.send(
    new CreateFunctionCommand({
      ...at,
      Role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Architectures: ['arm64'],
      Code: { ZipFile },
      Environment: { Variables: { REGION: 'us-east-1' } },
      ...more,
    }),
  );

/** One that is to be refused; where it is not, it is taken away again. */
async function tryOut(context: AwsContext, more: Partial<CreateFunctionCommandInput>) {
  const made = await create(context, { FunctionName: 'eo-conformance-refused', ...more });
  await context.aws.lambda.send(new DeleteFunctionCommand({ FunctionName: made.FunctionName }));
  return made;
}

const configured = (one: FunctionConfiguration) => ({
  arn: one.FunctionArn,
  role: one.Role,
  handler: one.Handler,
  runtime: one.Runtime,
  architectures: one.Architectures,
  timeout: one.Timeout,
  memory: one.MemorySize,
  size: one.CodeSize,
  sha256: one.CodeSha256,
  variables: one.Environment,
  version: one.Version,
  packageType: one.PackageType,
  logs: one.LoggingConfig,
  storage: one.EphemeralStorage,
  tracing: one.TracingConfig,
});

/** Waits, as who made it does, until it is active. */
async function settled({ aws, sleep }: AwsContext): Promise<FunctionConfiguration> {
  for (let n = 0; n < 100; n += 1) {
    const live = await aws.lambda.send(new GetFunctionConfigurationCommand(at));
    if (live.State !== 'Pending' && live.LastUpdateStatus !== 'InProgress') return live;
    await sleep(50);
  }
  return { State: 'Pending' };
}

const absent: readonly Probe[] = [
  ['get no function', ({ aws }) => aws.lambda.send(new GetFunctionCommand(nobody))],
  ['delete no function', ({ aws }) => aws.lambda.send(new DeleteFunctionCommand(nobody))],
  ['invoke no function', ({ aws }) => aws.lambda.send(new InvokeCommand(nobody))],
  ['update no function', ({ aws }) => aws.lambda.send(new UpdateFunctionCodeCommand({ ...nobody, ZipFile }))],
  [
    'configure no function',
    ({ aws }) => aws.lambda.send(new UpdateFunctionConfigurationCommand({ ...nobody, Timeout: 5 })),
  ],
  ['tags of no function', ({ aws }) => aws.lambda.send(new ListTagsCommand({ Resource: none }))],
  ['create with a role that is not there', (context) => tryOut(context, {})],
];

const refused: readonly Probe[] = [
  [
    'make the role',
    async ({ aws }) => {
      await aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    },
  ],
  ['a runtime that is no more', (context) => tryOut(context, { Runtime: 'go1.x' })],
  ['a runtime that never was', (context) => tryOut(context, { Runtime: 'nodejs99.x' as 'nodejs24.x' })],
  ['code that is no zip', (context) => tryOut(context, { Code: { ZipFile: Buffer.from('no zip') } })],
  ['too little memory', (context) => tryOut(context, { MemorySize: 64 })],
  ['too long a timeout', (context) => tryOut(context, { Timeout: 901 })],
  ['a variable of Lambda itself', (context) => tryOut(context, { Environment: { Variables: { AWS_REGION: 'x' } } })],
  ['a role that is no ARN', (context) => tryOut(context, { Role: 'no-arn' })],
];

const living: readonly Probe[] = [
  ['create', async (context) => configured(await create(context))],
  ['create again', (context) => create(context)],
  ['it becomes active', async (context) => (await settled(context)).State],
  [
    'get',
    async ({ aws }) => {
      const { Configuration, Tags, Code } = await aws.lambda.send(new GetFunctionCommand(at));
      return { ...configured(Configuration ?? {}), Tags, from: Code?.RepositoryType };
    },
  ],
  [
    'invoke dryly',
    async ({ aws }) => (await aws.lambda.send(new InvokeCommand({ ...at, InvocationType: 'DryRun' }))).StatusCode,
  ],
  [
    'invoke',
    async ({ aws }) => {
      const { StatusCode, Payload, FunctionError } = await aws.lambda.send(
        new InvokeCommand({ ...at, Payload: '{"n":1}' }),
      );
      return { StatusCode, FunctionError, payload: JSON.parse(Buffer.from(Payload ?? []).toString()) };
    },
  ],
  ['invoke with no JSON', ({ aws }) => aws.lambda.send(new InvokeCommand({ ...at, Payload: '{' }))],
  [
    'configure',
    async (context) => {
      const change = { ...at, Timeout: 9, MemorySize: 512, Environment: { Variables: {} } };
      const sent = await context.aws.lambda.send(new UpdateFunctionConfigurationCommand(change));
      await settled(context);
      return configured(sent);
    },
  ],
  [
    'update the code',
    async (context) => {
      const code = { ...at, ZipFile: zipOf('export const handler = 0;') };
      await context.aws.lambda.send(new UpdateFunctionCodeCommand(code));
      return (await settled(context)).LastUpdateStatus;
    },
  ],
  [
    'tag',
    async ({ aws }) => {
      await aws.lambda.send(new TagResourceCommand({ Resource, Tags: { 'eo-setup:step': 'x', a: '' } }));
      return (await aws.lambda.send(new ListTagsCommand({ Resource }))).Tags;
    },
  ],
  [
    'delete',
    async ({ aws }) => {
      await aws.lambda.send(new DeleteFunctionCommand(at));
      await aws.iam.send(new DeleteRoleCommand({ RoleName }));
    },
  ],
  ['delete again', ({ aws }) => aws.lambda.send(new DeleteFunctionCommand(at))],
];

/** What is asked of Lambda. */
export const lambdaProbes: readonly Probe[] = [...absent, ...refused, ...living];
