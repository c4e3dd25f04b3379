import * as z from 'zod';
import { natureOf, retryAfter, VendorError, withoutReason } from './vendor-error.ts';

/** Whatever is of another type is as good as absent. */
const text = z.string().optional().catch(undefined);

const thrown = z
  .object({
    name: text,
    code: text,
    message: text,
    /** Only a service's own answer that could be read has it. */
    $fault: text,
    $metadata: z
      .object({
        httpStatusCode: z.number().optional().catch(undefined),
        requestId: text,
        /** The SDK has seen that our clock is wrong, and will sign with the right time. */
        clockSkewCorrected: z.boolean().optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
    $response: z
      .object({
        statusCode: z.number().optional().catch(undefined),
        headers: z.object({ 'retry-after': text, 'x-amzn-requestid': text }).optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
    /** Lambda's own way to say it. */
    retryAfterSeconds: text,
  })
  .catch({ name: undefined, code: undefined, message: undefined, $fault: undefined, retryAfterSeconds: undefined });

/**
 * What AWS means as "not now", whatever its status. Not `LimitExceeded…`: a quota does not pass. Nor `OperationAborted`:
 * that takes longer, and the bucket and the log group wait for it themselves.
 */
const NOT_NOW = new Set([
  'BandwidthLimitExceeded',
  'ConcurrentModification',
  'ConcurrentModificationException',
  'ConditionalRequestConflict',
  'EntityTemporarilyUnmodifiableException',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
]);

/** What the SDK puts where a message should be when the answer had no body. */
const NO_MESSAGE = /^(|Unknown|UnknownError|NotFound)$/;

/** Turns what an AWS client threw into a VendorError; `now` is for a `Retry-After` that is a date. */
export function fromAws(error: unknown, service: string, operation: string, now = 0): VendorError {
  if (error instanceof VendorError) return error;
  const { message = '', $metadata, $response, retryAfterSeconds, ...said } = thrown.parse(error);
  const heard = $metadata?.httpStatusCode ?? $response?.statusCode;
  const isAnswer = said.$fault !== undefined;
  // An answer that is cut off or garbled says nothing of what was done, however good its status is.
  const isUnreadable = !isAnswer && heard !== undefined;
  const status = isUnreadable && heard < 300 ? undefined : heard;
  const code = isAnswer ? said.name : isUnreadable ? unreadableCode(heard, said.code) : (said.code ?? said.name);
  const { retryable, ambiguous } = natureOf(status, code);
  return new VendorError({
    service,
    operation,
    status,
    code,
    message: isUnreadable ? `HTTP ${heard}, with an answer that cannot be read` : reason(message, status, code),
    requestId: $metadata?.requestId ?? $response?.headers?.['x-amzn-requestid'],
    retryable: retryable || NOT_NOW.has(code ?? '') || $metadata?.clockSkewCorrected === true,
    ambiguous,
    retryAfterMs: retryAfter($response?.headers?.['retry-after'] ?? retryAfterSeconds, now),
    cause: error,
  });
}

const unreadableCode = (status: number, code: string | undefined) =>
  status < 300 ? (code ?? 'ERR_BAD_RESPONSE') : undefined;

const reason = (message: string, status: number | undefined, code: string | undefined) =>
  NO_MESSAGE.test(message) ? withoutReason(status, code) : message;
