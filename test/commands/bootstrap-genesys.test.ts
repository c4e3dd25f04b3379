import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rolePermissions } from '../../src/bootstrap/wanted.ts';
import type { Io } from '../../src/commands/io.ts';
import type { Profile } from '../../src/sandbox/profile.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { permit } from '../preflight/context.ts';
import { bootstrapped } from '../support/bootstrapped.ts';
import { openProgram, type Program } from '../support/program.ts';
import { SALES } from '../support/sales.ts';

let program: Program;
const open = async (windows: Profile['windows'] = { 'grant.known': { ms: 5_000 }, 'role.gone': { ms: 3_000 } }) => {
  program = await openProgram({ windows });
};
beforeEach(() => open());
afterEach(() => program.close());

const bootstrap = (...argv: readonly string[]) => program.inSandbox('bootstrap', 'genesys', '--yes', ...argv);
const there = () => bootstrapped(program.sandbox);
const secretOf = () => there().clients[0]?.secret ?? '';

describe('the first time', () => {
  test('role and client are made, and the administrator has nothing more than before', async () => {
    expect(await bootstrap()).toMatchObject({ exit: 0 });
    const { roles, clients, lent, granted } = there();
    expect(roles.map(({ name }) => name)).toEqual(['eo-setup Event Orchestration']);
    expect(roles[0]?.permissions.toSorted()).toEqual(rolePermissions());
    expect(clients.map(({ name }) => name)).toEqual(['eo-setup']);
    expect(granted).toMatchObject([
      { subjectId: clients[0]?.id, roleId: roles[0]?.id, divisionId: SEED.homeDivisionId },
    ]);
    expect(lent).toEqual([]);
  });

  test('the secret is shown once, on stdout, and nowhere else', async () => {
    const { out, err } = await bootstrap();
    expect(out.split(secretOf())).toHaveLength(2);
    expect(out).toContain(`id      ${there().clients[0]?.id}`);
    expect(err).not.toContain(secretOf());
    expect((await bootstrap()).out).not.toContain(secretOf());
  });

  test('nothing is asked for ten seconds after the administrator was given the role, and that is told', async () => {
    const { err } = await bootstrap();
    expect(err).toContain('Waiting 10 s without asking');
    const entries = program.sandbox.history.entries();
    const at = entries.findIndex(({ operation }) => operation === 'postAuthorizationSubjectDivisionRole');
    const [given, next] = entries.slice(at, at + 2);
    expect(next?.operation).toBe('postOauthClients');
    expect((next?.at ?? 0) - (given?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  });

  test('where the role takes minutes to be known, that is waited for with few questions', async () => {
    await program.close();
    await open({ 'grant.known': { ms: 100_000 } });
    const { exit, err } = await bootstrap();
    expect({ exit, ...there() }).toMatchObject({ exit: 0, clients: [{ name: 'eo-setup' }], lent: [] });
    expect(err).toContain('which takes up to five minutes');
    const asked = program.sandbox.history.entries().filter(({ operation }) => operation === 'postOauthClients');
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  test('where it is never known, that ends with 9, and the role is taken back', async () => {
    await program.close();
    await open({ 'grant.known': { ms: 3_600_000 } });
    expect((await bootstrap()).exit).toBe(9);
    expect(there()).toMatchObject({ clients: [], lent: [] });
  });

  test('a division of the flows is one more that the client has the role in', async () => {
    program.sandbox.world.put('divisions', SALES.id, SALES);
    expect((await bootstrap('--division', 'Sales')).exit).toBe(0);
    expect(there().granted.map(({ divisionId }) => divisionId)).toEqual([SEED.homeDivisionId, 'd']);
    expect(there().lent).toEqual([]);
  });

  test('a plan alone changes nothing, and names every permission', async () => {
    const { exit, out } = await program.inSandbox('bootstrap', 'genesys', '--dry-run');
    expect(exit).toBe(0);
    expect(out).toContain('processautomation:trigger: add, delete, edit, ');
    expect(program.writes()).toEqual([]);
  });

  test('what the organization does not know is left out of the role, and said', async () => {
    const { world } = program.sandbox;
    world.put('meta', 'world', { ...world.get('meta', 'world'), unlicensed: ['processautomation'] });
    const { exit, out } = await bootstrap();
    expect(exit).toBe(0);
    expect(out).toContain('which the organization does not know');
    expect(out).toContain('! processautomation:trigger: add, delete, edit');
    expect(there().roles[0]?.permissions.filter((one) => one.startsWith('processautomation:'))).toEqual([]);
    expect((await bootstrap()).err).toContain('The organization does not know processautomation:trigger:add');
  });

  test('without a yes, and where nobody can be asked, nothing is changed', async () => {
    expect((await program.inSandbox('bootstrap', 'genesys')).exit).toBe(2);
    expect(program.writes()).toEqual([]);
  });
});

describe('another time', () => {
  beforeEach(async () => {
    await bootstrap();
    program.writes();
  });

  test('nothing is made twice, and it is said how to have another secret', async () => {
    const { exit, out } = await bootstrap();
    expect(exit).toBe(0);
    expect(out).toContain('No changes');
    expect(out).toContain('--new-secret');
    expect(program.writes()).toEqual([]);
  });

  test('a role that somebody changed is as it should be again, and what changes is named', async () => {
    const [role] = there().roles;
    const permissions = ['architect:flow:launch', ...rolePermissions().filter((one) => one !== 'architect:ui:view')];
    program.sandbox.world.put('authorization-roles', role?.id ?? '', { ...role, permissions });
    const { exit, out } = await bootstrap();
    expect(exit).toBe(0);
    expect(out).toContain('+ architect:ui: view');
    expect(out).toContain('- architect:flow: launch');
    expect(there().roles[0]?.permissions.toSorted()).toEqual(rolePermissions());
    expect(program.writes()).toEqual(['putAuthorizationRole']);
  });

  test('another secret is made where it is asked for, and the first is worth nothing', async () => {
    const first = secretOf();
    const { exit, out } = await bootstrap('--new-secret');
    expect(exit).toBe(0);
    expect(secretOf()).not.toBe(first);
    expect(out).toContain(secretOf());
    expect(there()).toMatchObject({ clients: [{}], lent: [] });
  });

  test('a client that was switched off is switched on', async () => {
    const [client] = there().clients;
    program.sandbox.world.put('oauth-clients', client?.id ?? '', { ...client, state: 'inactive' });
    expect((await bootstrap()).exit).toBe(0);
    expect(there()).toMatchObject({ clients: [{ state: 'active' }], lent: [] });
  });

  test('with the credentials of the client that was made, it is refused', async () => {
    await program.close();
    await open({});
    await bootstrap();
    const [client] = there().clients;
    writeFileSync(join(program.folder, 'secret'), secretOf());
    const [role] = there().roles;
    program.sandbox.world.put('authorization-roles', role?.id ?? '', { ...role, permissions: ['*'] });
    const { exit, err } = await bootstrap('--client-id', client?.id ?? '', '--client-secret-file', 'secret');
    expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('and not of an administrator') });
  });
});

describe('the secret is kept', () => {
  test('in a file that only its owner can read, with --json too, and is not shown', async () => {
    const { exit, out, err } = await bootstrap('--json', '--write-to', 'installer.env');
    const result = JSON.parse(out.trim().split('\n').at(-1) ?? '');
    const path = join(program.folder, 'installer.env');
    expect({ exit, result }).toMatchObject({
      exit: 0,
      result: {
        type: 'result',
        command: 'bootstrap genesys',
        changes: true,
        clientId: there().clients[0]?.id,
        secretIn: path,
      },
    });
    expect(readFileSync(path, 'utf8')).toContain(`GENESYSCLOUD_OAUTHCLIENT_SECRET=${secretOf()}`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(out + err).not.toContain(secretOf());
  });

  test('where the command that is named next reads it from', async () => {
    const { out } = await bootstrap('--write-to', 'installer.env');
    const path = join(program.folder, 'installer.env');
    expect(out).toContain(`(. ${path}; echo "$GENESYSCLOUD_OAUTHCLIENT_SECRET") | `);
    const echo = ['-c', `. ${path}; echo "$GENESYSCLOUD_OAUTHCLIENT_SECRET"`];
    expect((await execa('sh', echo)).stdout).toBe(secretOf());
  });

  test('in a profile of the Genesys Cloud CLI, which other commands then sign in with', async () => {
    await program.close();
    await open({});
    const env = { HOME: program.folder };
    const argv = ['bootstrap', 'genesys', '--yes', '--to-gc-profile', 'installer'];
    const { exit, out, err } = await program.run(argv, { env: { ...program.sandbox.variables, ...env } });
    expect(exit).toBe(0);
    expect(out + err).not.toContain(secretOf());
    const ended = await doctorAs(env, '--gc-profile', 'installer');
    expect(ended).toMatchObject({ exit: 0, err: expect.stringContaining('Genesys Cloud: Cloud Store') });
    const callers = program.sandbox.history
      .entries()
      .filter(({ operation }) => operation === 'getFlows')
      .map(({ caller }) => caller);
    expect(new Set(callers)).toEqual(new Set([there().clients[0]?.id]));
  });

  test.each([
    [['--json'], 'no secret is shown'],
    [['--write-to', 'a', '--to-gc-profile', 'b'], 'two places'],
    [['--to-gc-profile', 'a'], 'this is the sandbox'],
    [['--to-gc-profile', 'my profile'], 'letters, digits, - and _'],
    [['--remove', '--new-secret'], 'no secret to make'],
  ])('and %j is refused before anything is asked', async (argv, said) => {
    const { exit, out, err } = await bootstrap(...argv);
    expect({ exit, said: out + err }).toMatchObject({ exit: 2, said: expect.stringContaining(said) });
    expect(program.sandbox.history.entries()).toEqual([]);
  });

  test('or nothing is changed, where it could not be', async () => {
    writeFileSync(join(program.folder, 'mine'), 'mine');
    expect((await bootstrap('--write-to', 'mine')).exit).toBe(2);
    expect(program.writes()).toEqual([]);
  });
});

/** Runs doctor where no sandbox is named: the variables lead there, but for who signs in to Genesys Cloud. */
const doctorAs = (more: Io['env'], ...argv: readonly string[]) => {
  const {
    GENESYSCLOUD_OAUTHCLIENT_ID: _,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: __,
    ...variables
  } = program.sandbox.variables;
  const numbers = ['--did-start', '+13175550100', '--did-provider', 'PURE_CLOUD_VOICE'];
  return program.run(['doctor', ...numbers, ...argv], { env: { ...variables, ...more } });
};

describe('a profile of the Genesys Cloud CLI', () => {
  const home = () => ({ HOME: program.folder });
  beforeEach(() => {
    mkdirSync(join(program.folder, '.gc'));
    const text = `[admin]\nenvironment = "us-east-1"\nclient_credentials = "${SEED.clientId}"\nclient_secret = "${SEED.clientSecret}"\n`;
    writeFileSync(join(program.folder, '.gc', 'config.toml'), text);
  });

  test('is signed in with, and goes before the variables', async () => {
    const others = { GENESYSCLOUD_OAUTHCLIENT_ID: 'nobody', GENESYSCLOUD_OAUTHCLIENT_SECRET: 'nothing' };
    expect((await doctorAs({ ...home(), ...others }, '--gc-profile', 'admin')).exit).toBe(0);
    expect((await doctorAs({ ...home(), ...others, EO_SETUP_GC_PROFILE: 'admin' })).exit).toBe(0);
  });

  test('that eo-setup.yaml names stands back where a client is given', async () => {
    writeFileSync(join(program.folder, 'eo-setup.yaml'), 'gc-profile: admin\n');
    expect((await doctorAs(home())).exit).toBe(0);
    const others = { GENESYSCLOUD_OAUTHCLIENT_ID: 'nobody', GENESYSCLOUD_OAUTHCLIENT_SECRET: 'nothing' };
    expect((await doctorAs({ ...home(), ...others })).exit).toBe(2);
  });

  test('is not taken into the sandbox', async () => {
    const argv = ['doctor', '--sandbox', program.sandbox.origin, '--gc-profile', 'admin'];
    expect(await program.run(argv, { env: home() })).toMatchObject({
      exit: 2,
      err: expect.stringContaining('this is the sandbox'),
    });
  });

  test('is where a value is said to come from that is not valid', async () => {
    writeFileSync(
      join(program.folder, '.gc', 'config.toml'),
      '[admin]\nenvironment = "mars"\nclient_credentials = "x"\nclient_secret = "s3cr3t"\n',
    );
    const { exit, err } = await doctorAs(home(), '--gc-profile', 'admin');
    expect(exit).toBe(2);
    expect(err).toContain('"mars" (profile "admin" of ');
    expect(err).not.toContain('s3cr3t');
  });
});

describe('what is in the way is told before anything is changed:', () => {
  test('every permission that the administrator lacks', async () => {
    permit(program, ['authorization:role:view', 'oauth:client:view']);
    const { exit, err } = await bootstrap();
    expect(exit).toBe(4);
    for (const permission of ['authorization:role:add', 'authorization:grant:add', 'oauth:client:add'])
      expect(err).toContain(permission);
    expect(program.writes()).toEqual([]);
  });

  test('a role of this name that somebody else made', async () => {
    program.sandbox.world.put('authorization-roles', 'x', {
      id: 'x',
      name: 'EO-Setup event orchestration',
      description: '',
      permissions: [],
      createdAt: 0,
    });
    const { exit, err } = await bootstrap();
    expect({ exit, err }).toMatchObject({ exit: 4, err: expect.stringContaining('which eo-setup did not make') });
    expect(program.writes()).toEqual([]);
  });

  test('a second client of ours', async () => {
    await bootstrap();
    const [client] = there().clients;
    program.sandbox.world.put('oauth-clients', 'twin', { ...client, id: 'twin' });
    expect((await bootstrap()).exit).toBe(4);
    expect((await bootstrap('--remove')).exit).toBe(4);
  });

  test('a division that there is not', async () => {
    expect((await bootstrap('--division', 'Nowhere')).exit).toBe(4);
  });
});

describe('--remove', () => {
  test('takes away role and client, and what the administrator was lent for it', async () => {
    await bootstrap();
    const { exit, out } = await bootstrap('--remove');
    expect({ exit, ...there() }).toMatchObject({ exit: 0, roles: [], clients: [], lent: [], granted: [] });
    expect(out).toContain('Role and client are gone.');
    expect(await bootstrap('--remove')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('Nothing to take away'),
    });
  });

  test('leaves roles and clients alone that eo-setup did not make', async () => {
    const { world } = program.sandbox;
    world.put('authorization-roles', 'x', { id: 'x', name: 'Theirs', description: '', permissions: [], createdAt: 0 });
    world.put('oauth-clients', 'y', { id: 'y', name: 'Theirs', secret: 's', permissions: [], createdAt: 0 });
    await bootstrap();
    await bootstrap('--remove');
    expect(there()).toMatchObject({ roles: [{ id: 'x' }], clients: [{ id: 'y' }] });
  });

  test('shows what it would do, and asks', async () => {
    await bootstrap();
    program.writes();
    expect(await program.inSandbox('bootstrap', 'genesys', '--remove', '--dry-run')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('delete  OAuth client "eo-setup"'),
    });
    expect((await program.inSandbox('bootstrap', 'genesys', '--remove')).exit).toBe(2);
    expect(program.writes()).toEqual([]);
  });
});
