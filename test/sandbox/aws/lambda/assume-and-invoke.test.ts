import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/clock.ts';
import { invokeAs } from '../../../../src/sandbox/aws/lambda/assume-and-invoke.ts';
import { createFunctions } from '../../../../src/sandbox/aws/lambda/functions.ts';
import type { Functions } from '../../../../src/sandbox/contract.ts';
import { SEED } from '../../../../src/sandbox/seed.ts';
import { type AwsSandbox, openAws, policy } from '../aws-sandbox.ts';
import { functionArn, makeFunction, roleArn } from './running.ts';

let sandbox: AwsSandbox;
beforeAll(async () => {
  sandbox = await openAws({ functions: true });
});
afterAll(() => sandbox.close());

const putPolicy = (RoleName: string, ...statements: readonly object[]) =>
  sandbox.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) }));

describe('somebody else who assumes a role to invoke a function', () => {
  const organization = SEED.organizationId;
  const invokeStatement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn('asked') };
  const trust = policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${SEED.genesysAwsAccount}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': organization } },
  });
  let functions: Functions;
  const asGenesys = (members: Partial<Parameters<typeof invokeAs>[2]> = {}, isKnown = true) => {
    const running = { now: Date.now(), passed: () => isKnown, functions };
    return invokeAs(sandbox.world, running, {
      principalAccount: SEED.genesysAwsAccount,
      externalId: organization,
      roleArn: roleArn('invoker'),
      functionArn: functionArn('asked'),
      payload: Buffer.from('{"n":1}'),
      timeoutMs: 10_000,
      ...members,
    });
  };

  beforeAll(async () => {
    functions = createFunctions({ root: sandbox.root, origin: sandbox.origin, clock: systemClock });
    const code = `export const handler = async ({ n, fail, slow }) => {
      if (fail) throw new Error('failed');
      if (slow) await new Promise((resolve) => setTimeout(resolve, 5000));
      console.log('asked', n);
      return { n };
    };`;
    await makeFunction(sandbox, 'asked', code, { Timeout: 10 });
    await sandbox.iam.send(new CreateRoleCommand({ RoleName: 'invoker', AssumeRolePolicyDocument: trust }));
    await putPolicy('invoker', invokeStatement);
  });
  afterAll(() => functions.close());

  test('gets the answer, and the log', async () => {
    const outcome = await asGenesys();
    expect(outcome).toMatchObject({ ok: true, log: expect.stringContaining('asked 1') });
    expect(outcome.ok && Buffer.from(outcome.payload).toString()).toBe('{"n":1}');
  });

  const assume = `is not authorized to perform: sts:AssumeRole on resource: ${roleArn('invoker')}`;
  test.each([
    ['with another external id', { externalId: 'another' }, 'assume-role-denied', assume],
    ['from another account', { principalAccount: '999999999999' }, 'assume-role-denied', assume],
    ['with a role that is not there', { roleArn: roleArn('none') }, 'assume-role-denied', 'sts:AssumeRole'],
    [
      'and means another function',
      { functionArn: functionArn('other') },
      'invoke-denied',
      `User: arn:aws:sts::${SEED.account}:assumed-role/invoker/PureCloud is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn('other')} because no identity-based policy allows the lambda:InvokeFunction action`,
    ],
    ['whose function fails', { payload: Buffer.from('{"fail":true}') }, 'function-error', '"errorMessage":"failed"'],
    [
      'whose function is too slow',
      { payload: Buffer.from('{"slow":true}'), timeoutMs: 100 },
      'timeout',
      'within 100 ms',
    ],
  ])('%s is told why not', async (_, members, reason, message) => {
    expect(await asGenesys(members)).toMatchObject({ ok: false, reason, message: expect.stringContaining(message) });
  });

  test('where the function is not there is told so', async () => {
    await putPolicy('invoker', { ...invokeStatement, Resource: '*' });
    expect(await asGenesys({ functionArn: functionArn('none') })).toMatchObject({ ok: false, reason: 'not-found' });
    await putPolicy('invoker', invokeStatement);
  });

  test('has to wait until the role is known', async () => {
    expect(await asGenesys({}, false)).toMatchObject({ ok: false, reason: 'assume-role-denied' });
  });
});
