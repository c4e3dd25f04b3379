import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { held as heldIn, NOTHING, WHOLE } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(() => program.close());

/** How many objects of each kind there are. */
const held = () => heldIn(program.sandbox.world);

test('install makes all 21 objects, status reads them back, and uninstall takes every one away', async () => {
  expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
  expect(held()).toEqual(WHOLE);
  const status = await program.inSandbox('status');
  expect(status).toMatchObject({ exit: 0, out: expect.stringContaining('All 21 objects are as they should be.') });
  expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
  expect(held()).toEqual(NOTHING);
  expect(await program.inSandbox('status')).toMatchObject({
    exit: 0,
    out: expect.stringContaining('Nothing is installed'),
  });
  expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
});

test('a second install changes nothing and says so', async () => {
  await program.inSandbox('install');
  program.writes();
  const again = await program.inSandbox('install');
  expect(again).toMatchObject({ exit: 0, out: expect.stringContaining('No changes. 21 objects were checked.') });
  expect(program.writes()).toEqual([]);
});

test('an uninstall gives calls on the line a minute to end, unless it is told not to', async () => {
  await program.inSandbox('install');
  const start = program.now();
  await program.inSandbox('uninstall');
  expect(program.now() - start).toBeGreaterThanOrEqual(60_000);
  await program.inSandbox('install');
  const again = program.now();
  await program.inSandbox('uninstall', '--drain', '0');
  expect(program.now() - again).toBeLessThan(30_000);
});

describe('after a change of the settings', () => {
  const only = (id: string) => (one: string) => one.startsWith(id);

  test('a renamed bucket is made, the function moved to it, and the old one deleted', async () => {
    await program.inSandbox('install', '--bucket', 'first-bucket');
    program.writes();
    expect(await program.inSandbox('install', '--bucket', 'second-bucket')).toMatchObject({ exit: 0 });
    const writes = program.writes();
    expect(writes.filter(only('CreateBucket'))).toHaveLength(1);
    expect(writes.at(-1)).toBe('DeleteBucket');
    expect(program.sandbox.world.list<{ name: string }>('buckets').map(({ name }) => name)).toEqual(['second-bucket']);
    expect(held()).toEqual(WHOLE);
  });

  test('a longer range gets a pool for what is new and more numbers on the IVR, and flows stay as they are', async () => {
    await program.inSandbox('install', '--did-start', '+13175550100', '--did-end', '+13175550101');
    program.writes();
    const changed = await program.inSandbox('install', '--did-start', '+13175550100', '--did-end', '+13175550109');
    expect(changed).toMatchObject({ exit: 0 });
    const writes = program.writes();
    expect(writes.filter((one) => one === 'postFlowsJobs')).toEqual([]);
    expect(program.sandbox.world.list<{ dnis: readonly string[] }>('ivrs')[0]?.dnis).toHaveLength(10);
  });

  test('another prefix moves what carries it, and publishes what uses it', async () => {
    await program.inSandbox('install');
    const changed = await program.inSandbox('install', '--payment-prefix', 'other');
    expect(changed).toMatchObject({ exit: 0 });
    expect(held()).toEqual(WHOLE);
    expect(program.sandbox.world.get('functions', 'dev-other-lambda')).toBeDefined();
    expect((await program.inSandbox('status')).exit).toBe(0);
  });

  test('a provider of the numbers that differs is told as a replacement, before anything is done', async () => {
    await program.inSandbox('install');
    program.writes();
    const plan = await program.inSandbox('plan', '--did-provider', 'PURE_CLOUD', '--exit-code');
    expect(plan).toMatchObject({ exit: 5, out: expect.stringMatching(/replace {2}DID pool/) });
    expect(program.writes()).toEqual([]);
    expect(await program.inSandbox('install', '--did-provider', 'PURE_CLOUD')).toMatchObject({ exit: 0 });
    expect(held()).toEqual(WHOLE);
  });
});

describe('without its state file', () => {
  beforeEach(async () => {
    await program.inSandbox('install');
    rmSync(program.stateFile);
    program.writes();
  });

  test('install finds what carries its mark, and has nothing to change', async () => {
    const found = await program.inSandbox('install');
    expect(found).toMatchObject({ exit: 0, err: expect.stringContaining('Took up 21 objects.') });
    expect(found.out).toContain('No changes. 21 objects were checked.');
    expect(program.writes()).toEqual([]);
    expect(held()).toEqual(WHOLE);
    expect((await program.inSandbox('status')).exit).toBe(0);
    expect((await program.inSandbox('install')).out).toContain('No changes.');
  });

  test('what other settings ask for is changed, and nothing else', async () => {
    const changed = await program.inSandbox('install', '--runtime', 'nodejs22.x');
    expect(changed).toMatchObject({ exit: 0, out: expect.stringMatching(/19 more stay as they are/) });
    const writes = ['UpdateFunctionConfiguration', 'UpdateFunctionConfiguration'];
    expect(program.writes().filter((one) => !/^post.*Test$/.test(one))).toEqual(writes);
  });

  test('a function whose role somebody made anew gets it again, and so does a flow what it was not published for', async () => {
    const { world } = program.sandbox;
    const [action] = world.list<{ id: string; name: string }>('actions');
    world.remove('roles', 'dev-saveUserData-LambdaExecutionRole');
    world.remove('actions', action?.id ?? '');
    expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
    const writes = program.writes();
    expect(writes).toContain('UpdateFunctionConfiguration');
    expect(writes).toContain('postFlowsJobs');
    expect((await program.inSandbox('status')).exit).toBe(0);
  });

  test('uninstall finds it too, and takes it away', async () => {
    expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
    expect(held()).toEqual(NOTHING);
  });

  test.each([[['uninstall', '--recover']], [['install', '--recover', '--bucket-tag', 'changed']]])(
    'what was taken up, and then not agreed to, stands as if it had never been lost: %j',
    async (argv) => {
      expect(await program.run([...argv, '--sandbox', program.sandbox.origin])).toMatchObject({ exit: 2 });
      expect(program.writes()).toEqual([]);
      expect((await program.inSandbox('status')).exit).toBe(0);
      expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
      expect(held()).toEqual(NOTHING);
    },
  );

  const ELSEWHERE = [
    ['--save-prefix', 'store2', '--payment-prefix', 'charge'],
    ['--bucket', 'a-bucket-of-our-own'],
    ['--did-start', '+13175550150', '--did-end', '+13175550159'],
  ];
  test.each(ELSEWHERE)(
    'what was made under names that nobody tells any more is found and taken away: %s',
    async (...names) => {
      expect(await program.inSandbox('install', ...names)).toMatchObject({ exit: 0 });
      expect(held()).toEqual(WHOLE);
      rmSync(program.stateFile);
      expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
      expect(held()).toEqual(NOTHING);
    },
  );

  test('and an install brings it to the names that it is told', async () => {
    const names = ELSEWHERE.flat();
    expect(await program.inSandbox('install', ...names)).toMatchObject({ exit: 0 });
    rmSync(program.stateFile);
    expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
    expect(held()).toEqual(WHOLE);
    expect((await program.inSandbox('status')).exit).toBe(0);
    const functions = program.sandbox.world.list<{ FunctionName: string }>('functions');
    expect(functions.map(({ FunctionName }) => FunctionName).sort()).toEqual([
      'dev-generate_paymentId-lambda',
      'dev-saveUserData-lambda',
    ]);
  });

  test('what a move left half done under two names is found under both', async () => {
    program.sandbox.faults.set([
      { match: { operation: 'DeleteFunction' }, when: 'before', then: 'refuse', status: 403 },
    ]);
    expect((await program.inSandbox('install', '--save-prefix', 'store2')).exit).toBe(4);
    program.sandbox.faults.set([]);
    rmSync(program.stateFile);
    expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
    expect(held()).toEqual(NOTHING);
  });

  test('nothing is taken up without a yes', async () => {
    const asked = await program.run(['install', '--sandbox', program.sandbox.origin]);
    expect(asked).toMatchObject({ exit: 2, err: expect.stringContaining('21 objects carry the mark') });
    expect(program.writes()).toEqual([]);
    expect(await program.run(['uninstall', '--sandbox', program.sandbox.origin])).toMatchObject({ exit: 2 });
    expect(held()).toEqual(WHOLE);
  });
});

test('numbers in a pool of somebody else are used, and the pool is never changed or deleted', async () => {
  const { world } = program.sandbox;
  const pool = {
    ...{ id: 'theirs', name: 'Sales', startPhoneNumber: '+13175550100', endPhoneNumber: '+13175550199' },
    ...{ description: '', comments: '', provider: 'PURE_CLOUD', version: 1, createdBy: 'Ann', createdAt: 0 },
    ...{ division: { id: 'd' }, modifiedAt: 0 },
  };
  world.put('did-pools', pool.id, pool);
  const plan = await program.inSandbox('plan');
  expect(plan).toMatchObject({ exit: 0, out: expect.stringMatching(/use {5}DID pool/) });
  expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
  const status = await program.inSandbox('status');
  expect(status).toMatchObject({ exit: 0, out: expect.stringContaining("somebody else's, only used") });
  expect((await program.inSandbox('install')).out).toContain('No changes.');
  expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
  expect(world.list('did-pools')).toEqual([pool]);
});

test('what somebody else has is named with its owner, and nothing is begun', async () => {
  const { world } = program.sandbox;
  await program.inSandbox('install', '--environment', 'other');
  const RoleName = 'dev-saveUserData-TrustRole';
  world.put('roles', RoleName, { ...world.get('roles', 'other-saveUserData-TrustRole'), RoleName, Tags: [] });
  program.writes();
  const refused = await program.inSandbox('install');
  expect(refused).toMatchObject({ exit: 4 });
  expect(refused.err).toMatch(/\+13175550100 \(DID pool .+\) is assigned to the IVR "other-Event Orchestration IVR"/);
  expect(refused.err).toContain(`${RoleName}: Another IAM role has this name, and is not ours: it carries no mark`);
  expect(program.writes()).toEqual([]);
});

test('a bucket that holds payments is kept, and deleted when that is asked for', async () => {
  await program.inSandbox('install');
  const bucket = 'dev-eo-123456789012-us-east-1-an';
  putObject(bucket);
  const kept = await program.inSandbox('uninstall');
  expect(kept).toMatchObject({ exit: 0, out: expect.stringContaining(`S3 bucket ${bucket}`) });
  expect(held()).toEqual({ ...NOTHING, buckets: 1 });
  expect(await program.inSandbox('uninstall')).toMatchObject({ exit: 0 });
  expect((await program.inSandbox('status')).out).toMatch(/kept {2}S3 bucket/);
  expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
  expect(held()).toEqual(WHOLE);
  expect(await program.inSandbox('uninstall', '--delete-data')).toMatchObject({ exit: 0 });
  expect(held()).toEqual(NOTHING);
});

function putObject(bucket: string): void {
  const { world } = program.sandbox;
  const key = 'payments/a.json';
  const content = { bytes: 'YQ==', size: 1, etag: '"e"', headers: {}, createdAt: 0 };
  world.put('objects', `${bucket}/${key}`, { bucket, key, versionId: 'null', isDeleteMarker: false, ...content });
}

test('what is wrong with the state is refused with 11, and nothing is called', async () => {
  await program.inSandbox('install');
  const text = readFileSync(program.stateFile, 'utf8');
  program.writes();
  const before = program.sandbox.history.entries().length;
  for (const broken of ['', text.slice(0, 500), '{}', text.replace('"version": 1', '"version": 2')]) {
    writeFileSync(program.stateFile, broken);
    for (const command of ['install', 'status', 'uninstall', 'rollback'])
      expect(await program.inSandbox(command), command).toMatchObject({ exit: 11 });
  }
  expect(program.sandbox.history.entries()).toHaveLength(before);
});

test('an uninstall that was stopped is not rolled back: what it deleted is gone', async () => {
  await program.inSandbox('install');
  program.sandbox.faults.set([{ match: { operation: 'DeleteFunction' }, when: 'before', then: 'refuse', status: 403 }]);
  expect((await program.inSandbox('uninstall', '--drain', '0')).exit).toBe(4);
  program.sandbox.faults.set([]);
  expect((await program.inSandbox('status')).out).toMatch(/An uninstall was begun\. Run "eo-setup uninstall /);
  program.writes();
  const refused = await program.inSandbox('rollback');
  expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('The last run was an uninstall') });
  expect(program.writes()).toEqual([]);
  expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
  expect(held()).toEqual(WHOLE);
});
