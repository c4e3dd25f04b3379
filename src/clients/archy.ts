import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import type { Clock } from '../clock.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { archyEnvironment, findArchy, noArchy } from './archy-place.ts';
import { type ArchyEnd, readEnd, versionIn } from './archy-results.ts';
import { inPrivateFolder, type Trail } from './private-folder.ts';
import { redactor, type Secret } from './redact.ts';
import { TimeoutError } from './retry.ts';

export interface ArchyOptions {
  /** The executable; undefined: the one on PATH. */
  readonly path: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** The domain of the region, or what stands in for it. */
  readonly location: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly trail: Trail;
  /** Ms; by default a quarter of an hour for a flow, and a minute to tell the version. */
  readonly timeoutMs?: number | undefined;
}

/** The Archy of this machine. Whoever uses it lets it publish one flow at a time. */
export interface Archy {
  /** Where it is, and its version. Throws where there is none, or it is another program of that name. */
  readonly identify: (signal: AbortSignal) => Promise<{ readonly file: string; readonly version: string }>;
  /** Publishes the flow of a YAML. Ended with the signal, or when its time is over: then it may have published all the same. */
  readonly publish: (yaml: Uint8Array, signal: AbortSignal) => Promise<ArchyEnd>;
}

const LONGEST = 15 * 60_000;
const LONGEST_PROBE = 60_000;
/** How long it gets to end by itself once it was told to. */
const LAST_BREATH = 5_000;
const MOST_SAID = 10_000_000;

interface Execution {
  readonly file: string;
  readonly args: readonly string[];
  /** The only folder that it is told of. */
  readonly home: string;
  readonly ms: number;
  /** What it is waited for to do. */
  readonly what: string;
  readonly signal: AbortSignal;
  readonly started?: (pid: number) => Promise<void>;
}

/** Runs Archy, wherever it is. Nothing is looked for before it is asked to do something. */
export function createArchy(options: ArchyOptions): Archy {
  const { path, env, clock, location, clientId, clientSecret, trail, timeoutMs } = options;
  const redact = redactor(() => [clientSecret]);
  const execute = (execution: Execution) => clock.track(() => executeIt(execution, env, clock));
  let identity: ReturnType<Archy['identify']> | undefined;

  const identify = async (signal: AbortSignal) => {
    const file = await findArchy(path, env);
    const probe = {
      file,
      args: ['version'],
      ms: timeoutMs ?? LONGEST_PROBE,
      what: 'Archy to tell its version',
      signal,
    };
    const { exit, said } = await inPrivateFolder((home) => execute({ ...probe, home }));
    const version = exit === 0 ? versionIn(said) : undefined;
    if (version === undefined) throw noArchy(file);
    return { file, version };
  };
  const identifyOnce = (signal: AbortSignal) => {
    identity ??= identify(signal);
    return identity;
  };

  const publish = async (yaml: Uint8Array, signal: AbortSignal): Promise<ArchyEnd> => {
    const { file } = await identifyOnce(signal);
    return inPrivateFolder(async (folder) => {
      const at = (name: string) => join(folder, name);
      const secrets = { clientId, clientSecret: clientSecret.reveal(), location };
      await writeFile(at('options.yaml'), stringify(secrets), { flag: 'wx', mode: 0o600 });
      await writeFile(at('flow.yaml'), yaml, { flag: 'wx', mode: 0o600 });
      await mkdir(at('home'), { mode: 0o700 });
      const files = [
        '--file',
        at('flow.yaml'),
        '--optionsFile',
        at('options.yaml'),
        '--resultsFile',
        at('results.json'),
      ];
      const args = ['publish', ...files, '--homeDir', at('home')];
      const manner = { home: at('home'), ms: timeoutMs ?? LONGEST, what: 'Archy to publish the flow', signal };
      const { exit, said } = await execute({ file, args, ...manner, started: trail.started });
      const results = await readFile(at('results.json'), 'utf8').catch(() => undefined);
      return readEnd({ exit, said, results }, redact);
    }, trail);
  };
  return { identify: identifyOnce, publish };
}

async function executeIt(execution: Execution, env: ArchyOptions['env'], clock: Clock) {
  const { file, args, home, ms, what, signal, started } = execution;
  signal.throwIfAborted();
  const [ending, done] = [new AbortController(), new AbortController()];
  let why: unknown;
  const end = (reason: unknown) => {
    why ??= reason;
    ending.abort();
  };
  const stop = () => end(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  clock.sleep(ms, done.signal).then(
    () => end(new TimeoutError(what, ms)),
    () => undefined,
  );
  try {
    const child = execa(file, args, {
      // The launcher that comes with it looks for the program beside itself by a relative path.
      cwd: dirname(file),
      env: archyEnvironment(env, home),
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      reject: false,
      cancelSignal: ending.signal,
      forceKillAfterDelay: LAST_BREATH,
      maxBuffer: MOST_SAID,
      windowsHide: true,
    });
    const noted = child.pid === undefined ? undefined : started?.(child.pid).catch(end);
    const { exitCode: exit, signal: by, all, code } = await child;
    await noted;
    if (why !== undefined) throw why;
    if (code !== undefined && exit === undefined && by === undefined) throw notStarted(file, code);
    return { exit, said: by === undefined ? all : `${all}\nERROR! it was ended by ${by}` };
  } finally {
    done.abort();
    signal.removeEventListener('abort', stop);
  }
}

const notStarted = (file: string, code: string) =>
  new SetupError(`${file} cannot be started (${code}).`, {
    exit: exitCode.preflight,
    hint: `Allow it with "chmod +x ${file}", and see that it is the Archy for this system, then run the command again.`,
  });
