// Builds what `npx eo-setup` needs into dist/, or into the folder that is given.
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const root = fileURLToPath(new URL('..', import.meta.url));

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.17',
  mainFields: ['module', 'main'],
  minify: true,
  // Errors are told apart by their names.
  keepNames: true,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'error',
  // CommonJS packages inside an ES module still want a `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** The program, in chunks so that a command loads only what it uses; and what the sandbox runs a function in, in one file. */
const programs = [
  { entry: 'src/main.ts', options: (out) => ({ outdir: out, splitting: true, chunkNames: 'chunks/[name]-[hash]' }) },
  {
    entry: 'src/sandbox/aws/lambda/runtime/bootstrap.ts',
    options: (out) => ({ outfile: join(out, 'lambda-runtime.js') }),
  },
];

/** Names in order, one file mode, and a local date, which is written alike in every time zone: the same bytes everywhere. */
function zip(files) {
  const options = { mtime: new Date(1980, 0, 1), os: 3, attrs: (0o100644 << 16) >>> 0, level: 9 };
  const names = Object.keys(files).sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, [files[name], options]])));
}

async function buildLambda(name, out) {
  const entryPoints = [`lambdas/${name}/handler.ts`];
  const { outputFiles } = await build({ ...common, entryPoints, outfile: 'index.mjs', write: false });
  const bytes = zip({ 'index.mjs': outputFiles[0].contents });
  await writeFile(join(out, `${name}.zip`), bytes);
  return [name, { sha256: createHash('sha256').update(bytes).digest('hex') }];
}

/** Each function bundled with its pinned dependencies and zipped, and a list of their hashes. */
async function buildLambdas(out) {
  await mkdir(out, { recursive: true });
  const names = (await readdir(join(root, 'lambdas'))).sort();
  const manifest = await Promise.all(names.map((name) => buildLambda(name, out)));
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(Object.fromEntries(manifest), null, 2)}\n`);
}

const [, , folder] = process.argv;
const final = folder ? resolve(folder) : join(root, 'dist');
// Built beside it and then put in its place: whoever runs meanwhile finds the old one whole.
const out = `${final}.new-${process.pid}`;

/** Where another build was quicker by a moment, it has put the same there. */
async function putInPlace() {
  const old = `${final}.new-${process.pid}-old`;
  await rename(final, old).catch(() => undefined);
  try {
    await rename(out, final);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

try {
  await buildLambdas(join(out, 'lambdas'));
  await Promise.all(programs.map(({ entry, options }) => build({ ...common, entryPoints: [entry], ...options(out) })));
  await putInPlace();
} catch (error) {
  // What esbuild found it has written already.
  if (!error.errors) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
