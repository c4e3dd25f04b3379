import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { policyDocument } from '../../src/bootstrap/policy-document.ts';
import { names } from '../../src/names.ts';
import { awsPermissions } from '../../src/preflight/rules/aws-permissions.ts';
import { policySchema } from '../../src/sandbox/policy.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { allow, contextIn } from '../preflight/context.ts';
import { openRig } from '../resources/rig.ts';
import { live, WHOLE } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';
import { sampleIdentity, sampleSettings } from '../support/sample-settings.ts';

const USER = `arn:aws:iam::${SEED.account}:user/sandbox`;

describe('bootstrap aws', () => {
  let program: Program;
  beforeEach(async () => {
    program = await openProgram();
  });
  afterEach(() => program.close());

  const print = (...argv: readonly string[]) => program.inSandbox('bootstrap', 'aws', '--print', ...argv);
  const statement = z.looseObject({ Sid: z.string() });
  const read = (text: string) => z.object({ Statement: z.array(statement) }).parse(JSON.parse(text)).Statement;

  test('prints a policy and nothing else on stdout, with account, region and names filled in', async () => {
    const { exit, out } = await print('--environment', 'prod', '--bucket', 'payments');
    expect(exit).toBe(0);
    expect(policySchema.safeParse(JSON.parse(out)).error).toBeUndefined();
    expect(out).toContain('"arn:aws:s3:::payments"');
    expect(out).toContain(`"arn:aws:lambda:us-east-1:${SEED.account}:function:prod-saveUserData-lambda"`);
  });

  test('names the bucket that an install would make where none is named', async () => {
    expect((await print()).out).toContain(`"arn:aws:s3:::dev-eo-${SEED.account}-us-east-1-an"`);
  });

  test('takes the account from the principal, and then asks nobody', async () => {
    const argv = ['bootstrap', 'aws', '--print', '--aws-region', 'eu-west-1'];
    const { exit, out } = await program.run([
      ...argv,
      '--principal',
      'arn:aws-us-gov:iam::210987654321:role/ci/installer',
    ]);
    expect(exit).toBe(0);
    expect(out).toContain('arn:aws-us-gov:lambda:eu-west-1:210987654321:function:');
    expect(program.sandbox.history.entries()).toEqual([]);
  });

  test('shows people what is done to what, without --print', async () => {
    const { exit, out } = await program.inSandbox('bootstrap', 'aws');
    expect(exit).toBe(0);
    expect(out).toContain('  iam: PassRole');
    expect(out).toContain('--print');
  });

  test('has the policy in its result with --json', async () => {
    const { out } = await print('--json');
    expect(JSON.parse(out)).toMatchObject({
      type: 'result',
      command: 'bootstrap aws',
      exit: 0,
      policy: { Version: '2012-10-17' },
    });
  });

  test.each([
    [['--principal', 'arn:aws:iam::1:root'], 'Use the ARN of a user or a role'],
    [['--bucket', 'My_Bucket'], '"My_Bucket" (--bucket) is not valid'],
  ])('refuses %j', async (argv, said) => {
    expect(await print(...argv)).toMatchObject({ exit: 2, err: expect.stringContaining(said) });
  });

  test('says what is missing where nobody says which region is meant', async () => {
    expect(await program.run(['bootstrap', 'aws', '--print'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--aws-region'),
    });
  });

  test('prints what a whole install, its changes and an uninstall do with, and doctor finds nothing missing', async () => {
    const policy = ['--principal', USER, '--delete-data'];
    allow(program, ...read((await print(...policy)).out));
    expect(await program.inSandbox('doctor')).toMatchObject({
      exit: 0,
      out: expect.stringContaining(`${USER} may do everything`),
    });
    for (const argv of [
      ['install'],
      ['status'],
      ['install', '--log-retention-days', '7', '--runtime', 'nodejs22.x'],
      ['rollback'],
      ['uninstall', '--drain', '0', '--delete-data'],
    ])
      expect(await program.inSandbox(...argv), argv.join(' ')).toMatchObject({ exit: 0 });
    expect(Object.keys(WHOLE).flatMap((collection) => live(program.sandbox.world, collection))).toEqual([]);
  });

  test('prints what an uninstall does with that keeps a bucket of payments', async () => {
    allow(program, ...read((await print('--principal', USER)).out));
    expect((await program.inSandbox('install')).exit).toBe(0);
    expect((await program.inSandbox('uninstall', '--drain', '0')).exit).toBe(0);
  });
});

describe('who has the policy but for one statement', () => {
  const own = names(sampleSettings, sampleIdentity);
  const { Statement } = policyDocument({ ...sampleIdentity, names: own, deletesData: false, principal: USER });
  const parts = Statement.filter(({ Sid }) => Sid !== 'CheckOwnPermissions');

  test.each(parts.map(({ Sid, Action }) => [Sid, Action] as const))(
    '%s is told each of its actions',
    async (Sid, Action) => {
      const rig = await openRig();
      allow(rig, ...Statement.filter((one) => one.Sid !== Sid));
      const findings = await awsPermissions.check(contextIn(rig));
      const named = findings.map(({ message }) => / may not do (\S+) on /.exec(message)?.[1]);
      expect(named.toSorted()).toEqual(Action.toSorted());
      await rig.sandbox.close();
    },
  );

  test('that lets it look at its permissions hears that they cannot be known', async () => {
    const rig = await openRig();
    allow(rig, ...parts);
    expect(await awsPermissions.check(contextIn(rig))).toMatchObject([{ severity: 'unknown' }]);
    await rig.sandbox.close();
  });
});
