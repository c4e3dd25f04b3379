import { clean, redactor } from './redact.ts';

/** What is known of a failed call. */
export interface VendorFailure {
  readonly service: string;
  readonly operation: string;
  /** HTTP status; absent where there was no answer. */
  readonly status?: number | undefined;
  /** The vendor's own code, `NoSuchEntityException` or `general.conflict`; without an answer the connection's, `ECONNRESET`. */
  readonly code?: string | undefined;
  readonly message: string;
  readonly requestId?: string | undefined;
  /** Whether the same request may do better a little later. */
  readonly retryable?: boolean | undefined;
  /** Whether the request may have been carried out all the same. */
  readonly ambiguous?: boolean | undefined;
  /** How much later, in ms, if the vendor said so. */
  readonly retryAfterMs?: number | undefined;
  readonly details?: readonly string[] | undefined;
  /** Only the message and the stack of an error are kept, cleaned: an SDK's own carries tokens. */
  readonly cause?: unknown;
}

const withoutTokens = redactor(() => []);

/** What any vendor's SDK throws, in one form, with nothing in it that must not be shown. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly service: string;
  readonly operation: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly ambiguous: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: readonly string[];

  constructor(failure: VendorFailure, redact = withoutTokens) {
    // Cleaned before: a secret may be hidden in pieces. Cut after: half a secret would not be recognised.
    const tidy = (text: string, limit?: number) => clean(redact(clean(text, 20_000)), limit);
    const line = (text: string, limit?: number) => tidy(text, limit).replace(/\s+/g, ' ').trim();
    super(line(failure.message), failure.cause instanceof Error ? { cause: tidied(failure.cause, tidy) } : undefined);
    this.service = failure.service;
    this.operation = failure.operation;
    this.status = failure.status;
    this.code = failure.code === undefined ? undefined : line(failure.code, 200);
    this.requestId = failure.requestId === undefined ? undefined : line(failure.requestId, 200);
    this.retryable = failure.retryable ?? false;
    this.ambiguous = failure.ambiguous ?? false;
    this.retryAfterMs = failure.retryAfterMs;
    this.details = (failure.details ?? []).map((text) => line(text));
  }
}

function tidied(error: Error, tidy: (text: string, limit?: number) => string): Error {
  const cause = new Error(tidy(error.message));
  cause.stack = tidy(error.stack ?? '', 5_000);
  return cause;
}

/** The connection never came about, so nothing was sent. */
const NOT_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'],
  ...['ERR_PROXY_UNREACHABLE', 'ERR_PROXY_FAILED'],
]);
/** No answer came, or none that was whole: that is ERR_BAD_RESPONSE. */
const CUT_OFF =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ERR_NETWORK|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE|TimeoutError|HPE_\w+)$/;

/** How a failure is to be taken, by its status, or without an answer by the connection's code. */
export function natureOf(status: number | undefined, code: string | undefined) {
  if (status === undefined) {
    const isCutOff = code !== undefined && CUT_OFF.test(code);
    return { retryable: isCutOff || NOT_SENT.has(code ?? ''), ambiguous: isCutOff };
  }
  const isUnable = status === 408 || status >= 500;
  return { retryable: status === 429 || isUnable, ambiguous: isUnable };
}

/** What to say where the vendor gave no reason. */
export function withoutReason(status: number | undefined, code: string | undefined): string {
  if (status !== undefined) return `HTTP ${status}, without a reason`;
  return code === undefined ? 'no answer, and no reason' : `no answer (${code})`;
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** `Retry-After` in ms: it is seconds, or a date; undefined where it is neither. */
export function retryAfter(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
