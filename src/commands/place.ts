import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endpointOf } from '../clients/gateway.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { sandboxIdentity, variablesFor } from '../sandbox/variables.ts';
import { shellWord } from '../shell-word.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { ownName } from './own-name.ts';

/** Where a command works: on a real organization and account, or in a sandbox. */
export interface Place {
  readonly isSandbox: boolean;
  /** Where the state of this environment lies. */
  readonly folder: string;
  /** The environment variables that settings are read from; those that lead to a sandbox only come with `open`. */
  readonly env: Io['env'];
  /** What to type for another command to work here: `status` → `eo-setup status --sandbox`. */
  readonly again: (command: string) => string;
  /** What takes the place of the vendors' own addresses, in words. */
  readonly endpoint: string | undefined;
  /** Starts the sandbox if it is the embedded one. */
  readonly open: () => Promise<OpenPlace>;
}

/** A place that calls can be sent to. */
interface OpenPlace {
  readonly env: Io['env'];
  readonly close: () => Promise<void>;
}

/** Commands that change nothing real without being told so; the others fall back to the sandbox where only it has a state. */
export type Fallback = 'no fallback' | 'to the sandbox';

/** Decides where to work. Touches nothing yet. */
export function choosePlace(io: Io, options: Options, environment: string, fallback: Fallback): Place {
  const base = resolve(io.cwd, options.stateDir ?? '.eo-setup');
  const sandbox = join(base, 'sandbox');
  const hasState = (folder: string) => existsSync(join(folder, environment, 'state.json'));
  const again = (command: string, ...where: readonly string[]) => {
    const kept = options.stateDir === undefined ? [] : [`--state-dir ${shellWord(options.stateDir)}`];
    const named = environment === 'dev' ? [] : [`--environment ${environment}`];
    return [ownName(io.env), command, ...where, ...kept, ...named].join(' ');
  };
  const falls = fallback === 'to the sandbox' && !hasState(base) && hasState(sandbox);
  if (options.sandbox === undefined && !falls) {
    const open = () => Promise.resolve({ env: io.env, close: () => Promise.resolve() });
    const endpoint = endpointOf(io.env);
    return { isSandbox: false, again, folder: join(base, environment), env: io.env, endpoint, open };
  }
  // Nothing of a real account may slip into a sandbox run.
  const env = Object.fromEntries(Object.entries(io.env).filter(([name]) => !/^(AWS_|GENESYSCLOUD_)/.test(name)));
  const served = typeof options.sandbox === 'string' ? servedAt(options.sandbox) : undefined;
  return {
    isSandbox: true,
    again: (command) =>
      again(command, typeof options.sandbox === 'string' ? `--sandbox ${options.sandbox}` : '--sandbox'),
    folder: join(sandbox, environment),
    env: { ...env, ...sandboxIdentity },
    endpoint: 'sandbox',
    open: async () => {
      const { variables, close } = served ?? (await embedded(io, options, sandbox));
      return { env: { ...env, ...variables }, close };
    },
  };
}

async function embedded(io: Io, { sandboxProfile }: Options, folder: string) {
  const { openSandbox } = await import('../sandbox/open.ts');
  const { loadProfile } = await import('../sandbox/profile.ts');
  const profile = await loadProfile(sandboxProfile ?? 'instant');
  return openSandbox({ folder, clock: io.clock, root: io.root, profile });
}

function servedAt(url: string) {
  if (!URL.canParse(url) || !['127.0.0.1', 'localhost'].includes(new URL(url).hostname))
    throw new SetupError(`"${url}" (--sandbox) is not the address of a sandbox on this machine.`, {
      exit: exitCode.usage,
      hint: 'Give the address that `eo-setup sandbox` printed, such as http://127.0.0.1:4566.',
    });
  const origin = new URL(url).origin.replace('localhost', '127.0.0.1');
  return { variables: variablesFor(origin), close: () => Promise.resolve() };
}
