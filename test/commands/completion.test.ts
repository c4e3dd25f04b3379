import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
let script = '';
beforeAll(async () => {
  program = await openProgram();
  script = (await program.run(['completion', 'bash'])).out;
});
afterAll(() => program.close());

/** What bash offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const ask = `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _eo_setup; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', ask, 'bash', 'eo-setup', ...words], {
    encoding: 'utf8',
    cwd: program.folder,
  });
  return out.split('\n').filter((line) => line !== '');
}

describe('bash completes', () => {
  test.each([
    { what: 'a command', words: ['unin'], to: ['uninstall'] },
    { what: 'the second word of a command', words: ['bootstrap', ''], to: ['genesys', 'aws'] },
    { what: 'an option', words: ['install', '--did-'], to: ['--did-start', '--did-end', '--did-provider'] },
    { what: 'an option of two words', words: ['bootstrap', 'aws', '--prin'], to: ['--print', '--principal'] },
    { what: 'a choice', words: ['install', '--did-provider', 'PURE_CLOUD_'], to: ['PURE_CLOUD_VOICE'] },
    { what: 'a choice after an equals sign', words: ['install', '--on-failure', '=', 'ro'], to: ['rollback'] },
    { what: 'a region', words: ['plan', '--genesys-region', 'us-west'], to: ['us-west-2'] },
    { what: 'nothing where a value is free', words: ['install', '--did-start', ''], to: [] },
    { what: 'an option after one whose value may be left out', words: ['status', '--sandbox', '--js'], to: ['--json'] },
  ])('$what', ({ words, to }) => {
    expect(offered(...words)).toEqual(to);
  });
});

test.each(['bash', 'zsh', 'fish'])('%s is told of every command', async (shell) => {
  const { exit, out } = await program.run(['completion', shell]);
  expect(exit).toBe(0);
  for (const command of ['install', 'status', 'verify', 'uninstall', 'bootstrap', 'completion'])
    expect(out).toContain(command);
});

test('another shell is refused with what there is', async () => {
  const { exit, err } = await program.run(['completion', 'tcsh']);
  expect(exit).toBe(2);
  expect(err).toMatch(/tcsh/);
});
