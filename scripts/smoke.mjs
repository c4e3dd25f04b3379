// Packs the package, installs the tarball into an empty folder, and takes it through its main job with nothing else around.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

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
  process.stdout.write('The packed tarball does its main job.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
