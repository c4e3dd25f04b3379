import { readFileSync } from 'node:fs';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { AwsContext, Place } from './place.ts';
import { createLog, type Seen } from './seen.ts';

const BUCKET = 'eo-conformance-payments';
const ROLE = 'eo-conformance-functions';
const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const put = { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${BUCKET}/payments/*` };

/** What a data action or a test sends, and what may go wrong with it. */
const EVENTS: readonly (readonly [fn: 'payment-id' | 'save-data', what: string, event: unknown])[] = [
  ['payment-id', 'nine digits', { cardNumber: '123456789' }],
  ['payment-id', 'nineteen digits', { cardNumber: '1234567890123456789' }],
  ['payment-id', 'no event', null],
  ['payment-id', 'no card number', {}],
  ['payment-id', 'an empty card number', { cardNumber: '' }],
  ['payment-id', 'a number', { cardNumber: 123456789 }],
  ['payment-id', 'too few digits', { cardNumber: '12345678' }],
  ['payment-id', 'other characters', { cardNumber: '12345678*' }],
  ['save-data', 'a payment', { paymentId: 'pay-1', phoneNumber: 'tel:+13175550123', conversationId: 'c-1' }],
  [
    'save-data',
    'the same payment again',
    { paymentId: 'pay-1', phoneNumber: 'tel:+13175550123', conversationId: 'c-1' },
  ],
  ['save-data', 'an anonymous caller', { paymentId: 'pay-2', phoneNumber: 'anonymous' }],
  ['save-data', 'no payment id', { phoneNumber: 'tel:+13175550123' }],
  ['save-data', 'a path for a payment id', { paymentId: '../other' }],
];

/** Installs both functions as they are shipped, and sends them every event. */
export async function runFunctions({ context }: Place): Promise<Seen> {
  const there = context('a-step');
  const { seen, see } = createLog();
  await prepare(there);
  for (const name of ['payment-id', 'save-data'] as const)
    await see(`install ${name}`, () => installFunction(there, name, readFileSync(`dist/lambdas/${name}.zip`)));
  for (const [name, what, event] of EVENTS) {
    await see(`${name}: ${what}`, () => invoke(there, name, JSON.stringify(event)));
  }
  for (const id of ['pay-1', 'pay-2'])
    await see(`what is stored of ${id}`, async () => {
      const at = { Bucket: BUCKET, Key: `payments/${id}.json` };
      const { Body, ContentType } = await there.aws.s3.send(new GetObjectCommand(at));
      const { savedAt, ...stored } = JSON.parse((await Body?.transformToString()) ?? '');
      return { ...stored, savedAt: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(savedAt), ContentType };
    });
  return seen;
}

async function prepare({ aws }: AwsContext) {
  await aws.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await aws.iam.send(new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: document(trust) }));
  await aws.iam.send(
    new PutRolePolicyCommand({ RoleName: ROLE, PolicyName: 'eo-setup', PolicyDocument: document(put) }),
  );
}

/** Makes a function, and waits until it may be invoked. */
export async function installFunction({ aws, sleep, awsAccount }: AwsContext, name: string, zip: Uint8Array) {
  await aws.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: `arn:aws:iam::${awsAccount}:role/${ROLE}`,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 10,
      MemorySize: 256,
      Code: { ZipFile: zip },
      Environment: { Variables: { BUCKET_NAME: BUCKET, REGION: 'us-east-1' } },
    }),
  );
  for (;;) {
    const { State } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    if (State !== 'Pending') return State;
    await sleep(50);
  }
}

/** Its role, for a function that stores nothing. */
export const prepareRole = async ({ aws }: AwsContext): Promise<void> => {
  await aws.iam.send(new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: document(trust) }));
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

async function invoke({ aws }: AwsContext, FunctionName: string, Payload: string) {
  const answer = await aws.lambda.send(new InvokeCommand({ FunctionName, Payload }));
  const payload = JSON.parse(
    Buffer.from(answer.Payload ?? [])
      .toString()
      .replace(UUID, 'a uuid'),
  );
  // Where in the runtime it was thrown is the runtime's own.
  const { trace, ...rest } = payload;
  return { status: answer.StatusCode, error: answer.FunctionError, ...rest, trace: trace?.[0] };
}
