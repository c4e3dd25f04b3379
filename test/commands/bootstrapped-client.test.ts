import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rolePermissions } from '../../src/bootstrap/wanted.ts';
import { permissionsFor } from '../../src/preflight/permissions.ts';
import { genesysPermissions } from '../../src/preflight/rules/genesys-permissions.ts';
import type { FlowRecord } from '../../src/sandbox/genesys/flow-record.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { contextIn } from '../preflight/context.ts';
import { openRig } from '../resources/rig.ts';
import { bootstrapped } from '../support/bootstrapped.ts';
import { live, WHOLE } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';

describe('the client that bootstrap makes', () => {
  let program: Program;
  beforeEach(async () => {
    program = await openProgram();
    await program.inSandbox('bootstrap', 'genesys', '--yes');
  });
  afterEach(() => program.close());

  /** Runs a command as that client. */
  const asClient = (...argv: readonly string[]) => {
    const [client] = bootstrapped(program.sandbox).clients;
    writeFileSync(join(program.folder, 'secret'), client?.secret ?? '');
    return program.inSandbox(...argv, '--client-id', client?.id ?? '', '--client-secret-file', 'secret');
  };
  const callers = () =>
    program.sandbox.history
      .entries()
      .filter(({ service, operation }) => service === 'genesys' && operation === 'postFlowsJobs')
      .map(({ caller }) => caller);

  test('installs, changes and uninstalls everything, and hears of nothing that it lacks', async () => {
    expect(await asClient('install')).toMatchObject({ exit: 0, err: expect.not.stringMatching(/Warning|Not known/) });
    expect(callers().every((caller) => caller === bootstrapped(program.sandbox).clients[0]?.id)).toBe(true);
    expect((await asClient('status')).exit).toBe(0);
    expect((await asClient('install', '--did-end', '+13175550109', '--trigger-scope', 'all')).exit).toBe(0);
    expect((await asClient('uninstall', '--drain', '0')).exit).toBe(0);
    expect(Object.keys(WHOLE).flatMap((collection) => live(program.sandbox.world, collection))).toEqual([]);
  });

  test('takes the place of the client of the last run: what it has locked itself is in nobody’s way', async () => {
    await program.inSandbox('install');
    const [client] = bootstrapped(program.sandbox).clients;
    const { world } = program.sandbox;
    for (const flow of world.list<FlowRecord>('flows')) world.put('flows', flow.id, { ...flow, lockedBy: client?.id });
    const { exit, out } = await asClient('status');
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.not.stringContaining('locked') });
    expect((await asClient('uninstall', '--drain', '0')).exit).toBe(0);
  });

  test('may take a lock away with --force-unlock', async () => {
    await asClient('install');
    const { world } = program.sandbox;
    for (const flow of world.list<FlowRecord>('flows')) world.put('flows', flow.id, { ...flow, lockedBy: 'ann' });
    expect((await asClient('uninstall', '--drain', '0')).exit).toBe(4);
    expect((await asClient('uninstall', '--drain', '0', '--force-unlock')).exit).toBe(0);
  });

  test('is told what it lacks before anything is changed, where its role lost something', async () => {
    const [role] = bootstrapped(program.sandbox).roles;
    const permissions = rolePermissions().filter((one) => one !== 'architect:ui:view');
    program.sandbox.world.put('authorization-roles', role?.id ?? '', { ...role, permissions });
    program.writes();
    const { exit, err } = await asClient('install');
    expect({ exit, err }).toMatchObject({
      exit: 4,
      err: expect.stringContaining('lacks the permission architect:ui:view'),
    });
    expect(program.writes()).toEqual([]);
  });
});

test('a client that has its permissions by a role, and lacks one of them, is told of that one', async () => {
  const rig = await openRig();
  const { world } = rig.sandbox;
  // A client that has nothing of its own, as the API makes them.
  world.put('oauth-clients', SEED.clientId, { id: SEED.clientId, name: 'C', secret: SEED.clientSecret, createdAt: 0 });
  const grant = { subjectId: SEED.clientId, roleId: 'r', divisionId: SEED.homeDivisionId, createdAt: 0 };
  world.put('grants', 'g', grant);
  const role = { id: 'r', name: 'Installer', description: '', createdAt: 0 };
  for (const lacking of permissionsFor('change')) {
    world.put('authorization-roles', 'r', { ...role, permissions: rolePermissions().filter((one) => one !== lacking) });
    const findings = await genesysPermissions.check(contextIn(rig));
    expect(findings).toMatchObject([
      { severity: 'error', message: `The OAuth client lacks the permission ${lacking}.` },
    ]);
  }
  world.put('authorization-roles', 'r', { ...role, permissions: rolePermissions() });
  expect(await genesysPermissions.check(contextIn(rig))).toMatchObject([{ severity: 'ok' }]);
  await rig.sandbox.close();
});
