import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { permissionsFor } from '../../src/preflight/permissions.ts';
import type { FlowRecord } from '../../src/sandbox/genesys/flow-record.ts';
import { permit } from '../preflight/context.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeEach(async () => {
  program = await openProgram();
  expect((await program.inSandbox('install', '--skip-verify')).exit).toBe(0);
  program.writes();
}, 30_000);
afterEach(() => program.close());

const NAME = 'dev-EventOrchestrator Workflow';
const EDIT = 'edited by Jane Doe on 2026-07-01, version 2.0';

const live = () => program.sandbox.world.list<FlowRecord>('flows').filter((flow) => flow.deletedAt === undefined);
const workflow = (): FlowRecord => {
  const found = live().find(({ type }) => type === 'WORKFLOW');
  if (!found) throw new Error('There is no workflow.');
  return found;
};
/** Does something to the workflow in Architect, as somebody else. */
async function jane(what: 'lock' | 'save' | 'publish'): Promise<void> {
  const url = `${program.sandbox.origin}/_sandbox/flows/${workflow().id}/edits`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ user: 'Jane Doe', what }) });
  expect(answer.status).toBe(200);
}
const changes = () => program.writes().filter((one) => one !== 'editFlow');
const backup = () => join(dirname(program.stateFile), 'backup');
const copyOf = (name: string) => readFileSync(join(backup(), name), 'utf8');
const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly [member: string]: unknown });

/** A command at a terminal that is never redrawn, where these lines are typed. */
async function atTerminal(argv: readonly string[], ...typed: string[]) {
  let screen = '';
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      screen += String(chunk);
      // Whoever asks only begins to read once it has asked.
      if (/\((Y\/n|y\/N)\) $/.test(screen)) setImmediate(() => stdin.write(`${typed.shift() ?? ''}\n`));
      done();
    },
  });
  const stderr = Object.assign(output, { isTTY: true });
  const { exit } = await program.run([...argv, '--sandbox', program.sandbox.origin, '--accessible'], { stdin, stderr });
  return { exit, screen: screen.replace(/\s+/g, ' ') };
}

describe('a flow that somebody edited and published', () => {
  test('is named by plan, doctor and status, and not overwritten by --yes alone', async () => {
    await jane('publish');
    program.writes();
    const plan = await program.run(['plan', '--sandbox', program.sandbox.origin]);
    expect(plan.exit).toBe(0);
    expect(plan.out).toContain(`Edited: ${NAME}: ${EDIT}; it is overwritten after a copy was kept.`);
    const doctor = await program.run(['doctor', '--sandbox', program.sandbox.origin]);
    expect([doctor.exit, doctor.out]).toEqual([0, expect.stringContaining(`flow ${NAME}: ${EDIT}.`)]);
    const { out } = await program.inSandbox('status');
    expect(out).toContain(EDIT);
    expect(out.replace(/\s+/g, ' ')).toMatch(/Run "[^"]* --overwrite-edits" to put that right/);
    const refused = await program.inSandbox('install');
    expect(refused.exit).toBe(4);
    expect(refused.err).toContain(`Changed by somebody else: ${NAME}: ${EDIT}. Nothing was changed.`);
    expect(refused.err).toContain('Add --overwrite-edits');
    const events = lines((await program.inSandbox('install', '--json')).out);
    expect(events[0]?.['steps']).toContainEqual(
      expect.objectContaining({ id: 'workflow', action: 'update', overwrites: { what: EDIT, isTheirs: true } }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'result', exit: 4 });
    expect(changes()).toEqual([]);
  });

  test('is kept as a copy and overwritten with --overwrite-edits, and where the copy lies is told', async () => {
    await jane('publish');
    const { exit, out } = await program.inSandbox('install', '--overwrite-edits', '--skip-verify', '--json');
    expect(exit).toBe(0);
    const [copy = '', ...others] = readdirSync(backup());
    expect([copy, others]).toEqual(['dev-EventOrchestrator-Workflow-2.0-2026-07-01T00-00-00Z.yaml', []]);
    const file = join(backup(), copy);
    expect(lines(out)).toContainEqual({
      type: 'copy',
      schema: 1,
      id: 'workflow',
      kind: 'genesys.flow',
      name: NAME,
      file,
    });
    expect(copyOf(copy)).toContain('# edited by Jane Doe');
    expect([backup(), file].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
    expect(workflow().publishedVersion).toBe(3);
    expect((await program.inSandbox('status')).exit).toBe(0);
    expect((await program.inSandbox('install')).out).toContain('No changes.');
  });

  test('takes a yes of its own at a terminal, where Enter alone is No', async () => {
    await jane('publish');
    program.writes();
    const no = await atTerminal(['install'], '');
    expect(no.screen).toMatch(/A copy is kept first, in .*backup\. Overwrite it\? \(y\/N\)/);
    expect([no.exit, changes()]).toEqual([8, []]);
    const yes = await atTerminal(['install', '--skip-verify'], 'y', 'y');
    expect(yes.exit).toBe(0);
    expect(workflow().publishedVersion).toBe(3);
  });

  test('stays as it is where no copy can be kept', async () => {
    await jane('publish');
    const match = { operation: 'postFlowsExportJobs' };
    program.sandbox.faults.set([{ match, when: 'before', then: 'refuse', status: 403, code: 'missing.permissions' }]);
    const { exit, err } = await program.inSandbox('install', '--overwrite-edits', '--skip-verify');
    expect(exit).toBe(4);
    expect(err).toContain(`No copy of the workflow flow "${NAME}" can be kept, so it stays as it is.`);
    expect(err).toContain('architect:jobExport:create');
    expect(workflow().publishedVersion).toBe(2);
    program.sandbox.faults.set([]);
    // Nothing of what was remembered of it is forgotten.
    expect((await program.inSandbox('install')).exit).toBe(4);
    expect((await program.inSandbox('rollback')).exit).toBe(4);
    expect((await program.inSandbox('rollback', '--overwrite-edits')).exit).toBe(0);
    expect(readdirSync(backup())).toHaveLength(1);
  });

  test('is kept as a copy before an uninstall deletes it', async () => {
    await jane('publish');
    const { exit, out } = await program.inSandbox('uninstall', '--drain', '0');
    expect(exit).toBe(0);
    expect(out).toContain(`Edited: ${NAME}: ${EDIT}; it is deleted after a copy was kept.`);
    expect(live()).toEqual([]);
    expect(readdirSync(backup()).map(copyOf)).toEqual([expect.stringContaining('# edited by Jane Doe')]);
  });
});

describe('a flow that somebody has locked', () => {
  test('is in nobody’s way while it stays as it is', async () => {
    await jane('save');
    expect((await program.inSandbox('install')).out).toContain('No changes.');
    const { exit, out } = await program.inSandbox('status');
    expect(exit).toBe(0);
    expect(out).toContain(
      'locked by Jane Doe; Jane Doe saved changes in Architect on 2026-07-01 that are not published',
    );
  });

  test('is refused before anything is changed, and taken with --force-unlock, with what was saved', async () => {
    await jane('save');
    program.writes();
    const change = ['install', '--save-prefix', 'other', '--skip-verify'];
    const refused = await program.inSandbox(...change);
    expect(refused.exit).toBe(4);
    expect(refused.out).toContain(`Locked: ${NAME}: Jane Doe has it locked.`);
    expect(refused.err).toContain(`flow ${NAME}: Jane Doe has it locked in Architect.`);
    expect(refused.err).toContain('--force-unlock');
    expect(changes()).toEqual([]);
    permit(program, permissionsFor('change'));
    const lacking = await program.inSandbox(...change, '--force-unlock');
    expect([lacking.exit, changes()]).toEqual([4, []]);
    expect(lacking.err).toContain('lacks the permission architect:flow:unlock');
    permit(program, permissionsFor('change', true));
    expect((await program.inSandbox(...change, '--force-unlock')).exit).toBe(0);
    expect(changes()).toContain('postFlowsActionsUnlock');
    expect(readdirSync(backup()).map(copyOf)).toEqual([expect.stringContaining('# edited by Jane Doe')]);
    expect(workflow()).toMatchObject({ publishedVersion: 3 });
    expect(workflow()).not.toHaveProperty('lockedBy');
  });

  test('keeps an uninstall from beginning, unless the lock may be taken away', async () => {
    await jane('lock');
    program.writes();
    const refused = await program.inSandbox('uninstall', '--drain', '0');
    expect([refused.exit, changes()]).toEqual([4, []]);
    expect(refused.err).toContain('--force-unlock');
    expect((await program.inSandbox('uninstall', '--drain', '0', '--force-unlock')).exit).toBe(0);
    expect(live()).toEqual([]);
  });
});

test('what we published ourselves but have no record of is kept as a copy, and takes no yes of its own', async () => {
  rmSync(program.stateFile);
  const { world } = program.sandbox;
  // As an eo-setup published them that did not yet say in the mark what it sent.
  for (const flow of world.list<{ id: string; description: string }>('flows'))
    world.put('flows', flow.id, { ...flow, description: flow.description.replace(/ [0-9a-f]{16}\]/, ']') });
  const { exit, out } = await program.inSandbox('install', '--recover', '--skip-verify');
  expect(exit).toBe(0);
  expect(out).toContain(`Note: ${NAME}: published by this OAuth client on 2026-07-01, version 1.0; it is overwritten`);
  expect(readdirSync(backup())).toHaveLength(3);
});
