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
export async function connect(
  { io, options, terminal, reporter, signal }: Invocation,
  env: Io['env'],
  values: Values,
): Promise<Clouds> {
  const clientSecret = await readSecret({
    file: options.flags['clientSecret'],
    cwd: io.cwd,
    variable: env['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
    stdin: io.stdin,
  });
  if (!clientSecret)
    throw new SetupError('The secret of the OAuth client is missing.', {
      exit: exitCode.usage,
      hint: 'Give it in GENESYSCLOUD_OAUTHCLIENT_SECRET, or name a file that holds it with --client-secret-file.',
    });
  terminal.hide(clientSecret, ...awsSecrets(env));
  const waiting: Waiting = {
    clock: io.clock,
    signal,
    random: io.random,
    note: (message) => reporter.say(`Waiting for ${message}.`),
  };
  const text = (id: 'awsRegion' | 'awsProfile' | 'genesysRegion' | 'clientId') => String(values[id]?.value ?? '');
  const aws = connectAws({ ...waiting, region: text('awsRegion'), profile: text('awsProfile') || undefined, env });
  const genesys = connectGenesys({
    ...waiting,
    domain: domains[text('genesysRegion') as GenesysRegion],
    gateway: gatewayOf(env),
    clientId: text('clientId'),
    clientSecret,
  });
  return { aws, genesys, identity: await identify(aws, genesys) };
}

/** What must not be shown of the keys that AWS is signed in to with. */
const awsSecrets = (env: Io['env']): readonly Secret[] =>
  ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].flatMap((name) => (env[name] ? [new Secret(env[name])] : []));

const organization = z.object({ id: z.string().min(1), name: z.string().nullish() });

async function identify(aws: Aws, genesys: Genesys): Promise<Identity> {
  const [who, { id, name }] = await Promise.all([
    awsIdentity(aws),
    genesys.call({ operation: 'GET /api/v2/organizations/me', schema: organization }),
  ]);
  return {
    awsAccount: who.account,
    awsPartition: who.partition,
    awsArn: who.arn,
    organizationId: id,
    organizationName: name ?? id,
  };
}
