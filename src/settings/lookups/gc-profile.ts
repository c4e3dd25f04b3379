import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { exitCode, SetupError } from '../../errors/setup-error.ts';
import { readAtMost, readProblem } from '../read-at-most.ts';

type Env = Readonly<Record<string, string | undefined>>;

const LARGEST = 1024 * 1024;

/** `~/.gc/config.toml`: a table a profile, with `client_credentials` for the id of the client. */
const configSchema = z.record(z.string(), z.unknown());
const text = z.union([z.string(), z.number()]).transform(String).optional();
const profileSchema = z.object({
  environment: text,
  client_credentials: text,
  client_secret: text,
  gateway_host: text,
  gateway_port: text,
  gateway_protocol: text,
});
type Profile = z.infer<typeof profileSchema>;

/** Everything that the file has, as it is. */
export type GcConfig = z.infer<typeof configSchema>;

/** What a profile of the Genesys Cloud CLI stands for: variables of the environment, and where they come from in words. */
export interface GcProfile {
  readonly variables: Readonly<Record<string, string>>;
  readonly source: string;
}

/** Where the Genesys Cloud CLI keeps its profiles. Throws where nobody knows whose. */
export function gcConfigFile(env: Env): string {
  const home = env['HOME'] || env['USERPROFILE'];
  if (home) return join(home, '.gc', 'config.toml');
  throw new SetupError('The profiles of the Genesys Cloud CLI cannot be found: there is no home folder.', {
    exit: exitCode.usage,
    hint: 'Set HOME, or give region, client id and secret themselves.',
  });
}

/** Reads the profile of this name. Throws where there is none that can be signed in with. */
export async function readGcProfile(name: string, env: Env): Promise<GcProfile> {
  const file = gcConfigFile(env);
  const { config } = (await readGcConfig(file)) ?? {};
  if (!config) throw unusable(file, 'it does not exist');
  const found = profileIn(config, name);
  const source = `profile "${name}" of ${file}`;
  if (!found) throw noProfile(name, file, Object.keys(config));
  const { client_credentials: id, client_secret: secret } = found;
  if (!id || !secret)
    throw new SetupError(`The ${source} has no client to sign in as.`, {
      exit: exitCode.usage,
      hint: 'Give it client_credentials (the id of an OAuth client of the type Client Credentials) and client_secret: gc profiles new.',
    });
  return { variables: variablesOf(found), source };
}

function variablesOf(profile: Profile): GcProfile['variables'] {
  const { environment, client_credentials, client_secret, gateway_host, gateway_port, gateway_protocol } = profile;
  const all = {
    GENESYSCLOUD_REGION: environment || undefined,
    GENESYSCLOUD_OAUTHCLIENT_ID: client_credentials,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: client_secret,
    // A gateway is taken whole: port and protocol of another one mean nothing to it.
    ...(gateway_host && {
      GENESYSCLOUD_GATEWAY_HOST: gateway_host,
      GENESYSCLOUD_GATEWAY_PORT: gateway_port ?? '',
      GENESYSCLOUD_GATEWAY_PROTOCOL: gateway_protocol || 'https',
    }),
  };
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** All of the file, and as it is written; undefined where there is none. What its errors quote is left out: it may be a secret. */
export async function readGcConfig(
  file: string,
): Promise<{ readonly config: GcConfig; readonly text: string } | undefined> {
  let contents: string | undefined;
  try {
    contents = await readAtMost(createReadStream(file), LARGEST);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unusable(file, readProblem(error));
  }
  if (contents === undefined) throw unusable(file, 'it is too long');
  const { parse, TomlError } = await import('smol-toml');
  try {
    return { config: configSchema.parse(parse(contents)), text: contents };
  } catch (error) {
    throw unusable(file, error instanceof TomlError ? `line ${error.line} is no TOML` : 'it is no TOML');
  }
}

/** The key that a profile has in the file: the CLI does not tell upper and lower case apart. */
export const keyOf = (config: GcConfig, name: string): string | undefined =>
  Object.keys(config).find((key) => key.toLowerCase() === name.toLowerCase());

/** What a profile says, as far as it is of use; undefined where there is none of this name. */
export function profileIn(config: GcConfig, name: string): Profile | undefined {
  const key = keyOf(config, name);
  return key === undefined ? undefined : profileSchema.safeParse(config[key]).data;
}

const unusable = (file: string, why: string) =>
  new SetupError(`The profiles of the Genesys Cloud CLI cannot be read from ${file}: ${why}.`, {
    exit: exitCode.usage,
    hint: 'Make a profile with "gc profiles new", or give region, client id and secret themselves.',
  });

const noProfile = (name: string, file: string, names: readonly string[]) =>
  new SetupError(`There is no profile "${name}" in ${file}.`, {
    exit: exitCode.usage,
    hint: names.length > 0 ? `Name one of these: ${names.join(', ')}.` : 'Make one with "gc profiles new".',
  });
