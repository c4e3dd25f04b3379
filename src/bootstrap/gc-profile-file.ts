import { mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { gcConfigFile, keyOf, profileIn, readGcConfig } from '../settings/lookups/gc-profile.ts';
import { domains } from '../settings/regions.ts';
import { keepIn, type SecretPlace, type SignIn } from './keep-secret.ts';

/**
 * A profile of the Genesys Cloud CLI as the place of a secret. Throws where there is one of this name for another client
 * than the one that has a secret already.
 */
export async function openGcProfile(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  clientId: string | undefined,
): Promise<SecretPlace> {
  const file = gcConfigFile(env);
  const { config = {} } = (await readGcConfig(file)) ?? {};
  const holds = profileIn(config, name)?.client_credentials;
  const isTaken = keyOf(config, name) !== undefined && (clientId === undefined || holds !== clientId);
  if (isTaken)
    throw new SetupError(`There is a profile "${name}" in ${file} already, for another client.`, {
      exit: exitCode.usage,
      hint: 'Name another one with --to-gc-profile. Nothing was changed.',
    });
  return { name: `profile "${name}" of ${file}`, keep: (signIn) => keepProfile(file, name, signIn) };
}

async function keepProfile(file: string, name: string, { region, clientId, secret }: SignIn): Promise<void> {
  const { stringify } = await import('smol-toml');
  const profile = { environment: domains[region], client_credentials: clientId, client_secret: secret.reveal() };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Read again: the CLI may have changed it meanwhile.
  const { config = {}, text = '' } = (await readGcConfig(file)) ?? {};
  const key = keyOf(config, name);
  if (key !== undefined) {
    const before = config[key];
    const kept = typeof before === 'object' && before !== null ? before : {};
    return keepIn(await pathOf(file), stringify({ ...config, [key]: { ...kept, ...profile } }));
  }
  // What is there stays as it is written, comments and all.
  const table = stringify({ [name]: profile });
  await keepIn(await pathOf(file), text.trim() === '' ? table : `${text.trimEnd()}\n\n${table}`);
}

/** A link stays a link: what it leads to is written. */
const pathOf = (file: string): Promise<string> => realpath(file).catch(() => file);
