import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../../clock.ts';
import { type FunctionCode, type Functions, type Invocation, Refusal } from '../../contract.ts';
import { createCodeFolders } from './code-folders.ts';
import { invocationOf } from './log-lines.ts';
import { createSlots } from './slots.ts';
import { type Ended, startWorker, type Worker } from './worker.ts';

interface Options {
  /** The package's root: `dist/lambda-runtime.js` lies there. */
  readonly root: string;
  /** The sandbox, which the code calls AWS at. */
  readonly origin: string;
  readonly clock: Clock;
}

/** How many run at once; the rest wait. */
const AT_ONCE = 10;
/** How many wait warm for their next invocation. */
const WARM = 6;

const closed = (): Refusal => new Refusal(500, 'ServiceException', 'The sandbox is closed.');

interface Warm {
  readonly key: string;
  readonly worker: Worker;
}

/** Runs functions in processes of their own, which stay warm while the code and its environment stay as they are. */
export function createFunctions({ root, origin, clock }: Options): Functions {
  const runtime = join(root, 'dist', 'lambda-runtime.js');
  const folders = createCodeFolders();
  const slots = createSlots(AT_ONCE);
  const kills = new Set<() => Promise<void>>();
  const runs = new Set<Promise<Invocation>>();
  let warm: readonly Warm[] = [];
  let isClosed = false;

  const register = (kill: () => Promise<void>): (() => void) => {
    kills.add(kill);
    // It was being started when the others were killed.
    if (isClosed) void kill();
    return () => void kills.delete(kill);
  };

  const open = async (code: FunctionCode) => {
    if (!existsSync(runtime)) throw new Error(`There is no ${runtime}: build the package first.`);
    const folder = await folders.unpack(code.zip, code.codeSha256);
    if (isClosed) throw closed();
    const around = { runtime, folder, origin, region: code.arn.split(':')[3] ?? '' };
    return startWorker(code, around, register);
  };
  const take = (key: string): Worker | undefined => {
    const found = warm.find((one) => one.key === key && one.worker.isAlive());
    warm = warm.filter((one) => one !== found);
    return found?.worker;
  };
  const giveBack = (key: string, worker: Worker): void => {
    if (worker.isAlive()) warm = [...warm, { key, worker }];
    // Those that have waited longest are likely for code or settings that are no more.
    for (const { worker: oldest } of warm.slice(0, -WARM)) void oldest.kill();
    warm = warm.slice(-WARM);
  };

  const run = async (code: FunctionCode, payload: Uint8Array): Promise<Invocation> => {
    if (isClosed) throw closed();
    const requestId = randomUUID();
    const key = keyOf(code);
    const standing = take(key);
    const worker = standing ?? (await open(code));
    const begun = performance.now();
    const end = (ended: Ended, initMs?: number) =>
      invocationOf(code, {
        requestId,
        printed: worker.printed(),
        ended,
        took: performance.now() - begun,
        initMs,
        at: systemClock.now(),
      });
    if ('failed' in worker) return end(worker.failed);
    const deadline = systemClock.now() + code.timeoutMs;
    const ended = await worker.run({ requestId, functionArn: code.arn, payload, deadline }, code.timeoutMs);
    giveBack(key, worker);
    return end(ended, standing ? undefined : worker.initMs);
  };

  return {
    run: (code, payload) => {
      // Real work: time that is virtual stands still meanwhile.
      const running = clock.track(() => slots.use(() => run(code, payload)));
      runs.add(running);
      return running.finally(() => runs.delete(running));
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...kills].map((kill) => kill()));
      await Promise.allSettled(runs);
      await folders.remove();
    },
  };
}

/** Everything that a worker is started with, so that what changes any of it gets a new one. */
const keyOf = ({ zip: _zip, ...code }: FunctionCode): string =>
  createHash('sha256').update(JSON.stringify(code)).digest('hex');
