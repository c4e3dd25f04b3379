import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { exitCodesHelp } from '../src/errors/exit-codes-help.ts';
import { variablesFor } from '../src/sandbox/variables.ts';
import type { Setting } from '../src/settings/setting.ts';
import { settingsTable } from '../src/settings/table.ts';
import { openProgram, type Program } from './support/program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cell = (text: string) => text.replaceAll('|', '\\|');

function settingsPage(): string {
  const all: readonly Setting[] = settingsTable;
  const rows = all.map(({ flag, argument, variables, fileKeys, description, example, default: value, secret }) =>
    [
      `\`--${flag} <${argument}>\``,
      variables.map((name) => `\`${name}\``).join(', '),
      secret ? 'never' : fileKeys.map((name) => `\`${name}\``).join(', '),
      `${cell(description)}${value === undefined ? '' : ` (default: ${value})`}`,
      `\`${example}\``,
    ].join(' | '),
  );
  return [
    '# Settings',
    '',
    'Each can be a flag, a variable of the environment, or a line of `eo-setup.yaml`; the first of these that has it counts, and after them the value of the last run. Values that are not valid, or missing, are all named at once.',
    '',
    '| flag | variable | key in `eo-setup.yaml` | what it is | example |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

test('docs/settings.md is what the table of settings says', async () => {
  await expect(settingsPage()).toMatchFileSnapshot('../docs/settings.md');
});

test('docs/exit-codes.md has every exit code', async () => {
  const page = ['# Exit codes', '', 'Of every command:', '', '```', exitCodesHelp, '```', ''].join('\n');
  await expect(page).toMatchFileSnapshot('../docs/exit-codes.md');
});

describe('the recipes for pipelines run as they stand', () => {
  let program: Program;
  beforeAll(async () => {
    program = await openProgram();
  });
  afterAll(() => program.close());

  /** The lines of a recipe that call the program, and the variables it sets itself. */
  const recipes = {
    'github-actions.yml': ({ jobs }: { jobs: { deploy: { env: object; steps: { run?: string }[] } } }) => ({
      env: jobs.deploy.env,
      lines: jobs.deploy.steps.flatMap(({ run }) => run ?? []),
    }),
    'gitlab-ci.yml': ({ deploy }: { deploy: { variables: object; script: string[] } }) => ({
      env: deploy.variables,
      lines: deploy.script,
    }),
  };
  test.each(Object.entries(recipes))('%s', async (name, read) => {
    const { env, lines } = read(parse(readFileSync(join(root, 'templates', 'ci', name), 'utf8')));
    const set = Object.entries(env).filter(([, value]) => !String(value).includes('${{'));
    // What the recipe takes from the secrets of its project comes from the sandbox here.
    const variables = { ...Object.fromEntries(set), ...variablesFor(program.sandbox.origin) };
    // How it comes to the runner is tried with the packed tarball: scripts/smoke.mjs.
    const own = lines.filter((line) => line.startsWith('eo-setup '));
    expect(lines).toEqual(['npm install --global --ignore-scripts "$EO_SETUP_PACKAGE"', ...own]);
    expect(own.length).toBeGreaterThan(1);
    for (const line of own)
      expect(await program.run(line.split(' ').slice(1), { env: variables }), line).toMatchObject({ exit: 0 });
    // The next runner has no state, and nothing to do.
    rmSync(join(program.folder, '.eo-setup'), { recursive: true, force: true });
    const [deploy = ''] = own;
    const again = await program.run(deploy.split(' ').slice(1), { env: variables });
    expect(again).toMatchObject({ exit: 0, out: expect.stringContaining('No changes.') });
  });
});
