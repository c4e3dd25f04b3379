import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { names } from '../../src/names.ts';
import { awsNeeds } from '../../src/preflight/aws-actions.ts';
import { awsPermissions, judgeDenials } from '../../src/preflight/rules/aws-permissions.ts';
import { simulatedArn } from '../../src/preflight/simulate.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { openRig, type Rig } from '../resources/rig.ts';
import { LAMBDA_TRUST } from '../sandbox/aws/aws-sandbox.ts';
import { sampleIdentity, sampleSettings } from '../support/sample-settings.ts';
import { allow, contextIn } from './context.ts';

const wanted = {
  identity: sampleIdentity,
  names: names(sampleSettings, sampleIdentity),
  needs: 'change',
  deletesData: false,
} as const;
const actionsOf = (needs: ReturnType<typeof awsNeeds>) => needs.flatMap(({ actions }) => actions);
const all = actionsOf(awsNeeds(wanted));

describe('what a run does at AWS', () => {
  test('is about named resources only, but for the list of log groups', () => {
    const resources = awsNeeds(wanted).flatMap((need) => need.resources);
    expect(resources.filter((arn) => arn === '*')).toHaveLength(1);
    expect(resources).toContain(`arn:aws:iam::${SEED.account}:role/dev-pay-TrustRole`);
    expect(resources).toContain(`arn:aws:lambda:us-east-1:${SEED.account}:function:dev-save-lambda`);
    expect(resources).toContain('arn:aws:s3:::payments');
  });

  test('is to look, where nothing is changed', () => {
    const looking = actionsOf(awsNeeds({ ...wanted, needs: 'look' }));
    expect(looking.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([]);
    expect(looking).toContain('s3:ListBucket');
  });

  test('is to delete objects, where a bucket may be deleted with what it holds', () => {
    const more = actionsOf(awsNeeds({ ...wanted, deletesData: true })).filter((action) => !all.includes(action));
    expect(more).toContain('s3:DeleteObjectVersion');
  });

  test('passes roles to Lambda and to nobody else', () => {
    const [pass] = awsNeeds(wanted).filter(({ actions }) => actions.includes('iam:PassRole'));
    expect(pass?.context).toMatchObject({ 'iam:PassedToService': 'lambda.amazonaws.com' });
    expect(pass?.resources).toHaveLength(2);
  });
});

describe('in the sandbox', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.sandbox.close());

  const simulating = { Effect: 'Allow', Action: 'iam:SimulatePrincipalPolicy', Resource: '*' };
  const check = () => awsPermissions.check(contextIn(rig));

  test('who may do everything hears nothing else', async () => {
    expect(await check()).toMatchObject([{ severity: 'ok' }]);
  });

  test('who may do each thing that is needed may do enough', async () => {
    allow(rig, simulating, { Effect: 'Allow', Action: all, Resource: '*' });
    expect(await check()).toMatchObject([{ severity: 'ok' }]);
  });

  test.each(all)('who may not do %s is told so, and on what', async (action) => {
    allow(rig, simulating, { Effect: 'Allow', Action: all.filter((one) => one !== action), Resource: '*' });
    const findings = await check();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(`may not do ${action} on `),
      remedy: expect.stringContaining(`Add ${action} on `),
    });
  });

  test('of several roles only those are named that are left out', async () => {
    const left = `arn:aws:iam::${SEED.account}:role/dev-pay-TrustRole`;
    allow(rig, simulating, { Effect: 'Allow', Action: all, NotResource: left });
    const messages = (await check()).map(({ message }) => message);
    expect(messages).toContain(`${sampleIdentity.awsArn} may not do iam:CreateRole on ${left}.`);
  });

  test('a role may be passed on the condition that it is to Lambda', async () => {
    const PassRole = {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: '*',
      Condition: {
        StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com', 'aws:ResourceAccount': SEED.account },
      },
    };
    const others = all.filter((one) => one !== 'iam:PassRole');
    allow(rig, simulating, { Effect: 'Allow', Action: others, Resource: '*' }, PassRole);
    expect(await check()).toMatchObject([{ severity: 'ok' }]);
  });

  test('what a deny forbids is told as that', async () => {
    allow(rig, { Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*' });
    const findings = await check();
    expect(findings.every(({ severity, message }) => severity === 'error' && /AWS forbids .* s3:/.test(message))).toBe(
      true,
    );
  });

  test('who may not have policies simulated hears that it cannot be known', async () => {
    allow(rig, { Effect: 'Allow', Action: all, Resource: '*' });
    expect(await check()).toMatchObject([
      { severity: 'unknown', remedy: expect.stringContaining('iam:SimulatePrincipalPolicy') },
    ]);
  });

  test('the root user hears that it cannot be known, and nobody is asked', async () => {
    await rig.signIn();
    rig.requests();
    const root = { ...sampleIdentity, awsArn: `arn:aws:iam::${SEED.account}:root` };
    expect(await awsPermissions.check(contextIn(rig, { identity: root }))).toMatchObject([{ severity: 'unknown' }]);
    expect(rig.requests()).toBe(0);
  });

  test('a session is taken for its role, whose path it does not show', async () => {
    const { aws } = rig.context('none');
    const role = { RoleName: 'admin', Path: '/team/', AssumeRolePolicyDocument: LAMBDA_TRUST };
    await aws.iam.send(new CreateRoleCommand(role));
    const session = `arn:aws:sts::${SEED.account}:assumed-role/admin/ann`;
    expect(await simulatedArn(aws, session)).toBe(`arn:aws:iam::${SEED.account}:role/team/admin`);
    expect(await simulatedArn(aws, `arn:aws:sts::${SEED.account}:federated-user/ann`)).toBeUndefined();
  });
});

test('what depends on a condition that nobody told the simulation is not known', () => {
  const denial = { action: 's3:CreateBucket', resource: 'arn:aws:s3:::payments', how: 'unsure' } as const;
  expect(judgeDenials('ann', [denial])).toMatchObject([
    {
      severity: 'unknown',
      message: 'Whether ann may do s3:CreateBucket on arn:aws:s3:::payments depends on a condition in its policies.',
    },
  ]);
});
