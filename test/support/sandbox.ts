import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/clock.ts';
import type { FaultInput } from '../../src/sandbox/faults.ts';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/open.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Holds everything against the vendor's description, where there is one: see `contract-setup.ts`. */
const watched = process.env['GENESYS_CONTRACT'] ? await import('../contract/watch.ts') : undefined;

/** The repository, where `dist/lambda-runtime.js` is built to. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Ids that are the same in every run: `00000000-0000-4000-8000-000000000001` and so on. */
export function createUuids(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-8000-${last.toString(16).padStart(12, '0')}`;
  };
}

export interface TestSandbox extends Sandbox {
  /** What handlers threw that is no refusal. `close` throws the first of them. */
  readonly bugs: readonly unknown[];
}

interface TestOptions extends Partial<Omit<SandboxOptions, 'sleep'>> {
  /** Time as the product sees it too: requests that wait let it go on. */
  readonly virtual?: VirtualClock;
  readonly broken?: readonly FaultInput[];
}

/** Opens a sandbox for a test: in memory, instant and with ids that do not vary, unless the options say otherwise. */
export async function openTestSandbox({ virtual, broken = [], ...options }: TestOptions = {}): Promise<TestSandbox> {
  const bugs: unknown[] = [];
  const sandbox = await openSandbox({
    clock: virtual ?? systemClock,
    root,
    uuid: createUuids(),
    ...options,
    ...(virtual && { sleep: virtual.sleepInside }),
    observe: (exchange) => {
      if (exchange.bug !== undefined) bugs.push(exchange.bug);
      watched?.watch(exchange);
      options.observe?.(exchange);
    },
    stray: (incoming) => {
      watched?.watchStray(incoming);
      options.stray?.(incoming);
    },
  });
  sandbox.faults.set(broken);
  return {
    ...sandbox,
    bugs,
    close: async () => {
      await sandbox.close();
      if (bugs.length > 0) throw bugs[0];
    },
  };
}
