import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../../../clock.ts';
import type { FunctionCode } from '../../contract.ts';
import { type Job, type Said, serveRuntimeApi } from './runtime-api.ts';
import { type Surroundings, startProcess } from './worker-process.ts';

type Heard = Said | { readonly is: 'exit'; readonly status: string } | { readonly is: 'timeout' };

/** How one piece of work of a worker ended. */
export type Ended = Exclude<Heard, { is: 'ready' }>;

/** A process that runs one version of one function. It takes one invocation at a time. */
export interface Worker {
  /** Runs the handler. Afterwards the process waits for more, or is gone: killed if it took too long. */
  readonly run: (job: Job, timeoutMs: number) => Promise<Ended>;
  /** What was printed since the last time. */
  readonly printed: () => string;
  readonly isAlive: () => boolean;
  /** How long it took to load the code, in milliseconds. */
  readonly initMs: number;
  readonly kill: () => Promise<void>;
}

/** A worker that could not load its code: why, and what it printed. */
export interface NoWorker {
  readonly failed: Ended;
  readonly printed: () => string;
}

/** Lambda gives the loading of the code so long. */
const INIT_MS = 10_000;
/** And we give the runtime so long to ask for more once it has answered. */
const NEXT_MS = 1_000;

/** Starts a worker and waits until it has loaded the code. While it lives, what was registered can end it. */
export async function startWorker(
  code: FunctionCode,
  around: Surroundings,
  register: (kill: () => Promise<void>) => () => void,
): Promise<Worker | NoWorker> {
  const begun = systemClock.now();
  let hear: (heard: Heard) => void = () => undefined;
  const next = (): Promise<Heard> =>
    new Promise((resolve) => {
      hear = resolve;
    });
  const loaded = next();
  const api = await serveRuntimeApi((said) => hear(said));
  const { printed, gone, kill: signal } = startProcess(code, around, api.address);
  let exit: Ended | undefined;
  const ending = gone.then(async (status) => {
    exit = { is: 'exit', status };
    api.close();
    await settle();
    hear(exit);
  });
  const kill = (): Promise<void> => {
    signal();
    return ending;
  };
  void ending.then(register(kill));

  const first = await within(loaded, INIT_MS);
  if (first.is !== 'ready') {
    await kill();
    return { failed: first, printed };
  }
  const run = async (job: Job, timeoutMs: number): Promise<Ended> => {
    if (exit) return exit;
    const answered = endOf(next, job.requestId);
    api.give(job);
    const ended = await within(answered, timeoutMs);
    // Only who asks for more is fit for more: one that answered with an error may be about to end.
    const asked = ended.is === 'response' || ended.is === 'error' ? await within(next(), NEXT_MS) : ended;
    if (asked.is !== 'ready') await kill();
    return ended;
  };
  return { initMs: systemClock.now() - begun, printed, isAlive: () => exit === undefined, kill, run };
}

/** How this very job ends, past whatever is still said about an earlier one. */
async function endOf(next: () => Promise<Heard>, requestId: string): Promise<Ended> {
  for (;;) {
    const heard = await next();
    if (heard.is !== 'ready' && !('requestId' in heard && heard.requestId !== requestId)) return heard;
  }
}

/** A process lives in the system's time, whatever the world's is. */
async function within<T extends Heard>(heard: Promise<T>, ms: number): Promise<T | { readonly is: 'timeout' }> {
  const over = new AbortController();
  const late = systemClock.sleep(ms, over.signal).then(
    () => ({ is: 'timeout' }) as const,
    () => ({ is: 'timeout' }) as const,
  );
  const first = await Promise.race([heard, late]);
  over.abort();
  return first;
}

/** What was printed before the end is read in the same turn of the loop, or the next. */
async function settle(): Promise<void> {
  await turn();
  await turn();
}
