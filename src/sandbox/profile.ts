import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { WINDOWS, type Window } from './contract.ts';
import { SandboxError } from './sandbox-error.ts';

const length = z.union([
  z.strictObject({ ms: z.number().min(0) }),
  // Over after so many askings: what time is to a test that must not wait.
  z.strictObject({ reads: z.int().min(0) }),
]);

/** How slow a sandbox is, and for how long it is not yet consistent. */
export const profileSchema = z.strictObject({
  /** Milliseconds before a request is handled: under `default`, a service, or `service.operation`; the narrowest counts. */
  latency: z.record(z.string(), z.number().min(0)).default({}),
  /** A window that is not named has no length. */
  windows: z.partialRecord(z.enum(WINDOWS), length).default({}),
});
export type Profile = z.infer<typeof profileSchema>;

/** The profiles that need no file. */
export const PROFILES = {
  instant: { latency: {}, windows: {} },
  realistic: {
    latency: {
      default: 120,
      s3: 80,
      sts: 80,
      logs: 90,
      iam: 110,
      lambda: 130,
      'lambda.CreateFunction': 250,
      'lambda.UpdateFunctionCode': 250,
    },
    windows: {
      'role.assumable': { ms: 8000 },
      'function.active': { ms: 3000 },
      'function.updated': { ms: 1000 },
      'integration.active': { ms: 1000 },
      'integration.known': { ms: 2000 },
      'flow-job.started': { ms: 500 },
      'flow-job.done': { ms: 6000 },
      'flow.listed': { ms: 20_000 },
      'genesys.listed': { ms: 2000 },
      'did-pool.assignable': { ms: 2000 },
      'ivr.released': { ms: 3000 },
      'flow.targetable': { ms: 2000 },
      'attributes.visible': { ms: 1000 },
      'grant.known': { ms: 5000 },
      'role.gone': { ms: 2000 },
    },
  },
} as const satisfies Record<string, Profile>;

const names = z.enum(['instant', 'realistic']);

/** A profile by its name, or from a JSON file. */
export async function loadProfile(nameOrFile: string): Promise<Profile> {
  const name = names.safeParse(nameOrFile);
  if (name.success) return PROFILES[name.data];
  try {
    return profileSchema.parse(JSON.parse(await readFile(nameOrFile, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : '';
    throw new SandboxError(
      'profile',
      `The sandbox profile ${nameOrFile} cannot be used: ${why}`,
      `Name one of ${names.options.join(', ')}, or a JSON file such as {"latency": {"default": 100}, "windows": {"flow-job.done": {"ms": 3000}}}.`,
      cause,
    );
  }
}

/** How long a request waits before it is handled, in milliseconds. */
export const latencyOf = ({ latency }: Profile, service: string, operation: string): number =>
  latency[`${service}.${operation}`] ?? latency[service] ?? latency['default'] ?? 0;

/** Whether a window is over, as one request sees it. */
export type Passed = (window: Window, since: number, id: string) => boolean;

/** Gives each request its `passed`. However often one request asks about an object, it counts as one asking. */
export function createWindows(profile: Profile): (now: number) => Passed {
  const asked = new Map<string, number>();
  return (now) => {
    const seen = new Map<string, boolean>();
    return (window, since, id) => {
      const spec = profile.windows[window];
      if (!spec) return true;
      if ('ms' in spec) return now - since >= spec.ms;
      const key = JSON.stringify([window, since, id]);
      const known = seen.get(key);
      if (known !== undefined) return known;
      const count = asked.get(key) ?? 0;
      asked.set(key, count + 1);
      seen.set(key, count >= spec.reads);
      return count >= spec.reads;
    };
  };
}
