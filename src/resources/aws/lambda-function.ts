import { isDeepStrictEqual } from 'node:util';
import {
  type Architecture,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  type FunctionConfiguration,
  type Runtime,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { until } from '../../clients/retry.ts';
import { SetupError } from '../../errors/setup-error.ts';
import type { Context, Kind } from '../context.ts';
import { labels } from '../labels.ts';
import { pace } from '../settle.ts';
import { created, orAbsent } from '../vendor.ts';
import { ABSENT, findFunction, getFunction, onceIdle, onceReady, unreadyOf, untilSettled } from './live-function.ts';
import { marked, markOf, tagsDiffer } from './tags.ts';

const shape = {
  key: z.object({ name: z.string() }),
  inputs: z.object({
    /** sha256 (hex) of the zip. */
    code: z.string(),
    role: z.string(),
    /** A role made anew under the same ARN is another role; Lambda has to be given it again. */
    roleId: z.string(),
    runtime: z.string(),
    architecture: z.string(),
    handler: z.string(),
    timeoutSeconds: z.number().int(),
    memoryMb: z.number().int(),
    environment: z.record(z.string(), z.string()),
    tags: z.record(z.string(), z.string()),
  }),
  outputs: z.object({ name: z.string(), arn: z.string() }),
};
type Ctx = Pick<Context, 'aws' | 'installation' | 'step' | 'artifact' | 'clock' | 'signal' | 'note'>;
type Inputs = z.infer<typeof shape.inputs>;

/** The tag that says which role a function was given: Lambda itself only tells its ARN. */
const ROLE_ID = 'eo-setup:role-id';
const tagsFor = ({ tags, roleId }: Inputs) => ({ ...tags, [ROLE_ID]: roleId });

const hexOf = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64').toString('hex');

const COMPARED = ['role', 'runtime', 'handler', 'timeoutSeconds', 'memoryMb', 'environment'] as const;

const settingsOf = (live: FunctionConfiguration) => ({
  role: live.Role,
  runtime: live.Runtime,
  handler: live.Handler,
  timeoutSeconds: live.Timeout,
  memoryMb: live.MemorySize,
  environment: live.Environment?.Variables ?? {},
});

function driftOf(live: FunctionConfiguration, wanted: Inputs): (keyof Inputs)[] {
  const settings = settingsOf(live);
  const drift: (keyof Inputs)[] = COMPARED.filter((name) => !isDeepStrictEqual(settings[name], wanted[name]));
  if (hexOf(live.CodeSha256) !== wanted.code) drift.push('code');
  if (!isDeepStrictEqual(live.Architectures ?? ['x86_64'], [wanted.architecture])) drift.push('architecture');
  return drift;
}

const CONFIGURATION: ReadonlySet<string> = new Set([...COMPARED, 'roleId']);

/** A function, changed in place; its role's id tells whether the role beneath it was made anew. */
export const lambdaFunction = {
  ...shape,
  kind: 'aws.lambda-function',
  label: labels['aws.lambda-function'],

  async read(ctx: Ctx, { key }, wanted) {
    const live = await findFunction(ctx, key.name);
    if (!live) return undefined;
    const { configuration, tags } = live;
    const drift = wanted ? driftOf(configuration, wanted) : [];
    if (wanted && tags[ROLE_ID] !== wanted.roleId) drift.push('roleId');
    if (wanted && tagsDiffer(tags, wanted.tags, ctx)) drift.push('tags');
    const outputs = { name: key.name, arn: configuration.FunctionArn ?? '' };
    return { outputs, mark: markOf(tags, ctx), drift, unready: unreadyOf(configuration) };
  },

  async reconcile(ctx: Ctx, { name }, inputs, observed, made) {
    const outputs = observed?.outputs ?? (await create(ctx, name, inputs));
    if (!observed) await made({ outputs });
    await untilSettled(ctx, name);
    const drift = observed?.drift ?? [];
    const isBroken = observed?.unready?.settling === false;
    if (drift.some((one) => one === 'code' || one === 'architecture') || isBroken) await updateCode(ctx, name, inputs);
    if (drift.some((one) => CONFIGURATION.has(one))) await updateConfiguration(ctx, name, inputs);
    // After everything else: the tag tells that the role was given.
    if (drift.includes('tags') || drift.includes('roleId'))
      await ctx.aws.lambda.send(
        new TagResourceCommand({ Resource: outputs.arn, Tags: { ...marked(tagsFor(inputs), ctx) } }),
      );
    const unready = unreadyOf((await untilSettled(ctx, name)).configuration);
    if (unready)
      throw new SetupError(`The Lambda function ${name} does not become ready: ${unready.why}.`, {
        hint: 'Look at the function in the Lambda console, mend what it names, then run the command again.',
      });
    return { outputs };
  },

  async delete(ctx: Ctx, { name }) {
    const command = new DeleteFunctionCommand({ FunctionName: name });
    await onceIdle(ctx, () => orAbsent(ctx.aws.lambda.send(command), ABSENT));
    const what = 'Lambda to finish deleting the function, usually a few seconds';
    await until(ctx, { every: pace, within: 60_000, what }, async () =>
      (await getFunction(ctx, name)) ? undefined : true,
    );
    return 'gone';
  },
} satisfies Kind<typeof shape>;

/** What the create and the update of a function's configuration share. */
const configurationOf = (name: string, inputs: Inputs) => ({
  FunctionName: name,
  Role: inputs.role,
  Runtime: inputs.runtime as Runtime,
  Handler: inputs.handler,
  Timeout: inputs.timeoutSeconds,
  MemorySize: inputs.memoryMb,
  Environment: { Variables: inputs.environment },
});

async function create(ctx: Ctx, name: string, inputs: Inputs) {
  const command = new CreateFunctionCommand({
    ...configurationOf(name, inputs),
    Architectures: [inputs.architecture as Architecture],
    Code: { ZipFile: await ctx.artifact(inputs.code) },
    Tags: { ...marked(tagsFor(inputs), ctx) },
  });
  const sent = onceReady(ctx, async () => (await ctx.aws.lambda.send(command)).FunctionArn ?? '');
  const arn = await created(sent, ['ResourceConflictException'], async () => {
    const live = await findFunction(ctx, name);
    return live && markOf(live.tags, ctx) === 'ours' ? live.configuration.FunctionArn : undefined;
  });
  return { name, arn };
}

async function updateCode(ctx: Ctx, name: string, { code, architecture }: Inputs) {
  const ZipFile = await ctx.artifact(code);
  const Architectures = [architecture as Architecture];
  const command = new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile, Architectures });
  await onceIdle(ctx, () => ctx.aws.lambda.send(command));
  await untilSettled(ctx, name);
}

async function updateConfiguration(ctx: Ctx, name: string, inputs: Inputs) {
  const command = new UpdateFunctionConfigurationCommand(configurationOf(name, inputs));
  await onceReady(ctx, () => ctx.aws.lambda.send(command));
  await untilSettled(ctx, name);
}
