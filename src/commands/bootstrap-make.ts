import type { SecretPlace } from '../bootstrap/keep-secret.ts';
import { type Found, look, permissionsThere } from '../bootstrap/look.ts';
import { type Credentials, make } from '../bootstrap/make.ts';
import { type BootstrapPlan, changesAnything, givesSecret, planBootstrap } from '../bootstrap/plan.ts';
import { openSecretPlace } from '../bootstrap/secret-place.ts';
import { CLIENT_NAME, ROLE_NAME, rolePermissions } from '../bootstrap/wanted.ts';
import { exitCode } from '../errors/setup-error.ts';
import { shellWord } from '../shell-word.ts';
import { formatBootstrap } from '../ui/format-bootstrap.ts';
import type { Administration } from './administration.ts';
import { agree } from './ask.ts';
import type { Invocation, Outcome } from './command.ts';

/** Makes role and client, or brings them to what they should be; a secret is shown once, or kept where it was asked for. */
export async function makeRoleAndClient(invocation: Invocation, administration: Administration): Promise<Outcome> {
  const { options, io } = invocation;
  const { work, divisions } = administration;
  await administration.check('make');
  const [found, there] = await Promise.all([look(work.genesys, work.administrator), permissionsThere(work.genesys)]);
  const plan = planBootstrap(found, {
    permissions: rolePermissions(),
    there,
    divisions: divisions.map(({ id }) => id),
    newSecret: options.newSecret === true,
  });
  showPlan(invocation, administration, found, plan);
  if (!changesAnything(plan)) return unchanged(invocation, administration, found);
  const { writeTo, toGcProfile, dryRun } = options;
  const wanted = { writeTo, toGcProfile, cwd: io.cwd, env: io.env, clientId: found.client?.id };
  const secretPlace = givesSecret(plan) ? await openSecretPlace(wanted) : undefined;
  if (dryRun) return { exit: exitCode.done, changes: true };
  await agree(invocation, { message: 'Go ahead?', byDefault: true });
  const keep = (credentials: Credentials) => deliver(invocation, administration, secretPlace, credentials);
  const made = await make(work, found, plan, keep);
  conclude(invocation, administration, { plan, clientId: made.clientId, secretPlace });
  const { id: organization } = administration.organization;
  return { exit: exitCode.done, changes: true, ...made, organization, secretIn: secretPlace?.name };
}

function showPlan({ reporter }: Invocation, { divisions }: Administration, found: Found, plan: BootstrapPlan): void {
  const names = {
    role: found.role?.name ?? ROLE_NAME,
    client: found.client?.name ?? CLIENT_NAME,
    division: (id: string) => divisions.find((one) => one.id === id)?.name ?? id,
  };
  reporter.data('bootstrap', plan);
  if (changesAnything(plan)) reporter.show(['', 'Plan:', ...formatBootstrap(plan, names), '']);
  else if (plan.unknown.length > 0)
    reporter.say(`The organization does not know ${plan.unknown.join(', ')}; its licence may lack them.`);
}

const SECRET_IS_GONE = [
  'The secret of the client was given out when it was made, and nobody can see it again.',
  'To have another one made, which ends the first: add --new-secret to the command.',
];

function unchanged({ reporter }: Invocation, { organization }: Administration, { role, client }: Found): Outcome {
  reporter.show(['No changes: role and client are as they should be.', ...SECRET_IS_GONE]);
  return { exit: exitCode.done, changes: false, roleId: role?.id, clientId: client?.id, organization: organization.id };
}

/** At once: whatever comes after it must not cost the secret. */
async function deliver(
  { reporter, terminal }: Invocation,
  { region }: Administration,
  place: SecretPlace | undefined,
  { id, secret }: Credentials,
): Promise<void> {
  if (place) {
    terminal.hide(secret);
    await place.keep({ region, clientId: id, secret });
    return reporter.say(`Wrote the id and the secret of the client to ${place.name}.`);
  }
  reporter.show([
    '',
    'The OAuth client to install with. Its secret is shown this once:',
    `  id      ${id}`,
    `  secret  ${secret.reveal()}`,
  ]);
  terminal.hide(secret);
}

interface End {
  readonly plan: BootstrapPlan;
  readonly clientId: string;
  readonly secretPlace: SecretPlace | undefined;
}

/** What to do next with it. */
function conclude({ reporter, options }: Invocation, { place }: Administration, { plan, clientId, secretPlace }: End) {
  if (!givesSecret(plan)) return reporter.show(['', 'Role and client are as they should be.', ...SECRET_IS_GONE]);
  const { toGcProfile } = options;
  const how = (command: string) => {
    if (!secretPlace) return `${place.again(command)} --client-id ${clientId} --client-secret-file -`;
    // In the sandbox no variables count.
    if (place.isSandbox)
      return `(. ${shellWord(secretPlace.name)}; echo "$GENESYSCLOUD_OAUTHCLIENT_SECRET") | ${place.again(command)} --client-id ${clientId} --client-secret-file -`;
    if (toGcProfile !== undefined) return `${place.again(command)} --gc-profile ${toGcProfile}`;
    return `set -a; . ${shellWord(secretPlace.name)}; set +a; ${place.again(command)}`;
  };
  reporter.show([
    '',
    'Next, once its permissions are in force, which takes up to five minutes:',
    `  ${how('doctor')}`,
    `  ${how('install')}`,
  ]);
}
