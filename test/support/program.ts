import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../src/clock.ts';
import type { Io } from '../../src/commands/io.ts';
import { run } from '../../src/main.ts';
import type { SandboxOptions } from '../../src/sandbox/open.ts';
import type { Profile } from '../../src/sandbox/profile.ts';
import { ownFunctions } from './functions.ts';
import { openTestSandbox, type TestSandbox } from './sandbox.ts';
import { createVirtualClock } from './virtual-clock.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How one run of the program ended, and what it wrote. */
interface Ended {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** The program in this process, in an empty folder, with a sandbox beside it; time is virtual. */
export interface Program {
  readonly sandbox: TestSandbox;
  readonly folder: string;
  /** The state of the environment `dev`. */
  readonly stateFile: string;
  /** Runs a command as it stands, without a terminal. */
  readonly run: (argv: readonly string[], more?: Partial<Io>) => Promise<Ended>;
  /** Runs a command in the sandbox, saying yes to everything. */
  readonly inSandbox: (...argv: readonly string[]) => Promise<Ended>;
  /** Operations that changed something since the last time this was asked; logins and what is tried out left out. */
  readonly writes: () => readonly string[];
  readonly now: () => number;
  readonly close: () => Promise<void>;
}

/** A stream to write to that keeps what it gets. */
function sink() {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  return { stream, text: () => text };
}

interface Options {
  readonly windows?: Profile['windows'];
  readonly observe?: SandboxOptions['observe'];
  /** Real workers, for functions that run. */
  readonly functions?: 'real';
}

export async function openProgram({ windows = {}, observe, functions }: Options = {}): Promise<Program> {
  const clock = createVirtualClock(Date.UTC(2026, 6, 1));
  const folder = mkdtempSync(join(tmpdir(), 'eo-program-'));
  const sandbox = await openTestSandbox({
    virtual: clock,
    profile: { latency: {}, windows },
    observe,
    ...(functions !== 'real' && { functions: ownFunctions }),
  });
  let last = 0;
  const runIt = (argv: readonly string[], more: Partial<Io> = {}) => runProgram(argv, { cwd: folder, clock, ...more });
  return {
    sandbox,
    folder,
    stateFile: join(folder, '.eo-setup', 'sandbox', 'dev', 'state.json'),
    run: runIt,
    inSandbox: (...argv) => runIt([...argv, '--sandbox', sandbox.origin, ...(takesYes(argv[0]) ? ['--yes'] : [])]),
    writes: () => {
      const entries = sandbox.history.entries(last);
      last = entries.at(-1)?.n ?? last;
      const written = entries.filter(({ committed, service }) => committed && service !== 'oauth');
      return written.map((one) => one.operation).filter((one) => one !== 'postIntegrationsActionTest');
    },
    now: clock.now,
    close: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const takesYes = (command: string | undefined) => ['install', 'uninstall', 'rollback'].includes(command ?? '');

/** Runs the program once, with streams that are no terminal. */
async function runProgram(
  argv: readonly string[],
  more: Partial<Io> & { readonly cwd: string; readonly clock: Clock },
): Promise<Ended> {
  const [out, err] = [sink(), sink()];
  const stdin = new PassThrough();
  stdin.end();
  const exit = await run({
    argv,
    env: {},
    stdin,
    stdout: out.stream,
    stderr: err.stream,
    root,
    random: () => 0.5,
    onSignal: () => () => undefined,
    onCrash: () => () => undefined,
    exit: () => undefined,
    ...more,
  });
  return { exit, out: out.text(), err: err.text() };
}
