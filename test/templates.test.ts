import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { handler as paymentId } from '../lambdas/payment-id/handler.ts';
import { createHandler } from '../lambdas/save-data/create-handler.ts';
import { assets, packageRoot, renderTemplate } from '../src/assets.ts';

const root = packageRoot(import.meta.url);
const { template } = assets(root);

const VALUES = {
  bucketArn: 'arn:aws:s3:::dev-eo',
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:dev-pay-lambda',
  genesysPrincipal: 'arn:aws:iam::765628985471:root',
  logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/dev-pay-lambda',
  organizationId: '11111111-2222-3333-4444-555555555555',
};

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

async function policy(name: string): Promise<readonly Statement[]> {
  const rendered = renderTemplate(await template(`policies/${name}.json`), VALUES) as {
    Version: string;
    Statement: readonly Statement[];
  };
  expect(rendered.Version).toBe('2012-10-17');
  return rendered.Statement;
}

const policies = (await readdir(join(root, 'templates', 'policies'))).map((file) => file.replace(/\.json$/, ''));

describe('policies', () => {
  test.each(policies)('%s is complete, and its statements carry our names', async (name) => {
    const statements = await policy(name);
    expect(JSON.stringify(statements)).not.toMatch(/[<>]/);
    for (const { Sid } of statements) expect(Sid).toMatch(/^EoSetup[A-Za-z]+$/);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  test.each(policies)('%s allows no action and no resource at large', async (name) => {
    for (const { Effect, Action, Resource = [], Principal } of await policy(name)) {
      if (Effect !== 'Allow') continue;
      for (const one of [Action].flat()) expect(one).not.toContain('*');
      for (const one of [Resource].flat()) expect(one).toMatch(/^arn:[^*]+(:\*|\/payments\/\*)?$/);
      expect(JSON.stringify(Principal) ?? '').not.toContain('*');
    }
  });

  test('a function is run by Lambda, and may write to its own log group', async () => {
    expect(await policy('lambda-trust')).toMatchObject([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    const logs = {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${VALUES.logGroupArn}:*`,
    };
    expect(await policy('execution-policy')).toMatchObject([logs]);
    const payments = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::dev-eo/payments/*' };
    const [first, second, ...more] = await policy('save-execution-policy');
    expect([first, second, more]).toMatchObject([logs, payments, []]);
  });

  test('Genesys Cloud may assume the invoke role for one organization, and invoke one function', async () => {
    expect(await policy('genesys-trust')).toMatchObject([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::765628985471:root' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': VALUES.organizationId } },
      },
    ]);
    expect(await policy('invoke-policy')).toMatchObject([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: VALUES.functionArn },
    ]);
  });

  test('the bucket is reached through TLS only', async () => {
    expect(await policy('bucket-policy')).toMatchObject([
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::dev-eo', 'arn:aws:s3:::dev-eo/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });
});

/** Whether a value is what a contract says; the schemas are draft 04, of which they use what has not changed since. */
async function fits(name: string, value: unknown): Promise<boolean> {
  const { $schema, ...schema } = JSON.parse(await template(`contracts/${name}.json`));
  expect($schema).toBe('http://json-schema.org/draft-04/schema#');
  return new Ajv({ strict: true }).validate(schema, value);
}

describe('contracts', () => {
  test.each([
    ['payment-id.input', { cardNumber: '123456789' }],
    ['save-data.input', { paymentId: 'p', phoneNumber: '', conversationId: 'c' }],
    ['save-data.input', { paymentId: 'p' }],
    ['save-data.output', { message: 'Payment saved', ok: true }],
  ])('%s takes %j', async (name, value) => {
    expect(await fits(name, value)).toBe(true);
  });

  test.each([
    ['payment-id.input', {}],
    ['payment-id.input', { cardNumber: 123456789 }],
    ['payment-id.output', {}],
    ['save-data.input', { phoneNumber: '+13175550123' }],
    ['save-data.output', { message: 'Payment saved' }],
    ['save-data.output', { ok: 'true' }],
  ])('%s refuses %j', async (name, value) => {
    expect(await fits(name, value)).toBe(false);
  });

  test('are what the functions answer', async () => {
    expect(await fits('payment-id.output', await paymentId({ cardNumber: '123456789' }))).toBe(true);
    const s3 = { send: () => Promise.resolve({}) };
    const save = createHandler({ s3, bucket: 'dev-eo', now: () => new Date(0) });
    expect(
      await fits('save-data.output', await save({ paymentId: 'p' }, { invokedFunctionArn: VALUES.functionArn })),
    ).toBe(true);
  });
});
