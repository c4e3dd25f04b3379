// Packs the package, installs the tarball into an empty folder, and takes it through its main job with nothing else around.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'eo-setup-smoke-'));
const MEGABYTE = 1024 * 1024;
const limits = { packed: 2 * MEGABYTE, unpacked: 8 * MEGABYTE };

async function run(command, args, expected = 0) {
  process.stdout.write(`$ ${[command, ...args].join(' ')}\n`);
  const { exitCode, stdout, stderr } = await execa(command, args, { cwd: folder, stdin: 'ignore', reject: false });
  if (exitCode !== expected) throw new Error(`It ended with ${exitCode} instead of ${expected}:\n${stdout}\n${stderr}`);
  return stdout;
}
const demand = (holds, sentence) => {
  if (!holds) throw new Error(sentence);
};

/** What each recipe for pipelines sets, and the lines of shell that it runs. */
const recipes = {
  'github-actions.yml': ({ jobs: { deploy } }) => ({
    env: deploy.env,
    lines: deploy.steps.flatMap(({ run: line }) => line ?? []),
  }),
  'gitlab-ci.yml': ({ deploy }) => ({ env: deploy.variables, lines: deploy.script }),
};

/** Runs the recipes as a runner would, each twice: a runner has nothing installed, and no state. */
async function runRecipes(tarball) {
  const at = ['sandbox', '--port', '0', '--json'];
  const stdio = ['ignore', 'pipe', 'inherit'];
  const sandbox = spawn(join(folder, 'node_modules', '.bin', 'eo-setup'), at, { cwd: folder, stdio });
  const lines = createInterface({ input: sandbox.stdout });
  const [first] = await Promise.race([once(lines, 'line'), once(sandbox, 'exit')]);
  demand(typeof first === 'string', `The sandbox ended with ${first} before it served anything.`);
  const { variables } = JSON.parse(first);
  try {
    for (const [name, read] of Object.entries(recipes)) {
      const { env, lines } = read(parse(readFileSync(join(root, 'templates', 'ci', name), 'utf8')));
      const given = Object.fromEntries(Object.entries(env).filter(([, value]) => !String(value).includes('${' + '{')));
      for (const turn of ['first', 'second']) {
        const runner = mkdtempSync(join(folder, 'runner-'));
        copyFileSync(tarball, join(runner, basename(tarball)));
        const prefix = join(runner, 'global');
        const around = { PATH: `${join(prefix, 'bin')}:${process.env.PATH}`, npm_config_prefix: prefix, HOME: runner };
        for (const line of lines) {
          process.stdout.write(`${name}, ${turn} runner: ${line}\n`);
          const shell = { cwd: runner, env: { ...given, ...variables, ...around }, extendEnv: false, reject: false };
          const { exitCode, stdout, stderr } = await execa('bash', ['-ec', line], shell);
          demand(exitCode === 0, `It ended with ${exitCode}:\n${stdout}\n${stderr}`);
          const isIdle = turn === 'first' || !line.includes(' install --yes') || /No changes/.test(stdout);
          demand(isIdle, `The second runner has changes:\n${stdout}`);
        }
      }
    }
  } finally {
    sandbox.kill('SIGTERM');
  }
}

try {
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [{ filename, size, unpackedSize, files }] = JSON.parse((await execa('npm', packing, { cwd: root })).stdout);
  process.stdout.write(`${filename}: ${size} bytes packed, ${unpackedSize} unpacked, ${files.length} files\n`);
  demand(size <= limits.packed, `It is larger than ${limits.packed} bytes.`);
  demand(unpackedSize <= limits.unpacked, `Unpacked it is larger than ${limits.unpacked} bytes.`);
  demand(!files.some(({ path }) => /^(test|src|shared)\//.test(path)), 'It holds what is not for users.');
  await run('npm', ['init', '--yes']);
  await run('npm', ['install', '--ignore-scripts', '--offline', '--no-audit', '--no-fund', join(folder, filename)]);
  demand(
    readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')).length === 1,
    'It needs other packages.',
  );
  const eoSetup = (args, expected) => run(join(folder, 'node_modules', '.bin', 'eo-setup'), args, expected);
  demand(/^\d+\.\d+\.\d+$/.test(await eoSetup(['--version'])), 'It does not tell its version.');
  await eoSetup(['install', '--sandbox', '--yes']);
  demand(/No changes/.test(await eoSetup(['install', '--sandbox', '--yes'])), 'A second install has changes.');
  await eoSetup(['status']);
  await eoSetup(['uninstall', '--yes', '--drain', '0']);
  demand(/Nothing is installed/.test(await eoSetup(['status'])), 'Something is left.');
  demand(statSync(join(folder, '.eo-setup')).mode % 0o100 === 0, 'Its folder is open to others.');
  await runRecipes(join(folder, filename));
  process.stdout.write('The packed tarball does its main job, and so do the recipes for pipelines.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
