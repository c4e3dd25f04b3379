import * as z from 'zod';
import { type Aws, awsIdentity, connectAws } from '../clients/aws.ts';
import { gatewayOf } from '../clients/gateway.ts';
import { connectGenesys, type Genesys } from '../clients/genesys.ts';
import { Secret } from '../clients/redact.ts';
import type { Waiting } from '../clients/retry.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Identity } from '../settings/complete.ts';
import type { Values } from '../settings/gather.ts';
import { domains, type GenesysRegion } from '../settings/regions.ts';
import { readSecret } from '../settings/secret.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';

/** Both clouds, and who we are to them. */
export interface Clouds {
  readonly aws: Aws;
  readonly genesys: Genesys;
  readonly identity: Identity;
}

/** Makes the clients and signs in to both clouds at once. */
export async function connect(invocation: Invocation, env: Io['env'], values: Values): Promise<Clouds> {
  const clientSecret = await clientSecretOf(invocation, env);
  if (!clientSecret)
    throw new SetupError('The secret of the OAuth client is missing.', {
      exit: exitCode.usage,
      hint: 'Give it in GENESYSCLOUD_OAUTHCLIENT_SECRET, or name a file that holds it with --client-secret-file.',
    });
  const text = (id: 'awsRegion' | 'awsProfile' | 'genesysRegion' | 'clientId') => String(values[id]?.value ?? '');
  const aws = awsOf(invocation, env, { awsRegion: text('awsRegion'), awsProfile: text('awsProfile') });
  const client = { genesysRegion: text('genesysRegion'), clientId: text('clientId'), clientSecret };
  const genesys = genesysOf(invocation, env, client);
  return { aws, genesys, identity: await identify(aws, genesys) };
}

/** The secret as it was answered, or as it was given. */
export const clientSecretOf = async ({ io, options, answers }: Invocation, env: Io['env']) =>
  answers?.secret ??
  (await readSecret({
    file: options.flags['clientSecret'],
    cwd: io.cwd,
    variable: env['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
    stdin: io.stdin,
  }));

/** The AWS clients; from here on the keys in the environment are not shown. */
export function awsOf(
  invocation: Invocation,
  env: Io['env'],
  { awsRegion, awsProfile }: { readonly awsRegion: string; readonly awsProfile: string | undefined },
): Aws {
  invocation.terminal.hide(...awsSecrets(env));
  return connectAws({ ...waitingOf(invocation), region: awsRegion, profile: awsProfile || undefined, env });
}

interface OAuthClient {
  readonly genesysRegion: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** The Genesys Cloud client; from here on the secret is not shown. */
export function genesysOf(invocation: Invocation, env: Io['env'], { genesysRegion, ...client }: OAuthClient): Genesys {
  invocation.terminal.hide(client.clientSecret);
  const domain = domains[genesysRegion as GenesysRegion];
  return connectGenesys({ ...waitingOf(invocation), domain, gateway: gatewayOf(env), ...client });
}

/** What waiting takes, outside of the engine. */
const waitingOf = ({ io, signal, reporter }: Invocation): Waiting => ({
  clock: io.clock,
  signal,
  random: io.random,
  note: (message) => reporter.say(`Waiting for ${message}.`),
});

/** What must not be shown of the keys that AWS is signed in to with. */
const awsSecrets = (env: Io['env']): readonly Secret[] =>
  ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].flatMap((name) => (env[name] ? [new Secret(env[name])] : []));

const organization = z.object({ id: z.string().min(1), name: z.string().nullish() });

async function identify(aws: Aws, genesys: Genesys): Promise<Identity> {
  const [who, { id, name }] = await Promise.all([awsIdentity(aws), organizationOf(genesys)]);
  return {
    awsAccount: who.account,
    awsPartition: who.partition,
    awsArn: who.arn,
    organizationId: id,
    organizationName: name,
  };
}

/** Signs in, and asks whose client it is. */
export async function organizationOf(genesys: Genesys): Promise<{ readonly id: string; readonly name: string }> {
  const { id, name } = await genesys.call({ operation: 'GET /api/v2/organizations/me', schema: organization });
  return { id, name: name ?? id };
}
