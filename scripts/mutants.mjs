// Breaks the engine in known ways, one at a time, and proves that a test notices: test/mutants.json lists them.
// It works in a copy, so the tree is never touched. `node scripts/mutants.mjs ledger` takes only those that match.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('..', import.meta.url));
const AT_ONCE = 2;
const CONFIG = "export default { test: { pool: 'threads', isolate: false, testTimeout: 120_000, bail: 1 } };\n";

/** @typedef {{ why: string, file: string, search: string, replace: string, test: string, name?: string }} Mutant */

/** A copy of what the tests need; packages are shared. */
function copyTree() {
  const folder = mkdtempSync(join(tmpdir(), 'eo-mutants-'));
  for (const part of ['src', 'test', 'templates', 'flows', 'lambdas', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  writeFileSync(join(folder, 'vitest.config.mjs'), CONFIG);
  return folder;
}

const runTest = (folder, { test, name }) =>
  execa('npx', ['vitest', 'run', '--config', 'vitest.config.mjs', test, ...(name ? ['-t', name] : [])], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
  });

/** A sentence where the mutant is not caught; undefined where it is. */
async function problemOf(folder, mutant) {
  const path = join(folder, mutant.file);
  const text = readFileSync(path, 'utf8');
  const [before, after, ...more] = text.split(mutant.search);
  if (after === undefined || more.length > 0)
    return `its text is ${after === undefined ? 'not' : 'more than once'} in ${mutant.file}`;
  writeFileSync(path, before + mutant.replace + after);
  try {
    const { exitCode, stdout } = await runTest(folder, mutant);
    if (exitCode === 0) return 'no test notices';
    return /Tests .*failed/.test(stdout) ? undefined : `the tests do not even run:\n${stdout.slice(-1_000)}`;
  } finally {
    writeFileSync(path, text);
  }
}

/** Every test that a mutant names must pass without it, and there must be one. */
async function checkBaseline(folder, mutants) {
  const named = new Map(mutants.map((mutant) => [`${mutant.test} ${mutant.name ?? ''}`, mutant]));
  for (const mutant of named.values()) {
    const { exitCode, stdout } = await runTest(folder, mutant);
    if (exitCode !== 0 || !/Tests .*[1-9]\d* passed/.test(stdout))
      throw new Error(`${mutant.test} (${mutant.name ?? 'all'}) does not pass unmutated:\n${stdout.slice(-1_000)}`);
  }
}

const [, , only = ''] = process.argv;
const all = JSON.parse(readFileSync(join(root, 'test', 'mutants.json'), 'utf8'));
const mutants = all.filter(({ why, file }) => `${why} ${file}`.includes(only));
const folders = Array.from({ length: AT_ONCE }, copyTree);
let [next, caught] = [0, 0];
const survived = [];

async function work(folder) {
  while (next < mutants.length) {
    const mutant = mutants[next];
    next += 1;
    const problem = await problemOf(folder, mutant);
    if (problem) survived.push(mutant.why);
    else caught += 1;
    process.stdout.write(`${problem ? 'SURVIVED' : 'caught  '}  ${mutant.why}${problem ? `: ${problem}` : ''}\n`);
  }
}

try {
  await checkBaseline(folders[0], mutants);
  await Promise.all(folders.map(work));
  process.stdout.write(`mutants: ${caught} caught, ${survived.length} survived\n`);
  if (survived.length > 0 || caught === 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
