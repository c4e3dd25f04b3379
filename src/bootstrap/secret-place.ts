import { access, constants, lstat, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { shellWord } from '../shell-word.ts';
import { openGcProfile } from './gc-profile-file.ts';
import { keepIn, type SecretPlace, type SignIn } from './keep-secret.ts';

interface Wanted {
  readonly writeTo: string | undefined;
  readonly toGcProfile: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The client that has a secret already; what holds that may be overwritten. */
  readonly clientId: string | undefined;
}

/** Looks whether a secret can be kept where it should be, before there is one. Undefined where it is to be shown. */
export async function openSecretPlace(wanted: Wanted): Promise<SecretPlace | undefined> {
  const { writeTo, toGcProfile, cwd, env, clientId } = wanted;
  if (toGcProfile !== undefined) return openGcProfile(toGcProfile, env, clientId);
  if (writeTo === undefined) return undefined;
  const path = resolve(cwd, writeTo);
  await checkFile(path, clientId);
  return { name: path, keep: (signIn) => keepIn(path, formatVariables(signIn)) };
}

/** Only what was written here for this very client, whose secret ends, is overwritten. */
async function checkFile(path: string, clientId: string | undefined): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found && !found.isFile()) throw unusable(path, 'it is no plain file');
  if (found && !(clientId && found.size <= MOST && holds(await readFile(path, 'utf8'), clientId)))
    throw unusable(path, 'there is a file already, which is not overwritten');
  const isWritable = await access(dirname(path), constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) throw unusable(path, 'its folder is not there, or must not be written to');
}

/** What is written here is far smaller, in bytes. */
const MOST = 10_000;

/** Whether all that a file sets is what is written here, for this client. */
function holds(text: string, clientId: string): boolean {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const isOurs = (line: string) => /^GENESYSCLOUD_(?:REGION|OAUTHCLIENT_ID|OAUTHCLIENT_SECRET)=/.test(line);
  return lines.includes(`GENESYSCLOUD_OAUTHCLIENT_ID=${clientId}`) && lines.every(isOurs);
}

const unusable = (path: string, why: string) =>
  new SetupError(`The secret cannot be written to ${path} (--write-to): ${why}.`, {
    exit: exitCode.usage,
    hint: 'Name another file. Nothing was changed.',
  });

/** As a shell, `node --env-file` and most pipelines read it. */
const formatVariables = ({ region, clientId, secret }: SignIn): string =>
  [
    '# The OAuth client that eo-setup installs with.',
    `GENESYSCLOUD_REGION=${region}`,
    `GENESYSCLOUD_OAUTHCLIENT_ID=${clientId}`,
    `GENESYSCLOUD_OAUTHCLIENT_SECRET=${shellWord(secret.reveal())}`,
    '',
  ].join('\n');
