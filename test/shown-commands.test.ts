import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variablesFor } from '../src/sandbox/variables.ts';
import { makeArchy, type TestArchy } from './support/archy.ts';
import { openProgram, type Program } from './support/program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = readdirSync(join(root, 'docs')).map((name) => join('docs', name));
const pages = ['README.md', join('src', 'sandbox', 'README.md'), ...docs];

/** Every command of ours in a page: in its blocks, in its sentences, in a pipe. */
function shownIn(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const found = text.matchAll(/(?:^|`|\| |&& |"|\()(?:\$ )?(?:npx )?eo-setup ([a-z][^`|\n#")]*)/gm);
  return [...new Set([...found].map(([, line = '']) => line.replace(/ {2,}.*$| >.*$/, '').trim()))];
}
const shown = pages.map((page) => ({ page, lines: shownIn(page) })).filter(({ lines }) => lines.length > 0);

test('the documents show commands', () => {
  expect(shown.flatMap(({ lines }) => lines).length).toBeGreaterThan(20);
});

describe.each(shown)('every command that $page shows does what it is there for', ({ lines }) => {
  let program: Program;
  let archy: TestArchy;
  beforeAll(async () => {
    [program, archy] = [await openProgram(), makeArchy()];
    if (!lines[0]?.startsWith('install')) await run(['install']);
  });
  afterAll(async () => {
    archy.remove();
    await program.close();
  });

  /** What a reader has of his own in place of what the documents have. */
  const ours = (word: string): string => {
    if (word.startsWith('http://127.0.0.1')) return program.sandbox.origin;
    if (word.startsWith('/opt/archy')) return archy.file;
    return word === '4566' ? '0' : word;
  };
  /** A reader is signed in, has a number, says yes, and ends what goes on for ever. */
  function run(argv: readonly string[]) {
    const isServing = argv[0] === 'sandbox';
    const env = {
      ...variablesFor(program.sandbox.origin),
      EO_SETUP_DID_START: '+13175550100',
      EO_SETUP_DID_PROVIDER: 'PURE_CLOUD_VOICE',
      PATH: `${dirname(archy.file)}:${process.env['PATH']}`,
    };
    const asks = ['install', 'uninstall', 'rollback'].includes(argv[0] ?? '') || argv[1] === 'genesys';
    const yes = asks && !argv.includes('--yes') && !argv.includes('--help') ? ['--yes'] : [];
    const stop = (listener: (signal: 'SIGTERM') => void) => {
      setImmediate(() => listener('SIGTERM'));
      return () => undefined;
    };
    return program.run([...argv, ...yes], { env, ...(isServing && { onSignal: stop }) });
  }
  test.each(lines)('%s', async (line) => {
    const argv = line.split(' ').map(ours);
    const { exit, err } = await run(argv);
    // Nobody is here to press keys.
    expect(exit, err).toBe(argv[0] === 'call' ? 2 : 0);
  });
});
