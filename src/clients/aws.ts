import type { Agent } from 'node:http';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { createAttempts } from './attempts.ts';
import { type AwsEndpoints, endpointsInEnv } from './aws-endpoints.ts';
import { refusingPages } from './aws-pages.ts';
import { fromAws } from './from-aws.ts';
import { type Connection, retrying, type Waiting } from './retry.ts';
import { VendorError } from './vendor-error.ts';

/** The AWS clients, each reduced to `send(command)`, with retries, time-outs and errors in our form. */
export interface Aws {
  readonly s3: Pick<S3Client, 'send'>;
  readonly iam: Pick<IAMClient, 'send'>;
  readonly lambda: Pick<LambdaClient, 'send'>;
  readonly logs: Pick<CloudWatchLogsClient, 'send'>;
  readonly sts: Pick<STSClient, 'send'>;
}

export interface AwsOptions extends Waiting {
  readonly region: string;
  readonly profile?: string | undefined;
  /** Keys and endpoints that it names are used; the rest is up to the SDK's own chain. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** By default those that the environment names. */
  readonly endpoints?: AwsEndpoints | undefined;
  /** What connects, for http and https alike; by default the SDK does. */
  readonly agent?: Agent | undefined;
}

const TIMEOUT = 30_000;
/** A function's code goes up in one request. */
const UPLOAD_TIMEOUT = 120_000;

/** Makes the clients. Nothing is sent or looked up before the first command. */
export function connectAws(options: AwsOptions): Connection<Aws> {
  if (!options.region)
    throw new SetupError('There is no AWS region to work in.', {
      exit: exitCode.usage,
      hint: 'Give one with --aws-region or AWS_REGION, such as us-east-1.',
    });
  const endpoints = options.endpoints ?? endpointsInEnv(options.env);
  const senders = withoutNodeWarning(() => {
    const at = (service: keyof AwsEndpoints) => configOf(options, endpoints[service]);
    const sts = new STSClient({ ...at('STS'), ...keysOf(options) });
    // All share one set of keys: who is asked for a code, or runs a program for them, is so once.
    const { credentials } = sts.config;
    return {
      s3: sending(new S3Client({ ...at('S3'), credentials }), 'S3', options),
      iam: sending(new IAMClient({ ...at('IAM'), credentials }), 'IAM', options),
      lambda: sending(new LambdaClient({ ...at('LAMBDA'), credentials }), 'Lambda', options),
      logs: sending(new CloudWatchLogsClient({ ...at('CLOUDWATCH_LOGS'), credentials }), 'CloudWatch Logs', options),
      sts: sending(sts, 'STS', options),
    };
  });
  const within = (signal: AbortSignal): Aws => ({
    s3: senders.s3(signal),
    iam: senders.iam(signal),
    lambda: senders.lambda(signal),
    logs: senders.logs(signal),
    sts: senders.sts(signal),
  });
  return { ...within(options.signal), within };
}

/** A warning about our Node's age is for us, not for who runs us; the SDK looks at this variable while it is made. */
function withoutNodeWarning<T>(make: () => T): T {
  const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[name];
  process.env[name] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

/** The SDK's default would write its warnings to the console. */
const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function configOf({ region, env, agent, ...options }: AwsOptions, endpoint: string | undefined) {
  const profile = options.profile || env['AWS_PROFILE'];
  const requestHandler = agent && { httpAgent: agent, httpsAgent: agent };
  return {
    region,
    // One retry policy for all, on our clock: see retry.ts.
    maxAttempts: 1,
    retryMode: 'standard',
    logger: silent,
    ...(profile && { profile }),
    // An endpoint that is spelled out has no other variants, and the SDK refuses to be asked for them.
    ...(endpoint && { endpoint, useFipsEndpoint: false, useDualstackEndpoint: false }),
    // The SDK would look in the environment of the process, and in the profile that is named there.
    ignoreConfiguredEndpointUrls: true,
    // Whom the SDK asks for credentials, single sign-on for one, it asks with clients of its own.
    ...(requestHandler && { requestHandler, clientConfig: { requestHandler } }),
  };
}

/** A profile goes before keys in the environment, as it does with the SDK. */
function keysOf({ profile, env }: AwsOptions) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (profile || env['AWS_PROFILE'] || !accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) } };
}

/** Where nothing gives credentials the SDK says so, and not that it was to be a certain profile. */
function namingProfile(error: unknown, { profile, env }: AwsOptions): unknown {
  const name = profile || env['AWS_PROFILE'];
  const isIt = error instanceof Error && error.name === 'CredentialsProviderError';
  if (!name || !isIt || /profile/i.test(error.message)) return error;
  const message = `${error.message}, using profile: [${name}]`;
  return Object.assign(new Error(message, { cause: error }), { name: error.name });
}

/** What the SDK's clients have in common. */
interface Client {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
  readonly middlewareStack: { add(middleware: object, options: { readonly step: 'initialize' | 'deserialize' }): void };
}

type Resolve = (args: object) => Promise<unknown>;

/** Every AWS call may be repeated: names are unique there, and resources look at an "already exists". */
function sending<C extends Client>(client: C, service: string, options: AwsOptions) {
  const attempt = createAttempts(options.clock);
  let resolving = '';
  // The SDK's own name for a command: that of its class does not survive a minifier.
  const naming = (next: Resolve, { commandName = '' }: { readonly commandName?: string }) => {
    resolving = commandName.replace(/Command$/, '');
    return next;
  };
  client.middlewareStack.add(naming, { step: 'initialize' });
  client.middlewareStack.add(refusingPages, { step: 'deserialize' });
  return (signal: AbortSignal): Pick<C, 'send'> => {
    const send = (command: object) => {
      const isUpload = command instanceof CreateFunctionCommand || command instanceof UpdateFunctionCodeCommand;
      let operation = '';
      const start = (abortSignal: AbortSignal) => {
        const sent = client.send(command, { abortSignal });
        // Named before `send` returned, so it is this command's.
        operation = resolving;
        return sent;
      };
      const failed = (error: unknown) =>
        fromAws(namingProfile(error, options), service, operation, options.clock.now());
      const request = { ms: isUpload ? UPLOAD_TIMEOUT : TIMEOUT, send: start, failed, signal };
      return retrying({ ...options, signal }, { safe: true }, () => attempt(request));
    };
    // The SDK's `send` is a bundle of overloads, one a command; this keeps them for the callers.
    return { send } as Pick<C, 'send'>;
  };
}

/** Who we are to AWS. */
export interface AwsIdentity {
  /** 12 digits. */
  readonly account: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`. */
  readonly partition: string;
}

/** Asks AWS who we are: that needs no permission, and cannot be denied. */
export async function awsIdentity({ sts }: Pick<Aws, 'sts'>): Promise<AwsIdentity> {
  const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (!account || !arn)
    throw new VendorError({ service: 'STS', operation: 'GetCallerIdentity', message: 'AWS did not say who we are' });
  return { account, arn, partition: arn.split(':')[1] || 'aws' };
}
