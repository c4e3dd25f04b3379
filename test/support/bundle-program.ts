import { join } from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../../src/assets.ts';

/** Bundles a program that imports from `./src/…` into a folder, to run in a process of its own, and gives its path. */
export async function bundleProgram(contents: string, folder: string, format: 'cjs' | 'esm' = 'cjs'): Promise<string> {
  const outfile = join(folder, format === 'cjs' ? 'program.cjs' : 'program.mjs');
  const stdin = { contents, resolveDir: packageRoot(import.meta.url), loader: 'ts' } as const;
  await build({ stdin, bundle: true, platform: 'node', format, outfile, logLevel: 'error' });
  return outfile;
}
