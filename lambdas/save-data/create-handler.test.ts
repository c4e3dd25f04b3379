import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import { createHandler } from './create-handler.ts';

interface Put {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Answer {
  readonly status: number;
  readonly code?: string;
  /** Ends the connection instead of answering. */
  readonly drop?: true;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** The handler, with a real client, before a server that gives these answers in turn and then 200. */
async function withAnswers(...answers: readonly Answer[]) {
  const puts: Put[] = [];
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    const { method, url: path, headers } = request;
    const { status, code, drop } = answers[puts.length] ?? { status: 200 };
    puts.push({ method, path, headers, body });
    if (drop) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': 'REQ1' });
    response.end(code && `<Error><Code>${code}</Code><Message>about pay-1 and +13175550123</Message></Error>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    forcePathStyle: true,
    maxAttempts: 1,
  });
  closers.push(() => {
    s3.destroy();
    server.closeAllConnections();
    server.close();
  });
  const handler = createHandler({ s3, bucket: 'dev-eo', now: () => new Date('2026-11-24T10:00:00Z') });
  return { puts, save: (event: unknown) => handler(event, { invokedFunctionArn: FUNCTION }) };
}

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:dev-saveUserData-lambda';
const EVENT = { paymentId: 'pay-1', phoneNumber: 'tel:+13175550123', conversationId: 'c-1' };
const SAVED = { message: 'Payment saved', ok: true };
const SAVED_BEFORE = { message: 'Payment was saved before', ok: true };
const CONFLICT = { status: 409, code: 'ConditionalRequestConflict' };
const EXISTS = { status: 412, code: 'PreconditionFailed' };

describe('what is stored', () => {
  test('is one JSON object under a key of the payment id, for an owner, never overwriting', async () => {
    const { save, puts } = await withAnswers();
    expect(await save(EVENT)).toEqual(SAVED);
    expect(puts).toHaveLength(1);
    const [put] = puts;
    expect(put?.method).toBe('PUT');
    expect(put?.path).toMatch(/^\/dev-eo\/payments\/pay-1\.json(\?x-id=PutObject)?$/);
    expect(put?.headers).toMatchObject({
      'content-type': 'application/json',
      'if-none-match': '*',
      'x-amz-expected-bucket-owner': '123456789012',
    });
    expect(JSON.parse(put?.body ?? '')).toEqual({
      paymentId: 'pay-1',
      phoneNumber: '+13175550123',
      conversationId: 'c-1',
      savedAt: '2026-11-24T10:00:00.000Z',
    });
  });

  test.each([
    ['an anonymous caller', { paymentId: 'p', phoneNumber: 'anonymous' }],
    ['no caller', { paymentId: 'p', phoneNumber: '', conversationId: '' }],
    ['only a payment id', { paymentId: 'p' }],
    ['members of other types', { paymentId: 'p', phoneNumber: 5, conversationId: {} }],
  ])('has null for a number and no conversation for %s', async (_, event) => {
    const { save, puts } = await withAnswers();
    await save(event);
    expect(JSON.parse(puts[0]?.body ?? '')).toEqual({
      paymentId: 'p',
      phoneNumber: null,
      savedAt: '2026-11-24T10:00:00.000Z',
    });
  });

  test('has nothing in it that was not asked for', async () => {
    const { save, puts } = await withAnswers();
    await save({ paymentId: 'p', cardNumber: '123456789' });
    expect(puts[0]?.body).not.toContain('123456789');
  });
});

describe('a repeated event', () => {
  test.each([
    ['finds the payment there: success', [EXISTS], SAVED_BEFORE, 1],
    ['meets another at the same moment and wins', [CONFLICT], SAVED, 2],
    ['meets another at the same moment and loses', [CONFLICT, EXISTS], SAVED_BEFORE, 2],
    ['meets others twice', [CONFLICT, CONFLICT], SAVED, 3],
  ])('%s', async (_, answers, result, calls) => {
    const { save, puts } = await withAnswers(...answers);
    expect(await save(EVENT)).toEqual(result);
    expect(puts).toHaveLength(calls);
  });
});

describe('failures are thrown, without the input', () => {
  test.each([
    [
      'conflicts without end',
      [CONFLICT, CONFLICT, CONFLICT],
      'The payment could not be saved: ConditionalRequestConflict (request REQ1)',
    ],
    [
      'access denied',
      [{ status: 403, code: 'AccessDenied' }],
      'The payment could not be saved: AccessDenied (request REQ1)',
    ],
    [
      'no bucket',
      [{ status: 404, code: 'NoSuchBucket' }],
      'The payment could not be saved: NoSuchBucket (request REQ1)',
    ],
    [
      'a server error',
      [{ status: 500, code: 'InternalError' }],
      'The payment could not be saved: InternalError (request REQ1)',
    ],
  ])('%s', async (_, answers, message) => {
    const { save } = await withAnswers(...answers);
    const failure = await save(EVENT).catch((error: unknown) => error);
    expect(failure).toEqual(new Error(message));
    expect(failure).not.toHaveProperty('cause');
  });

  test('a lost connection', async () => {
    const { save } = await withAnswers({ status: 0, drop: true });
    await expect(save(EVENT)).rejects.toThrow(/^The payment could not be saved: \w+$/);
  });

  test.each([
    ['no event', undefined, 'paymentId missing'],
    ['no payment id', { phoneNumber: 'tel:+13175550123' }, 'paymentId missing'],
    ['a null', { paymentId: null }, 'paymentId missing'],
    ['an empty one', { paymentId: '' }, 'paymentId missing'],
    ['a path', { paymentId: '../other' }, 'paymentId is not valid'],
    ['a number', { paymentId: 5 }, 'paymentId is not valid'],
    ['too long a one', { paymentId: 'x'.repeat(65) }, 'paymentId is not valid'],
  ])('%s, and nothing is sent', async (_, event, message) => {
    const { save, puts } = await withAnswers();
    await expect(save(event)).rejects.toThrow(new Error(message));
    expect(puts).toHaveLength(0);
  });

  test.each([
    ['no bucket is configured', undefined, FUNCTION, 'BUCKET_NAME is not set'],
    ['the account is unknown', 'dev-eo', undefined, 'The account of the function is unknown'],
    ['the function ARN is none', 'dev-eo', 'dev-saveUserData-lambda', 'The account of the function is unknown'],
  ])('%s', async (_, bucket, invokedFunctionArn, message) => {
    const s3 = { send: () => expect.unreachable() };
    const handler = createHandler({ s3, bucket, now: () => new Date(0) });
    await expect(handler(EVENT, { invokedFunctionArn })).rejects.toThrow(new Error(message));
  });
});
