import { dirname } from 'node:path';
import { execa } from 'execa';
import type { Clock } from '../clock.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { archyEnvironment } from './archy-place.ts';
import { TimeoutError } from './retry.ts';

/** One run of the executable. */
export interface ArchyRun {
  readonly file: string;
  readonly args: readonly string[];
  /** The only folder that it is told of. */
  readonly home: string;
  /** Ms that it may take. */
  readonly ms: number;
  /** What it is waited for to do. */
  readonly what: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly started?: (pid: number) => Promise<void>;
}

/** How long it gets to end by itself once it was told to. */
const LAST_BREATH = 5_000;
const MOST_SAID = 10_000_000;

/** Runs Archy to its end, and gives its exit code and what it printed. The only place that starts it. */
export function runArchy(run: ArchyRun, env: Readonly<Record<string, string | undefined>>, clock: Clock) {
  const { file, args, home, started } = run;
  return inTime(run, clock, async (ending) => {
    const child = execa(file, args, {
      // The launcher that comes with it looks for the program beside itself by a relative path.
      cwd: dirname(file),
      env: archyEnvironment(env, home),
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      reject: false,
      cancelSignal: ending,
      forceKillAfterDelay: LAST_BREATH,
      // What execa has for this would have this process end at SIGHUP, though it may have been told to ignore that.
      cleanup: false,
      maxBuffer: MOST_SAID,
      windowsHide: true,
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    const noted = child.pid === undefined ? undefined : started?.(child.pid);
    noted?.catch(() => child.kill());
    const { exitCode: exit, signal: by, all, code } = await child.finally(() => process.off('exit', kill));
    await noted;
    if (code !== undefined && exit === undefined && by === undefined && !ending.aborted) throw notStarted(file, code);
    return { exit, said: by === undefined ? all : `${all}\nERROR! it was ended by ${by}` };
  });
}

/** Has the work end with the run, or when its time is over; then that is what it ends with, whatever came of it. */
async function inTime<T>(
  { ms, what, signal }: ArchyRun,
  clock: Clock,
  work: (ending: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const [late, done] = [new AbortController(), new AbortController()];
  clock.sleep(ms, done.signal).then(
    () => late.abort(new TimeoutError(what, ms)),
    () => undefined,
  );
  const ending = AbortSignal.any([signal, late.signal]);
  try {
    const result = await work(ending);
    ending.throwIfAborted();
    return result;
  } finally {
    done.abort();
  }
}

const notStarted = (file: string, code: string) =>
  new SetupError(`${file} cannot be started (${code}).`, {
    exit: exitCode.preflight,
    hint: `Allow it with "chmod +x ${file}", and see that it is the Archy for this system, then run the command again.`,
  });
