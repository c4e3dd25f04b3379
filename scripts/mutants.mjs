// Breaks the engine in known ways, one at a time, and proves that a test notices: test/mutants.json lists them.
// It works in copies, so the tree is never touched. `node scripts/mutants.mjs ledger` takes only those that match.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('..', import.meta.url));
const AT_ONCE = 2;
const LONGEST = 120_000;
const RESULTS = 'results.json';
const CONFIG = "export default { test: { pool: 'threads', isolate: false, testTimeout: 60_000, bail: 1 } };\n";

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

/** Runs test files, or those of their tests that a pattern names, and gives each test's outcome. */
async function runTests(folder, files, name) {
  rmSync(join(folder, RESULTS), { force: true });
  const report = ['--reporter=json', '--outputFile', RESULTS];
  const chosen = name === undefined ? [] : ['-t', name];
  const run = await execa('npx', ['vitest', 'run', '--config', 'vitest.config.mjs', ...report, ...chosen, ...files], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
    timeout: LONGEST,
  });
  if (run.timedOut) return { end: 'it does not end', tests: [] };
  try {
    const { testResults } = JSON.parse(readFileSync(join(folder, RESULTS), 'utf8'));
    const tests = testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({ file, fullName, status })),
    );
    return { end: `${run.stdout}${run.stderr}`.slice(-1_000), tests };
  } catch {
    return { end: `${run.stdout}${run.stderr}`.slice(-1_000), tests: [] };
  }
}

/** A sentence where the mutant is not caught; undefined where it is. */
async function problemOf(folder, { file, search, replace, test, name }) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const [before, after, ...more] = text.split(search);
  if (after === undefined || more.length > 0)
    return `its text is ${after === undefined ? 'not' : 'more than once'} in ${file}`;
  writeFileSync(path, before + replace + after);
  try {
    const { end, tests } = await runTests(folder, [test], name);
    if (tests.some(({ status }) => status === 'failed')) return undefined;
    return tests.length > 0 ? 'no test notices' : `the tests do not run: ${end}`;
  } finally {
    writeFileSync(path, text);
  }
}

/** Every test that a mutant names must pass without it, and there must be one. */
async function checkUnmutated(folder, mutants) {
  const files = [...new Set(mutants.map(({ test }) => test))];
  const names = [...new Set(mutants.map(({ name }) => name ?? ''))];
  // Any name will do where a mutant names none.
  const { end, tests } = await runTests(folder, files, names.includes('') ? undefined : names.join('|'));
  const failed = tests.find(({ status }) => status === 'failed');
  if (failed) throw new Error(`Without any mutant this test fails: ${failed.fullName}\n${end}`);
  for (const { why, test, name = '' } of mutants) {
    const isNamed = ({ file, fullName, status }) =>
      status === 'passed' && file.endsWith(test) && fullName.includes(name);
    if (!tests.some(isNamed))
      throw new Error(`No test "${name}" passes in ${test}, which is to notice: ${why}.\n${end}`);
  }
}

async function work(folder, queue, survived) {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const problem = await problemOf(folder, mutant);
    if (problem) survived.push(mutant);
    process.stdout.write(`${problem ? 'SURVIVED' : 'caught  '}  ${mutant.why}${problem ? `: ${problem}` : ''}\n`);
  }
}

/** @param {readonly Mutant[]} mutants */
async function main(mutants) {
  if (mutants.length === 0) throw new Error('No mutant is called so: test/mutants.json lists them.');
  const folders = Array.from({ length: AT_ONCE }, copyTree);
  const survived = [];
  try {
    await checkUnmutated(folders[0], mutants);
    const queue = [...mutants];
    await Promise.all(folders.map((folder) => work(folder, queue, survived)));
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`mutants: ${mutants.length - survived.length} caught, ${survived.length} survived\n`);
  return survived.length === 0;
}

const [, , only = ''] = process.argv;
const all = JSON.parse(readFileSync(join(root, 'test', 'mutants.json'), 'utf8'));
try {
  if (!(await main(all.filter(({ why, file }) => `${why} ${file}`.includes(only))))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
