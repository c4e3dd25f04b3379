import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';
import { aws } from '../../../src/sandbox/aws/index.ts';
import type { Profile } from '../../../src/sandbox/profile.ts';
import { SEED } from '../../../src/sandbox/seed.ts';
import type { Change } from '../../../src/sandbox/world.ts';
import { openTestSandbox } from '../../support/sandbox.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

export const ACCOUNT = SEED.account;
export const ADMIN = { accessKeyId: SEED.accessKeyId, secretAccessKey: SEED.secretAccessKey };

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The SDK's clients, signing with `credentials`, without retries. */
export function clientsAt(endpoint: string, credentials: Keys = ADMIN, region: string = SEED.awsRegion) {
  const options = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    s3: new S3Client(options),
    iam: new IAMClient(options),
    sts: new STSClient(options),
    logs: new CloudWatchLogsClient(options),
    lambda: new LambdaClient(options),
  };
}

interface Options {
  readonly windows?: Profile['windows'];
  readonly functions?: boolean;
  readonly region?: string;
}

const noFunctions = { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() };

/** A served sandbox with nothing but AWS, and clients for it. With `functions`, code really runs. */
export async function openAws({ windows = {}, functions = false, region }: Options = {}) {
  const root = functions ? buildRuntime() : '';
  const sandbox = await openTestSandbox({
    protocols: [aws],
    profile: { latency: {}, windows },
    ...(functions ? { root } : { functions: noFunctions }),
  });
  const { world } = sandbox;
  const meta = world.get('meta', 'world');
  if (region && meta) world.put('meta', 'world', { ...meta, awsRegion: region });
  return {
    ...sandbox,
    ...clientsAt(sandbox.origin, ADMIN, region),
    /** Where the runtime of functions was built. */
    root,
    /** Puts records by hand. */
    put: (...changes: readonly Change[]) => {
      for (const { collection, id, item } of changes) if (item) world.put(collection, id, item);
    },
    close: async () => {
      await sandbox.close();
      if (root) rmSync(root, { recursive: true });
    },
  };
}
export type AwsSandbox = Awaited<ReturnType<typeof openAws>>;

/** A package root with nothing but the runtime of functions, built as the package builds it. */
function buildRuntime(): string {
  const root = mkdtempSync(join(tmpdir(), 'eo-runtime-'));
  buildSync({
    entryPoints: [fileURLToPath(new URL('../../../src/sandbox/aws/lambda/runtime/bootstrap.ts', import.meta.url))],
    outfile: join(root, 'dist/lambda-runtime.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.17',
  });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  return root;
}

/** A zip with this code in `index.mjs`, or with these files. */
export const zipOf = (files: string | Readonly<Record<string, string>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(typeof files === 'string' ? { 'index.mjs': files } : files).map(([name, text]) => [
        name,
        Buffer.from(text),
      ]),
    ),
  );

export const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

export const LAMBDA_TRUST = policy({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

/** What a call was refused with: its name, status and message. */
export async function refusalOf(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { name, message } = error;
    const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : {};
    return { name, message, status: metadata.httpStatusCode };
  }
  throw new Error('It was not refused.');
}
