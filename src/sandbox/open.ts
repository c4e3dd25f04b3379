import { chmod, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type Owner, takeLock } from '../lock-file.ts';
import { makeFolder } from '../make-folder.ts';
import { systemProcesses } from '../processes.ts';
import { createCommit } from './commit.ts';
import type { Functions, Incoming, Protocol } from './contract.ts';
import { controlOperations } from './control/operations.ts';
import { createControl } from './control/protocol.ts';
import { createAnswerer, type Exchange } from './exchange.ts';
import { createFaults, type Faults } from './faults.ts';
import { createHistory, type History } from './history.ts';
import { type Journal, type Line, memoryJournal, openJournal, readJournal } from './journal.ts';
import { createWindows, PROFILES, type Profile } from './profile.ts';
import { SandboxError } from './sandbox-error.ts';
import { firstWorld } from './seed.ts';
import { listen, type Sleep } from './serve.ts';
import { createLiveCalls } from './telephony/live-calls.ts';
import { variablesFor } from './variables.ts';
import { createWorld, type KeptWorld } from './world.ts';

export interface SandboxOptions {
  /** Where the world is kept; without one it is gone on close. */
  readonly folder?: string | undefined;
  readonly clock: Clock;
  /** By default `instant`. */
  readonly profile?: Profile | undefined;
  /** By default any that is free. */
  readonly port?: number | undefined;
  /** The package's root: `dist/lambda-runtime.js` lies there. */
  readonly root: string;
  readonly observe?: ((exchange: Exchange) => void) | undefined;
  /** Told of every request that no operation is there for. */
  readonly stray?: ((incoming: Incoming) => void) | undefined;
  /** Where new ids come from; by default random. */
  readonly uuid?: (() => string) | undefined;
  /** How requests sleep; by default the clock's. */
  readonly sleep?: Sleep | undefined;
  /** In place of AWS and Genesys Cloud. */
  readonly protocols?: readonly [Protocol, ...Protocol[]] | undefined;
  /** In place of worker processes. */
  readonly functions?: Functions | undefined;
}

/** A Genesys Cloud and an AWS on loopback. */
export interface Sandbox {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly world: KeptWorld;
  readonly history: History;
  readonly faults: Faults;
  readonly setProfile: (profile: Profile) => void;
  /** Back to a new world, without history or faults. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** The environment that points other clients here. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Opens a sandbox and serves it. Throws a SandboxError where its folder is in use or unreadable, or its port is taken. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder } = options;
  if (folder === undefined)
    return start(
      options,
      undefined,
      () => Promise.resolve(memoryJournal),
      () => undefined,
    );
  await prepareFolder(folder);
  const lock = join(folder, 'lock');
  const release = takeLock(lock, systemProcesses(), (owner) => inUse(lock, owner));
  const file = join(folder, 'journal.jsonl');
  try {
    return await start(options, await readJournal(file), (lines) => openJournal(file, lines), release);
  } catch (error) {
    release();
    throw error;
  }
}

async function start(
  options: SandboxOptions,
  past: readonly Line[] | undefined,
  beginJournal: (lines: readonly Line[]) => Promise<Journal>,
  release: () => void,
): Promise<Sandbox> {
  const { clock, observe, stray, port = 0, sleep = clock.sleep, uuid } = options;
  const { now } = clock;
  const { protocols, functionsAt } = await loadParts(options);
  const world = createWorld(past?.flatMap(({ changes = [] }) => changes) ?? firstWorld(), uuid);
  const history = createHistory(past?.flatMap(({ request }) => request ?? []));
  const faults = createFaults();
  const profiles = keepProfile(options.profile ?? PROFILES.instant);
  const lines = (): readonly Line[] => [
    ...world.snapshot().map((change) => ({ changes: [change] })),
    ...history.entries().map((request) => ({ request })),
  ];
  const server = await listen({ port, now, sleep });
  const journal = await beginJournal(lines()).catch(async (error) => {
    await server.close();
    throw error;
  });
  const reset = (): Promise<void> => {
    faults.set([]);
    faults.release();
    history.clear();
    world.replace(firstWorld());
    profiles.set(profiles.get());
    return journal.rewrite(lines());
  };

  const { origin } = server;
  const functions = functionsAt(origin);
  const { passedAt, get: profile, set: setProfile } = profiles;
  const surroundings = { world, functions, faults, passedAt, now };
  const liveCalls = createLiveCalls(surroundings, clock);
  const controls = { snapshot: world.snapshot, history, faults, profile, setProfile, reset, surroundings, liveCalls };
  const control = createControl(controlOperations(controls));
  const commit = createCommit({ origin, world, journal, history, functions, now, passedAt });
  server.begin(createAnswerer({ history, faults, profile, sleep, control, protocols, commit, observe, stray }));
  return {
    origin,
    world,
    history,
    faults,
    setProfile,
    reset,
    variables: variablesFor(origin),
    close: async () => {
      // Together: a request that awaits a function ends when the function does.
      await Promise.all([server.close(), functions.close()]);
      // What was changed between two requests, by a call that was going on.
      const changes = world.takeChanges();
      if (changes.length > 0) await journal.append({ changes });
      await journal.close();
      release();
    },
  };
}

async function loadParts({ protocols, functions, root, clock }: SandboxOptions) {
  const functionsAt = functions ? () => functions : await realFunctions(root, clock);
  return { protocols: protocols ?? (await realProtocols()), functionsAt };
}

async function realFunctions(root: string, clock: Clock): Promise<(origin: string) => Functions> {
  const { createFunctions } = await import('./aws/lambda/functions.ts');
  return (origin) => createFunctions({ root, origin, clock });
}

async function realProtocols(): Promise<readonly [Protocol, ...Protocol[]]> {
  const { aws } = await import('./aws/index.ts');
  const { genesys } = await import('./genesys/index.ts');
  return [aws, genesys];
}

/** The profile in force, with the counts of its `{reads}` windows, which begin again with every new one. */
function keepProfile(first: Profile) {
  let profile = first;
  let passedAt = createWindows(first);
  return {
    get: () => profile,
    set: (next: Profile) => {
      profile = next;
      passedAt = createWindows(next);
    },
    passedAt: (now: number) => passedAt(now),
  };
}

const inUse = (file: string, { pid, host }: Owner): SandboxError =>
  new SandboxError(
    'locked',
    `This sandbox is in use by process ${pid} on ${host}.`,
    'To use one sandbox from several commands, serve it with `eo-setup sandbox --port 4566` and give the others ' +
      `\`--sandbox http://127.0.0.1:4566\`. If no such process exists, delete ${file}.`,
  );

async function prepareFolder(folder: string): Promise<void> {
  await makeFolder(folder);
  if ((await lstat(folder)).isSymbolicLink()) {
    throw new SandboxError('unreadable', `The sandbox's folder ${folder} is a symbolic link.`, 'Remove the link.');
  }
  await chmod(folder, 0o700);
}
