import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

const WHERE = 'https://developer.genesys.cloud/devapps/archy/';
const INSTEAD = 'or leave out --publisher archy: Genesys Cloud then publishes the flows itself';

const refusal = (message: string, hint: string) => new SetupError(message, { exit: exitCode.preflight, hint });

const isWindows = process.platform === 'win32';
const NAMES = isWindows ? ['archy.exe', 'archy.bat', 'archy.cmd'] : ['archy'];

/** The executable of Archy, by its real path: the one that is given, else the first on PATH. Throws where there is none. */
export async function findArchy(path: string | undefined, env: Env): Promise<string> {
  if (path !== undefined) return checked(path);
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders)
    for (const name of NAMES) {
      const file = join(folder, name);
      if (await isExecutable(file)) return checked(file);
    }
  throw refusal(
    'There is no Archy on this machine: no folder of PATH has an executable "archy".',
    `Download it from ${WHERE} and give its path with --archy-path, ${INSTEAD}.`,
  );
}

async function checked(path: string): Promise<string> {
  const file = await realpath(path).catch(() => undefined);
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found)
    throw refusal(`There is no Archy at ${path} (--archy-path).`, `Correct the path, ${INSTEAD}.`);
  if (!found.isFile()) throw refusal(`${path} (--archy-path) is no file.`, 'Give the path of the executable itself.');
  if (/\.(bat|cmd)$/i.test(file))
    throw refusal(
      `${file} is a batch file that only starts Archy.`,
      'Give the path of the program itself with --archy-path: it lies in the folder archyBin beside it.',
    );
  if (!(await isExecutable(file)))
    throw refusal(`${file} must not be executed.`, `Allow it with "chmod +x ${file}", then run the command again.`);
  return file;
}

const isExecutable = async (file: string): Promise<boolean> => {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return false;
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
};

/** There is something of that name, but it is another program. npm and PyPI have one each. */
export function noArchy(file: string): SetupError {
  const isFromNpm = /[\\/]node_modules[\\/](\.bin|archy)[\\/]/.test(file);
  const what = isFromNpm ? ": it is npm's package archy, which draws trees" : ', but another program of that name';
  return refusal(
    `${file} is not the Archy of Genesys Cloud${what}.`,
    `Download Archy from ${WHERE} and give its path with --archy-path, ${INSTEAD}.`,
  );
}

/** What every program needs, and nothing of ours. */
const PASSED = ['PATH', 'Path', 'SystemRoot', 'NODE_EXTRA_CA_CERTS', 'NO_PROXY', 'no_proxy'];
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * The environment that Archy gets. Its home is the private folder, so that it reads no configuration of the person's and
 * leaves nothing behind. A proxy with a password is left out: an environment is no place for secrets.
 */
export function archyEnvironment(env: Env, home: string): Readonly<Record<string, string>> {
  const kept = [...PASSED, ...PROXIES.filter((name) => !env[name]?.includes('@'))];
  const passed = kept.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return {
    ...Object.fromEntries(passed),
    ...Object.fromEntries(['HOME', 'USERPROFILE', 'TMPDIR', 'TEMP', 'TMP'].map((name) => [name, home])),
  };
}
