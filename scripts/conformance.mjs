// Installs what the AWS half is held against into .cache/conformance, at pinned versions: two AWS servers that we did not
// write (moto, ministack) with AWS's own models of its services (botocore), the AWS CLI, and AWS's runtime for functions.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache', 'conformance');
const RIC = 'aws-lambda-ric@4.0.2';

async function run(command, args, cwd = root) {
  const { exitCode, all, shortMessage } = await execa(command, args, {
    cwd,
    stdin: 'ignore',
    reject: false,
    all: true,
  });
  if (exitCode !== 0) throw new Error(`${shortMessage ?? command}\n${all ?? ''}`);
}

async function python(folder, requirements) {
  await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]);
  const pip = [
    '-m',
    'pip',
    '--disable-pip-version-check',
    'install',
    '--quiet',
    '--no-deps',
    '--no-compile',
    '--requirement',
  ];
  await run(join(folder, 'bin', 'python'), [...pip, requirements]);
}

/** It asks for Node 22, runs on 20, and builds a part of it in C++. */
async function ric(folder) {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  await run('npm', ['install', '--no-audit', '--no-fund', '--save-exact', RIC], folder);
}

const requirements = (name) => join(root, 'test', 'conformance', name);
const parts = [
  { name: 'servers', of: await readFile(requirements('requirements.txt'), 'utf8'), file: 'requirements.txt' },
  { name: 'cli', of: await readFile(requirements('cli-requirements.txt'), 'utf8'), file: 'cli-requirements.txt' },
  { name: 'ric', of: `${RIC} ${process.versions.modules}` },
];

/** Installs one part, unless it is there as it should be. */
async function install({ name, of, file }) {
  const folder = join(cache, name);
  const stamp = join(folder, 'installed');
  const wanted = createHash('sha256').update(`${of}${folder}`).digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  const start = Date.now();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await (file ? python(folder, requirements(file)) : ric(folder));
  await writeFile(stamp, wanted);
  process.stdout.write(`${name} installed in ${Math.round((Date.now() - start) / 1000)} s\n`);
}

const failed = (await Promise.allSettled(parts.map(install))).flatMap(({ reason }) => reason ?? []);
for (const { message } of failed)
  process.stderr.write(`What conformance is tested with cannot be installed: ${message}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
