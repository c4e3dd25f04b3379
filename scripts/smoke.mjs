// Packs the package, installs the tarball into an empty folder, and takes it through its main job with nothing else around.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'eo-setup-smoke-'));
const MEGABYTE = 1024 * 1024;
const limits = { packed: 2 * MEGABYTE, unpacked: 8 * MEGABYTE };

const run = (command, args, expected = 0) => {
  process.stdout.write(`$ ${[command, ...args].join(' ')}\n`);
  const options = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
  try {
    return check(execFileSync(command, args, options), 0);
  } catch (error) {
    if (typeof error.status !== 'number') throw error;
    return check(error.stdout, error.status);
  }
  function check(output, status) {
    if (status !== expected) throw new Error(`It ended with ${status} instead of ${expected}:\n${output}`);
    return output;
  }
};
const demand = (holds, sentence) => {
  if (!holds) throw new Error(sentence);
};

try {
  const [{ filename, size, unpackedSize, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  process.stdout.write(`${filename}: ${size} bytes packed, ${unpackedSize} unpacked, ${files.length} files\n`);
  demand(size <= limits.packed, `It is larger than ${limits.packed} bytes.`);
  demand(unpackedSize <= limits.unpacked, `Unpacked it is larger than ${limits.unpacked} bytes.`);
  demand(!files.some(({ path }) => /^(test|src|shared)\//.test(path)), 'It holds what is not for users.');
  run('npm', ['init', '--yes']);
  run('npm', ['install', '--ignore-scripts', '--offline', '--no-audit', '--no-fund', join(folder, filename)]);
  demand(
    readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')).length === 1,
    'It needs other packages.',
  );
  const eoSetup = (args, expected) => run(join(folder, 'node_modules', '.bin', 'eo-setup'), args, expected);
  demand(/^\d+\.\d+\.\d+\n$/.test(eoSetup(['--version'])), 'It does not tell its version.');
  eoSetup(['install', '--sandbox', '--yes']);
  demand(/No changes/.test(eoSetup(['install', '--sandbox', '--yes'])), 'A second install has changes.');
  eoSetup(['status']);
  eoSetup(['uninstall', '--yes', '--drain', '0']);
  demand(/Nothing is installed/.test(eoSetup(['status'])), 'Something is left.');
  demand(statSync(join(folder, '.eo-setup')).mode % 0o100 === 0, 'Its folder is open to others.');
  process.stdout.write('The packed tarball does its main job.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
