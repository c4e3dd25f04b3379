import * as z from 'zod';
import { type Aws, awsIdentity, connectAws } from '../clients/aws.ts';
import { awsEndpoints, endpointsInEnv, formatEndpoints } from '../clients/aws-endpoints.ts';
import { gatewayOf } from '../clients/gateway.ts';
import { connectGenesys, type Genesys } from '../clients/genesys.ts';
import { proxiesOf, proxySecrets } from '../clients/proxies.ts';
import { ProxyAgent } from '../clients/proxy-agent.ts';
import { Secret } from '../clients/redact.ts';
import type { Connection, Waiting } from '../clients/retry.ts';
import { stopTogether } from '../engine/own-signal.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Identity } from '../settings/complete.ts';
import type { Values } from '../settings/gather.ts';
import { domains, type GenesysRegion } from '../settings/regions.ts';
import { readSecret } from '../settings/secret.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';

/** Both clouds, and who we are to them. */
export interface Clouds {
  readonly aws: Connection<Aws>;
  readonly genesys: Connection<Genesys>;
  readonly identity: Identity;
  /** What Genesys Cloud was signed in to with. */
  readonly client: OAuthClient;
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
  const client = { genesysRegion: text('genesysRegion'), clientId: text('clientId'), clientSecret };
  // Where one refuses, nobody goes on trying the other.
  return stopTogether(invocation.signal, async (signal) => {
    const within = { ...invocation, signal };
    const aws = await awsOf(within, env, { awsRegion: text('awsRegion'), awsProfile: text('awsProfile') });
    const genesys = genesysOf(within, env, client);
    return { aws, genesys, identity: await identify(aws, genesys), client };
  });
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

/** The AWS clients; from here on the keys in the environment are not shown. Says so where the profile leads elsewhere. */
export async function awsOf(
  invocation: Invocation,
  env: Io['env'],
  { awsRegion, awsProfile }: { readonly awsRegion: string; readonly awsProfile: string | undefined },
): Promise<Connection<Aws>> {
  invocation.terminal.hide(...awsSecrets(env));
  const endpoints = await awsEndpoints(env, awsProfile || undefined);
  const [named, all] = [formatEndpoints(endpointsInEnv(env)), formatEndpoints(endpoints)];
  // Those of the environment are told by the command.
  if (named.join() !== all.join()) invocation.reporter.say(`Endpoints by the AWS profile: ${all.join(', ')}.`);
  const profile = awsProfile || undefined;
  return connectAws({
    ...waitingOf(invocation),
    ...networkOf(invocation, env),
    region: awsRegion,
    profile,
    env,
    endpoints,
  });
}

/** An OAuth client, and the region that knows it. */
export interface OAuthClient {
  readonly genesysRegion: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** The Genesys Cloud client; from here on the secret is not shown. */
export function genesysOf(
  invocation: Invocation,
  env: Io['env'],
  { genesysRegion, ...client }: OAuthClient,
): Connection<Genesys> {
  invocation.terminal.hide(client.clientSecret);
  const domain = domains[genesysRegion as GenesysRegion];
  const gateway = gatewayOf(env);
  return connectGenesys({ ...waitingOf(invocation), ...networkOf(invocation, env), domain, gateway, ...client });
}

/** How the vendors are reached: through the proxies of the environment, whose passwords are not shown from here on. */
function networkOf({ terminal }: Invocation, env: Io['env']) {
  const proxyFor = proxiesOf(env);
  if (!proxyFor) return {};
  terminal.hide(...proxySecrets(env).map((password) => new Secret(password)));
  return { agent: new ProxyAgent(proxyFor) };
}

/** What waiting takes, outside of the engine. */
export const waitingOf = ({ io, signal, reporter }: Invocation): Waiting => ({
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
