import { describe, expect, test } from 'vitest';
import { policyDocument } from '../../src/bootstrap/policy-document.ts';
import { names } from '../../src/names.ts';
import { awsNeeds } from '../../src/preflight/aws-actions.ts';
import { policySchema } from '../../src/sandbox/policy.ts';
import { sampleIdentity, sampleSettings } from '../support/sample-settings.ts';

const own = names(sampleSettings, sampleIdentity);
const document = (changes: Partial<Parameters<typeof policyDocument>[0]> = {}) =>
  policyDocument({ ...sampleIdentity, names: own, deletesData: false, principal: undefined, ...changes });
const principal = `arn:aws:iam::${sampleIdentity.awsAccount}:user/installer`;

describe('the policy of the installer', () => {
  test('is one that AWS takes', () => {
    expect(policySchema.safeParse(document({ principal, deletesData: true })).error).toBeUndefined();
  });

  test('allows every action that is checked before a run, and no other', () => {
    const checked = awsNeeds({ identity: sampleIdentity, names: own, needs: 'change', deletesData: true }).flatMap(
      ({ actions }) => actions,
    );
    const allowed = document({ deletesData: true }).Statement.flatMap(({ Action }) => Action);
    expect(allowed.toSorted()).toEqual(checked.toSorted());
  });

  test('has no star for an action, and one for a resource only where AWS knows none', () => {
    const { Statement } = document({ deletesData: true, principal });
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    const starred = Statement.filter(({ Resource }) => Resource.includes('*'));
    expect(starred.map(({ Action }) => Action)).toEqual([['logs:DescribeLogGroups']]);
    const partly = Statement.flatMap(({ Resource }) => Resource).filter((arn) => arn.includes('*') && arn !== '*');
    // A group's own ARN ends in one, and so do the objects of a bucket.
    expect(partly.filter((arn) => !/^arn:aws:logs:.*-lambda:\*$/.test(arn))).toEqual([`${own.bucketArn}/*`]);
  });

  test('is about buckets of this account, and passes roles to Lambda only', () => {
    const conditions = document({ deletesData: true }).Statement.flatMap(({ Sid, Condition }) =>
      Condition ? [[Sid, Condition]] : [],
    );
    const inAccount = { StringEquals: { 's3:ResourceAccount': sampleIdentity.awsAccount } };
    expect(Object.fromEntries(conditions)).toEqual({
      Bucket: inAccount,
      EmptyBucket: inAccount,
      DeleteObjects: inAccount,
      PassExecutionRoles: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    });
  });

  test('deletes what a bucket holds only where that is asked for', () => {
    expect(JSON.stringify(document())).not.toContain('DeleteObject');
    expect(JSON.stringify(document({ deletesData: true }))).toContain('s3:DeleteObjectVersion');
  });

  test('lets its principal look at its own permissions, if it is known', () => {
    const last = (arn: string) => document({ principal: arn }).Statement.at(-1);
    expect(last(principal)).toMatchObject({ Action: ['iam:SimulatePrincipalPolicy'], Resource: [principal] });
    expect(last('arn:aws:iam::123456789012:role/ci')?.Action).toEqual(['iam:SimulatePrincipalPolicy', 'iam:GetRole']);
    expect(JSON.stringify(document())).not.toContain('Simulate');
  });

  test('is short enough for a managed policy, with names as long as they may be', () => {
    const longest = {
      environment: 'e'.repeat(24),
      paymentPrefix: 'p'.repeat(19),
      savePrefix: 's'.repeat(19),
      bucket: 'b'.repeat(63),
    };
    const long = names({ ...sampleSettings, ...longest, awsRegion: 'ap-southeast-2' }, sampleIdentity);
    const text = JSON.stringify(document({ names: long, principal, deletesData: true }));
    expect(text.length).toBeLessThanOrEqual(6_144);
  });
});
