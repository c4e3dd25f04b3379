import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { declarations, groups } from '../../src/commands/declarations.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { variablesFor } from '../../src/sandbox/variables.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(() => program.close());

const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly [member: string]: unknown });
const requests = () => program.sandbox.history.entries().length;

describe('with --json', () => {
  test('stdout is JSON, one a line, and the last one is the result', async () => {
    const { exit, out } = await program.inSandbox('install', '--json');
    const all = lines(out);
    expect(all[0]).toMatchObject({ type: 'plan', schema: 1, steps: expect.any(Array) });
    const done = all.filter(({ type, state }) => type === 'step' && state === 'done');
    expect(done.filter(({ doing }) => doing !== 'verify')).toHaveLength(21);
    expect(all.at(-1)).toMatchObject({ type: 'result', command: 'install', exit, bucket: expect.any(String) });
    const status = lines((await program.inSandbox('status', '--json')).out);
    expect(status.at(-1)).toMatchObject({ type: 'result', exit: 0, objects: expect.any(Array) });
  });

  test.each([
    ['a word that is no command', ['instal', '--json'], 2],
    ['a flag that there is not', ['install', '--nope', '--json'], 2],
    ['values that are missing', ['install', '--json'], 2],
    ['a value that is not valid', ['install', '--did-start', 'x', '--json'], 2],
    ['nothing that is installed', ['status', '--json'], 0],
    ['a yes that nobody gives', ['install', '--sandbox', 'ORIGIN', '--json'], 2],
  ])('%s ends in a result too', async (_, argv, exit) => {
    const ended = await program.run(argv.map((word) => word.replace('ORIGIN', program.sandbox.origin)));
    expect(ended.exit).toBe(exit);
    const last = lines(ended.out).at(-1);
    expect(last).toMatchObject({ type: 'result', exit });
    if (exit !== 0) expect(last).toMatchObject({ error: { message: expect.any(String), exit } });
  });

  test('a run that fails names the error, the service and the code', async () => {
    program.sandbox.faults.set([
      { match: { operation: 'CreateBucket' }, when: 'before', then: 'refuse', status: 403, code: 'AccessDenied' },
    ]);
    const { exit, out } = await program.inSandbox('install', '--json');
    expect(lines(out).at(-1)).toMatchObject({
      type: 'result',
      exit,
      error: { service: 'S3', operation: 'CreateBucket', code: 'AccessDenied' },
    });
  });
});

describe('what is wrong with the command line is said before anything is called', () => {
  const bad: readonly (readonly [flag: string, value: string, said: RegExp])[] = [
    ['--environment', 'Prod!', /"Prod!" \(--environment\).*lower-case letters/],
    ['--environment', '../../etc', /--environment/],
    ['--environment', 'sandbox', /taken by the system/],
    ['--payment-prefix', '9x', /beginning with a letter/],
    ['--bucket', 'Not.A.Bucket', /--bucket/],
    ['--did-start', '12', /international form/],
    ['--did-end', '+13175550000', /comes before the first/],
    ['--did-end', '+13175552100', /at most 1000/],
    ['--genesys-region', 'mypurecloud.com@evil.tld', /--genesys-region/],
    ['--trigger-delay', '30', /0, or 60 to 900/],
    ['--log-retention-days', '31', /CloudWatch/],
  ];
  test.each(bad)('%s %s', async (flag, value, said) => {
    const ended = await program.inSandbox('install', flag, value);
    expect(ended.exit).toBe(2);
    expect(ended.err).toMatch(said);
    expect(requests()).toBe(0);
  });

  test('all of it at once', async () => {
    const { err } = await program.inSandbox('install', '--environment', 'X', '--bucket', 'Y', '--did-start', 'Z');
    for (const flag of ['--environment', '--bucket', '--did-start']) expect(err).toContain(flag);
  });

  test('a file of settings that is none', async () => {
    writeFileSync(join(program.folder, 'eo-setup.yaml'), 'did-start: [1, 2]\nbucket-name: x\n');
    const { exit, err } = await program.inSandbox('install');
    expect(exit).toBe(2);
    expect(err).toContain('Line 1');
    expect(err).toContain('Line 2');
    expect(requests()).toBe(0);
  });

  test('every value that is missing, with its flag, its variable and an example', async () => {
    const { exit, err } = await program.run(['install']);
    expect(exit).toBe(2);
    for (const name of [
      'GENESYSCLOUD_REGION',
      'GENESYSCLOUD_OAUTHCLIENT_ID',
      'GENESYSCLOUD_OAUTHCLIENT_SECRET',
      'AWS_REGION',
      'EO_SETUP_DID_START',
    ])
      expect(err).toContain(name);
    expect(requests()).toBe(0);
  });
});

describe('who signs in', () => {
  const variables = () => variablesFor(program.sandbox.origin);
  const numbers = ['--did-start', '+13175550100', '--did-provider', 'PURE_CLOUD_VOICE', '--yes'];

  test('with variables alone can do everything that --sandbox can', async () => {
    expect(await program.run(['install', ...numbers], { env: variables() })).toMatchObject({ exit: 0 });
    expect(await program.run(['status'], { env: variables() })).toMatchObject({ exit: 0 });
    expect(await program.run(['uninstall', '--yes', '--drain', '0'], { env: variables() })).toMatchObject({ exit: 0 });
  });

  test('with a wrong secret ends with 3, and the secret is nowhere', async () => {
    const env = { ...variables(), GENESYSCLOUD_OAUTHCLIENT_SECRET: 'Wrong-Secret-0123456789' };
    const ended = await program.run(['install', ...numbers, '--debug'], { env });
    expect(ended).toMatchObject({ exit: 3, err: expect.stringContaining('secret') });
    expect(ended.out + ended.err).not.toContain('Wrong-Secret');
  });

  test('with wrong keys ends with 3', async () => {
    const env = { ...variables(), AWS_ACCESS_KEY_ID: 'AKIANOBODYNOBODY0000' };
    expect(await program.run(['install', ...numbers], { env })).toMatchObject({ exit: 3 });
  });

  test('to another organization than the one that is named ends with 4', async () => {
    const other = ['--organization-id', '00000000-0000-4000-8000-000000000000'];
    expect(await program.run(['install', ...numbers, ...other], { env: variables() })).toMatchObject({ exit: 4 });
  });

  test('to another place than that of the state ends with 11', async () => {
    await program.run(['install', ...numbers], { env: variables() });
    const { world } = program.sandbox;
    world.put('meta', 'world', {
      ...world.get('meta', 'world'),
      organizationId: '00000000-0000-4000-8000-000000000000',
    });
    const ended = await program.run(['status'], { env: variables() });
    expect(ended).toMatchObject({ exit: 11, err: expect.stringContaining('Genesys Cloud organization') });
  });
});

test('no secret is in what is written or shown, in whatever form, and only the owner can read it', async () => {
  const shown: string[] = [];
  for (const argv of [['install', '--json'], ['install'], ['status', '--debug'], ['uninstall', '--drain', '0']]) {
    const { out, err } = await program.inSandbox(...argv);
    shown.push(out, err);
  }
  await program.inSandbox('install');
  const files = readdirSync(join(program.folder, '.eo-setup'), { recursive: true, encoding: 'utf8' });
  for (const file of files) {
    const path = join(program.folder, '.eo-setup', file);
    expect(statSync(path).mode & 0o077, file).toBe(0);
    if (statSync(path).isFile()) shown.push(readFileSync(path, 'latin1'));
  }
  const whole = shown.join('\n');
  for (const secret of [SEED.clientSecret, SEED.secretAccessKey])
    for (const form of [secret, Buffer.from(secret).toString('base64').slice(0, -3), encodeURIComponent(secret)])
      expect(whole).not.toContain(form);
});

test('a failed install rolls back where that was asked for, and ends with 12', async () => {
  program.sandbox.faults.set([
    {
      match: { operation: 'postArchitectIvrs' },
      when: 'before',
      then: 'refuse',
      status: 403,
      code: 'missing.permissions',
    },
  ]);
  expect(await program.inSandbox('install', '--on-failure', 'rollback')).toMatchObject({ exit: 12 });
  expect(program.sandbox.world.list('functions')).toEqual([]);
  program.sandbox.faults.set([]);
  expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
});

test('a rollback that fails too says so, and ends as the install did', async () => {
  await program.inSandbox('install');
  const refuse = (nth: number) =>
    ({ match: { operation: 'PutRetentionPolicy', nth }, when: 'before', then: 'refuse', status: 403 }) as const;
  program.sandbox.faults.set([refuse(2), refuse(3)]);
  const change = ['install', '--log-retention-days', '14', '--on-failure', 'rollback'];
  const { exit, err } = await program.inSandbox(...change);
  expect(exit).toBe(4);
  expect(err).toMatch(/It is not rolled back\. Go on with "eo-setup rollback .*", or run the command again/);
  expect(await program.inSandbox('rollback')).toMatchObject({ exit: 0 });
  const groups = program.sandbox.world.list('log-groups');
  expect(groups.map(({ retentionInDays }) => retentionInDays)).toEqual([30, 30]);
});

test('a change that fails goes back to what was there', async () => {
  await program.inSandbox('install');
  program.sandbox.faults.set([
    {
      match: { operation: 'putArchitectIvr' },
      when: 'before',
      then: 'refuse',
      status: 403,
      code: 'missing.permissions',
    },
  ]);
  expect((await program.inSandbox('install', '--payment-prefix', 'other', '--did-end', '+13175550105')).exit).toBe(4);
  expect(program.sandbox.world.get('functions', 'dev-other-lambda')).toBeDefined();
  program.sandbox.faults.set([]);
  expect(await program.inSandbox('rollback')).toMatchObject({ exit: 0 });
  expect(program.sandbox.world.get('functions', 'dev-other-lambda')).toBeUndefined();
  expect(await program.inSandbox('status')).toMatchObject({ exit: 0 });
});

test('alone it says how to begin: at a terminal with 0, in a pipe on stderr with 2', async () => {
  expect(await program.run([])).toMatchObject({
    exit: 2,
    out: '',
    err: expect.stringContaining('eo-setup install --sandbox'),
  });
  expect(await program.run(['--help'])).toMatchObject({ exit: 0, out: expect.stringContaining('Commands:') });
});

test('the help of every command, and of every first word, begins with an example and ends with the exit codes', async () => {
  for (const command of [...declarations.map(({ name }) => name), ...Object.keys(groups)]) {
    const { out } = await program.run([...command.split(' '), '--help']);
    expect(out, command).toMatch(/^Example: .*eo-setup /);
    expect(out, command).toMatch(/143 {2}stopped by SIGTERM\n$/);
  }
});

test.each([
  ['the help', ['install', '--help']],
  ['an error', ['install', '--nope']],
  ['nothing asked', []],
])('a closed pipe is no crash: %s', async (_, argv) => {
  const closed = () =>
    new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
  const { exit } = await program.run(argv, { stdout: closed(), stderr: closed() });
  expect(exit).toBe(argv.includes('--help') ? 0 : 2);
});

test('where one cloud refuses, nobody goes on trying the other', async () => {
  const elsewhere = { GENESYSCLOUD_GATEWAY_HOST: '127.0.0.1', GENESYSCLOUD_GATEWAY_PORT: '1' };
  const { AWS_ACCESS_KEY_ID: _, ...variables } = program.sandbox.variables;
  const env = {
    ...variables,
    ...elsewhere,
    AWS_PROFILE: 'no-such-profile-of-ours',
    EO_SETUP_DID_START: '+13175550100',
  };
  const start = program.now();
  const { exit, err } = await program.run(['plan', '--did-provider', 'PURE_CLOUD'], { env });
  expect(exit).toBe(3);
  expect(err).toContain('The AWS profile "no-such-profile-of-ours" does not exist');
  expect(err.trimEnd().split('\n').at(-1)).toMatch(/^To do: /);
  expect(program.now() - start).toBeLessThan(2_000);
});

test('where no DID pool says who provides the numbers, that is what is asked for', async () => {
  const env = { ...program.sandbox.variables, EO_SETUP_DID_START: '+13175550100' };
  const { exit, err } = await program.run(['plan'], { env });
  expect(exit).toBe(2);
  expect(err).toContain('Nobody has said who provides the numbers, and the organization has no DID pool yet.');
  expect(err).toMatch(/--did-provider PURE_CLOUD_VOICE .* EO_SETUP_DID_PROVIDER/);
});

test('where no state is, status says how to take up what was installed from elsewhere', async () => {
  const { exit, out } = await program.run(['status', '--sandbox', program.sandbox.origin, '--environment', 'other']);
  expect(exit).toBe(0);
  expect(out).toMatch(
    /^Nothing is installed.*\nIf it was installed .* "eo-setup install .*--recover" takes it up, and/,
  );
});

test('started by npx, it names the next command as one types it then', async () => {
  const { err } = await program.run(['verify', '--sandbox', program.sandbox.origin], { env: { npm_command: 'exec' } });
  expect(err).toContain('npx eo-setup install --sandbox');
});

test.each([
  [['install', '--parallel', '0'], 'eo-setup install --help', 'install'],
  [['bootstrap', 'aws', '--nope'], 'eo-setup bootstrap aws --help', 'bootstrap aws'],
  [['nope'], 'eo-setup --help', 'none'],
])('a mistake on the command line leads to the help of that very command: %j', async (argv, help, command) => {
  const { out, err } = await program.run(argv);
  expect([out, err]).toEqual(['', expect.stringContaining(`See "${help}".`)]);
  const { out: json } = await program.run([...argv, '--json']);
  expect(lines(json).at(-1)).toMatchObject({ type: 'result', command, exit: 2 });
});

test('on a narrow screen the help breaks between words', async () => {
  let screen = '';
  const write = (chunk: unknown, _encoding: unknown, done: () => void) => {
    screen += String(chunk);
    done();
  };
  const stdout = Object.assign(new Writable({ write }), { isTTY: true, columns: 40 });
  expect(await program.run(['install', '--help'], { stdout })).toMatchObject({ exit: 0 });
  expect(screen).toContain('--division <name>\n    division of the flows (default:\n    Home)');
  expect(screen.split('\n').filter((line) => line.length > 40)).toEqual([]);
});

test('help is a command too', async () => {
  expect((await program.run(['help', 'install'])).out).toBe((await program.run(['install', '--help'])).out);
});
