import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkBeforePublish, lintRendered } from '../../src/commands/lint-own-flows.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(() => program.close());

const write = (name: string, text: string) => writeFileSync(join(program.folder, name), text);
const GOOD =
  'workflow:\n  name: A\n  startUpRef: "/workflow/states/state[a]"\n  states:\n    - state: {name: A, refId: a, actions: [{endWorkflow: {exitReason: {lit: done}}}]}\n';
const own = { inbound: GOOD, secure: GOOD, workflow: GOOD };
const BAD = GOOD.replace('state[a]', 'state[b]');

test('without files, the three flows are checked as they are published, and nothing is wrong with them', async () => {
  const { exit, out } = await program.run(['lint']);
  expect({ exit, last: out.trim().split('\n').at(-1) }).toEqual({
    exit: 0,
    last: '3 flows: 0 errors, 0 warnings, 1 note.',
  });
});

test('a finding is one line: place, severity, message and rule', async () => {
  write('bad.yaml', BAD);
  const { exit, out } = await program.run(['lint', 'bad.yaml']);
  expect(exit).toBe(2);
  expect(out).toContain(
    'bad.yaml:3:15 error startUpRef leads nowhere: there is no state "b". Did you mean "a"? [references]\n',
  );
  expect(out).toMatch(/1 flow: 1 error, 0 warnings, 0 notes\.\n$/);
});

test('warnings and notes alone are no failure', async () => {
  write('good.yaml', GOOD.replace('{lit: done}', '{noValue: true}'));
  expect(await program.run(['lint', 'good.yaml'])).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/^good.yaml:5.* note /),
  });
});

test('every file is read, even after one that cannot be', async () => {
  mkdirSync(join(program.folder, 'folder'));
  writeFileSync(join(program.folder, 'binary.yaml'), Uint8Array.of(0xff, 0xfe, 0));
  write('bad.yaml', BAD);
  const { exit, out } = await program.run(['lint', 'missing.yaml', 'folder', 'binary.yaml', 'bad.yaml']);
  expect(exit).toBe(2);
  const why = [
    ['missing.yaml', 'it does not exist'],
    ['folder', 'it is a folder'],
    ['binary.yaml', 'it is not text in UTF-8'],
  ];
  for (const [file, said] of why) expect(out).toContain(`${file}:1:1 error the file cannot be checked: ${said}`);
  expect(out).toContain('bad.yaml:3:15 error');
  expect(out).toMatch(/4 flows: 4 errors/);
});

test('with --json every finding is a record, and the last line says how many', async () => {
  write('bad.yaml', BAD);
  const { exit, out } = await program.run(['lint', 'bad.yaml', '--json']);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(exit).toBe(2);
  expect(lines[0]).toMatchObject({
    type: 'finding',
    ...{ severity: 'error', rule: 'references', file: 'bad.yaml', line: 3, column: 15, path: '/workflow/startUpRef' },
  });
  expect(lines.at(-1)).toMatchObject({
    type: 'result',
    command: 'lint',
    exit: 2,
    flows: 1,
    errors: 1,
    warnings: 0,
    notes: 0,
  });
});

test('nothing is sent, and no state is looked for', async () => {
  await program.run(['lint']);
  expect(program.sandbox.history.entries(0)).toEqual([]);
});

test('a flow with an error is not published: the run ends with the places', () => {
  expect(() => checkBeforePublish({ ...own, secure: BAD }, [], () => undefined)).toThrow(
    expect.objectContaining({
      exit: 2,
      details: [expect.stringContaining('flows/secure-call.yaml (rendered):3:15 error')],
    }),
  );
});

test('a warning is said, a note is not, and both are published', () => {
  const said: string[] = [];
  const text = GOOD.replace('name: A\n', 'name: on\n').replace('{lit: done}', '{noValue: true}');
  checkBeforePublish({ ...own, workflow: text }, [], (line) => said.push(line));
  expect(said).toEqual([expect.stringMatching(/^flows\/workflow.yaml \(rendered\):2:9 warning on without quotes/)]);
  expect(lintRendered({ ...own, workflow: text }, [])).toHaveLength(2);
});
