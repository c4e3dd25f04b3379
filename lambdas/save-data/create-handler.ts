import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { phoneNumberOf } from './phone-number.ts';

/** What the function works with: given by Lambda in `handler.ts`, by the test in tests. */
export interface Surroundings {
  readonly s3: Pick<S3Client, 'send'>;
  readonly bucket: string | undefined;
  readonly now: () => Date;
}

/** As much of Lambda's context as is used. */
export interface Invocation {
  readonly invokedFunctionArn?: string | undefined;
}

export interface Saved {
  readonly message: string;
  readonly ok: true;
}

const ATTEMPTS = 3;

/**
 * Stores one payment as JSON under a key of its own, and never overwrites: an event that comes twice finds its object
 * there, and that is success. Everything else that goes wrong is thrown, so that the data action fails and no payment is
 * lost quietly. Nothing that it is given is logged or becomes part of an error.
 */
export const createHandler =
  ({ s3, bucket, now }: Surroundings) =>
  async (event: unknown, invocation: Invocation): Promise<Saved> => {
    const { paymentId, phoneNumber, conversationId } = inputOf(event);
    if (!bucket) throw new Error('BUCKET_NAME is not set');
    const payment = {
      paymentId,
      phoneNumber: phoneNumberOf(phoneNumber),
      ...(typeof conversationId === 'string' && conversationId !== '' && { conversationId }),
      savedAt: now().toISOString(),
    };
    const put = new PutObjectCommand({
      Bucket: bucket,
      Key: `payments/${paymentId}.json`,
      Body: `${JSON.stringify(payment)}\n`,
      ContentType: 'application/json',
      IfNoneMatch: '*',
      ExpectedBucketOwner: accountOf(invocation),
    });
    return store(s3, put);
  };

async function store(s3: Surroundings['s3'], put: PutObjectCommand): Promise<Saved> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await s3.send(put);
      return { message: 'Payment saved', ok: true };
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 412) return { message: 'Payment was saved before', ok: true };
      // ConditionalRequestConflict: two events for one payment at the same moment. One of the two wins; ask again which.
      if (status !== 409 || attempt === ATTEMPTS) throw new Error(`The payment could not be saved: ${reasonOf(error)}`);
    }
  }
}

/** Characters that are safe in a key, and no path among them. */
const PAYMENT_ID = /^[A-Za-z0-9_-]{1,64}$/;

function inputOf(event: unknown) {
  const members: Readonly<Record<string, unknown>> = typeof event === 'object' && event !== null ? { ...event } : {};
  const { paymentId, phoneNumber, conversationId } = members;
  if (paymentId === undefined || paymentId === null || paymentId === '') throw new Error('paymentId missing');
  if (typeof paymentId !== 'string' || !PAYMENT_ID.test(paymentId)) throw new Error('paymentId is not valid');
  return { paymentId, phoneNumber, conversationId };
}

/** The account that the function runs in, which the bucket must belong to: arn:aws:lambda:region:account:function:name. */
function accountOf({ invokedFunctionArn = '' }: Invocation): string {
  const account = invokedFunctionArn.split(':')[4] ?? '';
  if (!/^\d{12}$/.test(account)) throw new Error('The account of the function is unknown');
  return account;
}

/** Name and request id only: a service's message may repeat what it was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof S3ServiceException) return `${error.name} (request ${error.$metadata.requestId ?? 'unknown'})`;
  return error instanceof Error ? error.name : 'unknown error';
}
