import { join, resolve } from 'node:path';
import { exitCode } from '../errors/setup-error.ts';
import type { Command } from './command.ts';
import { ownName } from './own-name.ts';

/** Serves the sandbox's world until it is stopped, and says how other programs reach it. */
export const sandbox: Command = async ({ io, options, reporter, signal }) => {
  const { openSandbox } = await import('../sandbox/open.ts');
  const { loadProfile } = await import('../sandbox/profile.ts');
  const profile = await loadProfile(options.sandboxProfile ?? 'instant');
  const folder = join(resolve(io.cwd, options.stateDir ?? '.eo-setup'), 'sandbox');
  const served = await openSandbox({ folder, clock: io.clock, root: io.root, profile, port: options.port ?? 4566 });
  const { origin, variables } = served;
  reporter.show([
    `A sandbox is served at ${origin}. Press Ctrl-C to end it; its world is kept in ${folder}.`,
    '',
    'Install into it from another terminal:',
    `  ${ownName(io.env)} install --sandbox ${origin}`,
    '',
    'Point other programs at it:',
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${value}`),
  ]);
  reporter.data('serving', { origin, variables });
  await new Promise<void>((end) => {
    if (signal.aborted) end();
    else signal.addEventListener('abort', () => end(), { once: true });
  });
  await served.close();
  return { exit: exitCode.done };
};
