import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FunctionRecord } from '../../src/sandbox/aws/lambda/record.ts';
import type { Bucket } from '../../src/sandbox/aws/s3/bucket.ts';
import { addVersion } from '../../src/sandbox/aws/s3/object.ts';
import type { TriggerRecord } from '../../src/sandbox/genesys/trigger-record.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import type { Change } from '../../src/sandbox/world.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
let whole: readonly Change[];
let onLook: (nth: number) => unknown;
beforeAll(async () => {
  let looks = 0;
  program = await openProgram({
    observe: ({ entry }) => {
      if (entry.operation !== 'ListObjectsV2') return;
      looks += 1;
      onLook(looks);
    },
  });
  await program.inSandbox('install');
  whole = world().snapshot();
});
beforeEach(() => {
  onLook = () => undefined;
  world().replace(whole);
});
afterAll(() => program.close());

const world = () => program.sandbox.world;

const roleName = 'dev-generate_paymentId-TrustRole';
type Role = { readonly RoleName: string; readonly AssumeRolePolicyDocument: string };

/** Changes the trust policy of the role that Genesys Cloud assumes for payments, by hand. */
function amendTrust(from: string, to: string) {
  const role = world().get<Role>('roles', roleName);
  if (!role?.AssumeRolePolicyDocument.includes(from)) throw new Error('The trust policy is not as this test knows it.');
  const AssumeRolePolicyDocument = role.AssumeRolePolicyDocument.replace(from, to);
  world().put<Role>('roles', roleName, { ...role, AssumeRolePolicyDocument });
}

/** Puts other code, or another configuration, in the place of a function. */
function amendFunction(name: string, change: Partial<FunctionRecord>) {
  const record = world().get<FunctionRecord>('functions', name);
  if (!record) throw new Error(`There is no function ${name}.`);
  world().put<FunctionRecord>('functions', name, { ...record, ...change });
}

function trigger(): TriggerRecord {
  const [only] = world().list<TriggerRecord>('triggers');
  if (!only) throw new Error('There is no trigger.');
  return only;
}

const amendTrigger = (matchCriteria: TriggerRecord['matchCriteria']) =>
  world().put<TriggerRecord>('triggers', trigger().id, { ...trigger(), matchCriteria });
/** What every American number holds. */
const DIALLED = { jsonPath: 'dnis', operator: 'Contains', value: '1317555' } as const;

/** Puts an object into the bucket, as the function does. */
function save(key: string) {
  const [bucket] = world().list<Bucket>('buckets');
  if (!bucket) throw new Error('There is no bucket.');
  addVersion(world(), bucket, key, program.now(), { bytes: 'e30=', size: 2, etag: '"0"', headers: {} });
}

describe('verify', () => {
  test('tries out what is installed, and changes nothing', async () => {
    program.writes();
    const { exit, out } = await program.inSandbox('verify');
    expect(exit).toBe(0);
    expect(out).toContain('Verified: all 3 checks hold.');
    expect(program.writes()).toEqual([]);
  });

  test.each([
    {
      what: 'another ExternalId',
      break: () => amendTrust(SEED.organizationId, '11111111-0000-4000-8000-000000000000'),
      says: /asks for the ExternalId 11111111-.*, but the organization's id is/,
    },
    {
      what: 'another principal',
      break: () => amendTrust('765628985471', '111111111111'),
      says: /names the principal arn:aws:iam::111111111111:root, but it should be arn:aws:iam::765628985471:root/,
    },
    {
      what: 'a role that is gone',
      break: () => world().remove('roles', roleName),
      says: /The role is not there\./,
    },
    {
      what: 'a data action that is gone',
      break: () => world().remove('actions', world().list<{ id: string }>('actions')[0]?.id ?? ''),
      says: /The data action dev-.* is not there any more\./,
    },
    {
      what: 'a trigger that is gone',
      break: () => world().remove('triggers', trigger().id),
      says: /The trigger dev-Call Disconnected Trigger is not there any more\./,
    },
    {
      what: 'a function that is gone',
      break: () => world().remove('functions', 'dev-generate_paymentId-lambda'),
      says: /finds no function: there is none at arn:aws:lambda:us-east-1:/,
    },
    {
      what: 'a function that somebody replaced',
      break: () => amendFunction('dev-saveUserData-lambda', { environment: {} }),
      says: /dev-saveUserData-data-action does not do what it should/,
    },
    {
      what: 'criteria that somebody changed',
      break: () => amendTrigger([{ jsonPath: 'mediaType', operator: 'Equal', value: 'CHAT' }]),
      says: /would not start the workflow when a call to .* ends\.\n +Its criterion for mediaType is not met/,
    },
    {
      what: 'a trigger that hears everything',
      break: () => amendTrigger([]),
      says: /would start the workflow for a chat too/,
    },
    {
      what: 'a trigger that hears other numbers',
      break: () => amendTrigger([...(trigger().matchCriteria?.slice(0, 2) ?? []), DIALLED]),
      says: /would start the workflow for calls to tel:\+13175550101 too/,
    },
  ])('ends with 10 for $what, in the user’s terms', async ({ break: breakIt, says }) => {
    breakIt();
    const { exit, err } = await program.inSandbox('verify');
    expect(exit).toBe(10);
    expect(err).toMatch(says);
  });

  test('everything that does not hold is said at once', async () => {
    amendTrust(SEED.organizationId, 'other');
    for (const { id } of world().list<TriggerRecord>('triggers')) world().remove('triggers', id);
    const { exit, err } = await program.inSandbox('verify');
    expect(exit).toBe(10);
    expect(err).toMatch(/ExternalId/);
    expect(err).toMatch(/trigger/);
  });
});

describe('verify --watch', () => {
  test('names the number to call, and the object that a call left', async () => {
    save('payments/from-before.json');
    onLook = (nth) => nth === 3 && save('payments/of-the-call.json');
    const { exit, out } = await program.inSandbox('verify', '--watch');
    expect(exit).toBe(0);
    expect(out).toMatch(/Now call \+13175550100: press 1, then nine digits, and hang up\./);
    expect(out).toMatch(/The payment was saved: s3:\/\/dev-eo-.*\/payments\/of-the-call\.json\./);
  });

  test('is refused in an embedded sandbox, where nobody could call meanwhile', async () => {
    const own = { stateDir: mkdtempSync(join(tmpdir(), 'eo-watch-')) };
    await program.run(['install', '--sandbox', '--yes', '--state-dir', own.stateDir]);
    const { exit, err } = await program.run(['verify', '--watch', '--sandbox', '--state-dir', own.stateDir]);
    rmSync(own.stateDir, { recursive: true });
    expect(exit).toBe(2);
    expect(err).toMatch(/serve the sandbox with "eo-setup sandbox"/);
  });

  test('ends with 9 where no call comes', async () => {
    const { exit, err } = await program.inSandbox('verify', '--watch', '1');
    expect(exit).toBe(9);
    expect(err).toMatch(/Waited 60 s for a payment to arrive in dev-eo-/);
    expect(err).toContain('see in Genesys Cloud what became of the call');
  });
});

test('there is nothing to verify where nothing is installed', async () => {
  const { exit, err } = await program.inSandbox('verify', '--environment', 'other');
  expect(exit).toBe(10);
  expect(err).toMatch(/eo-setup install --sandbox .* --environment other/);
});
