import { look } from '../bootstrap/look.ts';
import { CLIENT_NAME, ROLE_NAME } from '../bootstrap/wanted.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { type Administration, withAdministration } from './administration.ts';
import { agree } from './ask.ts';
import { makeRoleAndClient } from './bootstrap-make.ts';
import type { Command, Invocation, Outcome } from './command.ts';

/** Makes what an installation is signed in to Genesys Cloud with: a role, and an OAuth client that has it. */
export const bootstrapGenesys: Command = async (invocation) => {
  checkOptions(invocation);
  return withAdministration(invocation, (administration) =>
    invocation.options.remove
      ? removeRoleAndClient(invocation, administration)
      : makeRoleAndClient(invocation, administration),
  );
};

/** What is wrong with the options, before anybody is asked anything. */
function checkOptions({ options }: Invocation): void {
  const { remove, newSecret, writeTo, toGcProfile, json, dryRun, sandbox } = options;
  const usage = (message: string, hint: string) => new SetupError(message, { exit: exitCode.usage, hint });
  if (writeTo !== undefined && toGcProfile !== undefined)
    throw usage('--write-to and --to-gc-profile are two places for one secret.', 'Give one of them.');
  if (sandbox && toGcProfile !== undefined)
    throw usage(
      'A profile of the Genesys Cloud CLI is of a real organization, and this is the sandbox.',
      'Keep the secret in a file with --write-to.',
    );
  if (remove && (newSecret || writeTo !== undefined || toGcProfile !== undefined))
    throw usage('With --remove there is no secret to make or to keep.', 'Leave out the other options.');
  if (json && !remove && !dryRun && writeTo === undefined && toGcProfile === undefined)
    throw usage('With --json no secret is shown.', 'Say where to keep it, with --write-to or --to-gc-profile.');
}

/** Takes role and client away again. */
async function removeRoleAndClient(invocation: Invocation, administration: Administration): Promise<Outcome> {
  const { reporter, options } = invocation;
  const { work, home } = administration;
  await administration.check('remove');
  const found = await look(work.genesys, work.administrator);
  const { role, client } = found;
  const what = [
    ...(client ? [`OAuth client "${client.name}" (${client.id})`] : []),
    ...(role ? [`role "${role.name}" (${role.id})`] : []),
  ];
  reporter.data('bootstrap', { removes: { client: client?.id, role: role?.id } });
  if (what.length === 0) {
    reporter.show([
      `Nothing to take away: there is no role "${ROLE_NAME}" and no OAuth client "${CLIENT_NAME}" of eo-setup.`,
    ]);
    return { exit: exitCode.done, changes: false };
  }
  reporter.show(['', 'Plan:', ...what.map((one) => `  delete  ${one}`), '']);
  if (client) reporter.say('Whatever signs in as that client cannot do so any more. What it installed stays.');
  if (options.dryRun) return { exit: exitCode.done, changes: true };
  await agree(invocation, { message: `Delete ${what.join(' and ')}?`, byDefault: false });
  const { remove } = await import('../bootstrap/remove.ts');
  await remove(work, found, home.id);
  reporter.show(['', 'Role and client are gone.']);
  return { exit: exitCode.done, changes: true };
}
