import { createHash } from 'node:crypto';
import * as z from 'zod';
import { connectAws } from '../../src/clients/aws.ts';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { Secret } from '../../src/clients/redact.ts';
import type { Clock } from '../../src/clock.ts';
import type { Context } from '../../src/resources/context.ts';
import { flowJobs } from '../../src/resources/genesys/flow-job.ts';
import type { Profile } from '../../src/sandbox/profile.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { ownFunctions } from '../support/functions.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

export const INSTALLATION = '0123456789ab';

/** A sandbox in virtual time, and resources' contexts that work in it. */
export interface Rig {
  readonly sandbox: TestSandbox;
  /** The context of a step of our installation, or of somebody else's. */
  readonly context: (step: string, installation?: string) => Context;
  /** Keeps bytes as an artifact and gives their sha256. */
  readonly artifact: (bytes: Uint8Array | string) => string;
  /** What was waited for so far, in the words for a person. */
  readonly notes: readonly string[];
  /** The copies that were kept, by name. */
  readonly copies: ReadonlyMap<string, string>;
  readonly now: () => number;
  /** Lets time pass. */
  readonly pass: (ms: number) => Promise<void>;
  /** The writes that were carried out since the last time this was asked. */
  readonly writes: () => readonly string[];
  /** How many requests there were since the last time this was asked. */
  readonly requests: () => number;
  /** Signs in, which the first call would do: a refused sign-in is refused for good. */
  readonly signIn: () => Promise<void>;
  /** Has the n-th request from now refused. */
  readonly refuse: (nth: number) => void;
  /** Has the n-th request from now carried out, and its answer lost. */
  readonly lose: (nth: number) => void;
}

/** Opens a rig. `windows` say how long the vendors are not yet consistent. */
export async function openRig(windows: Profile['windows'] = {}): Promise<Rig> {
  const clock = createVirtualClock(Date.UTC(2026, 6, 1));
  const sandbox = await openTestSandbox({ virtual: clock, profile: { latency: {}, windows }, functions: ownFunctions });
  const artifacts = new Map<string, Uint8Array>();
  const notes: string[] = [];
  const copies = new Map<string, string>();
  const clients = connectAll(sandbox, clock, (note) => notes.push(note));
  const since = { writes: 0, requests: 0 };
  const entriesSince = (what: keyof typeof since) => {
    const entries = sandbox.history.entries(since[what]);
    since[what] = entries.at(-1)?.n ?? since[what];
    return entries;
  };
  return {
    sandbox,
    notes,
    copies,
    now: clock.now,
    pass: (ms) => clock.sleep(ms),
    artifact: (content) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      artifacts.set(sha256, bytes);
      return sha256;
    },
    context: (step, installation = INSTALLATION) => ({
      ...clients,
      installation,
      step,
      sleep: (ms) => clock.sleep(ms, clients.signal),
      now: clock.now,
      artifact: async (sha256) => artifacts.get(sha256) ?? Promise.reject(new Error(`No artifact ${sha256}.`)),
      awsAccount: SEED.account,
      awsRegion: SEED.awsRegion,
      awsPartition: 'aws',
      drain: 0,
      clientId: SEED.clientId,
      publisher: flowJobs,
      keepCopy: async (name, bytes) => {
        copies.set(name, new TextDecoder().decode(bytes));
        return name;
      },
    }),
    writes: () =>
      entriesSince('writes')
        .filter(({ committed, service }) => committed && service !== 'oauth')
        .map(({ operation }) => operation),
    requests: () => entriesSince('requests').filter(({ service }) => service !== 'oauth').length,
    signIn: () =>
      clients.genesys.call({ operation: 'GET /api/v2/organizations/me', schema: z.unknown().transform(() => {}) }),
    refuse: (nth) =>
      sandbox.faults.set([{ match: { nth }, when: 'before', then: 'refuse', status: 400, code: 'Broken' }]),
    lose: (nth) => sandbox.faults.set([{ match: { nth }, when: 'after', then: 'drop' }]),
  };
}

function connectAll({ origin, variables }: TestSandbox, clock: Clock, note: (message: string) => void) {
  const { signal } = new AbortController();
  const waiting = { clock, signal, note, random: () => 0.5 };
  const { hostname, port } = new URL(origin);
  return {
    ...waiting,
    aws: connectAws({ ...waiting, region: SEED.awsRegion, env: variables }),
    genesys: connectGenesys({
      ...waiting,
      domain: 'mypurecloud.com',
      gateway: { host: hostname, port: Number(port), protocol: 'http' },
      clientId: SEED.clientId,
      clientSecret: new Secret(SEED.clientSecret),
    }),
  };
}
