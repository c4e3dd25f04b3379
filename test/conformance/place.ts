import { createHash } from 'node:crypto';
import { connectAws } from '../../src/clients/aws.ts';
import { systemClock } from '../../src/clock.ts';
import type { Context } from '../../src/resources/context.ts';
import { flowJobs } from '../../src/resources/genesys/flow-job.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { sandboxIdentity } from '../../src/sandbox/variables.ts';
import { openTestSandbox } from '../support/sandbox.ts';
import { type Server, startMinistack, startMoto } from './server.ts';

/** What resources of AWS work with. */
export type AwsContext = Omit<Context, 'genesys'>;

/** An AWS, ours or one that we did not write, and what works in it. */
export interface Place extends Server {
  readonly context: (step: string, installation?: string) => AwsContext;
  /** Keeps bytes as an artifact and gives their sha256. */
  readonly artifact: (bytes: Uint8Array) => string;
}

/** Servers that we did not write. */
export const SERVERS = { moto: startMoto, ministack: startMinistack } as const;
export type ServerName = keyof typeof SERVERS;

/** Our own sandbox. Functions run in its own runtime, or in the one that lies under `root`. */
export const openOurs = async (options: { readonly root?: string } = {}): Promise<Place> =>
  placeAt(await openTestSandbox(options));

/** One that we did not write. */
export const openTheirs = async (name: ServerName): Promise<Place> => placeAt(await SERVERS[name]());

/** Pauses between two looks are cut short; how long a call may take is not. */
export const clock = {
  ...systemClock,
  sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms > 10_000 ? ms : Math.min(ms, 50), signal),
};

function placeAt({ origin, close }: Server): Place {
  const artifacts = new Map<string, Uint8Array>();
  const { signal } = new AbortController();
  const waiting = { clock, signal, note: () => undefined, random: () => 0.5 };
  const env = { ...sandboxIdentity, AWS_ENDPOINT_URL: origin };
  const common = {
    ...waiting,
    aws: connectAws({ ...waiting, region: SEED.awsRegion, env }),
    sleep: (ms: number) => clock.sleep(ms),
    now: clock.now,
    artifact: async (sha256: string) => artifacts.get(sha256) ?? Promise.reject(new Error(`No artifact ${sha256}.`)),
    awsAccount: SEED.account,
    awsRegion: SEED.awsRegion,
    awsPartition: 'aws',
    drain: 0,
    clientId: 'none',
    publisher: flowJobs,
    keepCopy: () => Promise.reject(new Error('Nothing is overwritten here.')),
  };
  return {
    origin,
    close,
    context: (step, installation = '0123456789ab') => ({ ...common, step, installation }),
    artifact: (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      artifacts.set(sha256, bytes);
      return sha256;
    },
  };
}
