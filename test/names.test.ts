import { describe, expect, test } from 'vitest';
import { installationId, names } from '../src/names.ts';
import type { Settings } from '../src/settings/settings.ts';
import { sampleSettings } from './support/sample-settings.ts';

const settings: Settings = {
  ...sampleSettings,
  awsRegion: 'eu-west-1',
  paymentPrefix: 'generate_paymentId',
  savePrefix: 'saveUserData',
};
const GOLDEN = 'a8f243a519c0';
const account = { awsAccount: '123456789012', awsPartition: 'aws' };

describe('names', () => {
  test('are those of the blueprint, beginning with the environment', () => {
    expect(names(settings, account)).toEqual({
      bucket: 'payments',
      bucketArn: 'arn:aws:s3:::payments',
      pay: {
        function: 'dev-generate_paymentId-lambda',
        functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:dev-generate_paymentId-lambda',
        logGroup: '/aws/lambda/dev-generate_paymentId-lambda',
        logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/dev-generate_paymentId-lambda',
        executionRole: 'dev-generate_paymentId-LambdaExecutionRole',
        invokeRole: 'dev-generate_paymentId-TrustRole',
        invokeRoleArn: 'arn:aws:iam::123456789012:role/dev-generate_paymentId-TrustRole',
        credential: 'dev-generate_paymentId-LambdaIntegrationCredentials',
        integration: 'dev-generate_paymentId-Lambda-Integration',
        action: 'dev-generate_paymentId-data-action',
        category: 'dev-generate_paymentId-Lambda',
      },
      save: expect.objectContaining({ function: 'dev-saveUserData-lambda' }),
      secureFlow: 'dev-EventOrchestrator Secure Flow',
      inboundFlow: 'dev-EventOrchestrator Main IVR',
      workflow: 'dev-EventOrchestrator Workflow',
      didPool: 'dev-Event Orchestration Numbers',
      trigger: 'dev-Call Disconnected Trigger',
      ivr: 'dev-Event Orchestration IVR',
    });
  });

  test('fit what the vendors take, with the longest environment and prefix', () => {
    const long = names({ ...settings, environment: 'x'.repeat(24), paymentPrefix: 'p'.repeat(19) }, account);
    expect(long.pay.executionRole).toMatch(/^[\w+=,.@-]{64}$/);
    expect(long.pay.function).toMatch(/^[\w-]{1,64}$/);
    expect(long.pay.invokeRole.length).toBeLessThanOrEqual(64);
    expect(long.pay.logGroup).toMatch(/^[\w.#/-]{1,512}$/);
    for (const name of Object.values(long.pay)) expect(name.length).toBeLessThanOrEqual(256);
    for (const name of [long.secureFlow, long.inboundFlow, long.workflow]) expect(name).not.toMatch(/\/|-debug$/);
  });

  test.each(['aws-cn', 'aws-us-gov', 'aws-eusc'])('are in the partition %s where the account is', (awsPartition) => {
    const { bucketArn, pay } = names(settings, { ...account, awsPartition });
    for (const arn of [bucketArn, pay.functionArn, pay.invokeRoleArn, pay.logGroupArn])
      expect(arn.split(':')[1]).toBe(awsPartition);
  });

  test('of two environments have nothing in common but the bucket', () => {
    const flat = (environment: string) =>
      JSON.stringify(names({ ...settings, environment }, account)).match(/"[^"]*dev-[^"]*"/g) ?? [];
    expect(flat('dev').length).toBeGreaterThan(20);
    expect(flat('test')).toEqual([]);
  });
});

describe('the installation', () => {
  const who = { organizationId: 'o', awsAccount: '123456789012' };
  const where = { awsRegion: 'eu-west-1', environment: 'dev' };

  test('is twelve hex digits, the same in the same place for ever', () => {
    // The first digits of sha256("o/123456789012/eu-west-1/dev"): what was marked with it must be found again.
    expect(installationId(who, where)).toBe(GOLDEN);
    expect(installationId(who, { ...settings })).toBe(GOLDEN);
  });

  test.each<[string, object, object]>([
    ['organization', { organizationId: 'p' }, {}],
    ['account', { awsAccount: '999999999999' }, {}],
    ['region', {}, { awsRegion: 'us-east-1' }],
    ['environment', {}, { environment: 'test' }],
  ])('is another one in another %s', (_, asWho, atWhere) => {
    expect(installationId({ ...who, ...asWho }, { ...where, ...atWhere })).not.toBe(GOLDEN);
  });
});
