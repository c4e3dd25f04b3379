import * as z from 'zod';
import { natureOf, retryAfter, VendorError, withoutReason } from './vendor-error.ts';

const service = 'Genesys Cloud';

/** Whatever is of another type is as good as absent. */
const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);
const listOf = <T extends z.ZodType>(item: T) => z.array(item).nullish().catch(undefined);

const part = z.object({ errorCode: text, fieldName: text, entityId: text, entityName: text, message: text });
const plainBody = z.object({
  message: text,
  messageWithParams: text,
  messageParams: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  code: text,
  status: number,
  contextId: text,
  details: listOf(part),
  /** OAuth's own form has these instead. */
  error: text,
  description: text,
  error_description: text,
});
const errorBody = plainBody.extend({ errors: listOf(plainBody) });
type Body = z.infer<typeof plainBody>;

const headers = z.object({ 'retry-after': text, 'inin-correlation-id': text }).optional().catch(undefined);
/** An answer as the SDK gives it when it is asked for all of it. */
const extended = z.object({ status: z.number(), headers, body: z.unknown() });
/** An AxiosError: the SDK lets them through where there was no answer, and always when signing in. */
const axiosError = z.object({ response: z.object({ status: z.number(), headers, data: z.unknown() }) });
const thrown = z.object({ code: text, message: text });

/** The limit of the login is over after a minute, and says nothing of how long it takes: five pauses are one. */
const LOGIN_PAUSE = 12_000;

interface Answer {
  readonly status: number | undefined;
  readonly headers?: z.infer<typeof headers>;
  readonly body: unknown;
}

interface Options {
  /** For a `Retry-After` that is a date: ms since the epoch. */
  readonly now?: number;
  readonly redact?: (text: string) => string;
}

/**
 * Turns what the Genesys SDK rejected with into a VendorError: a string, an answer's bare body, nothing, a whole answer, or
 * an AxiosError, which carries the bearer token.
 */
export function fromGenesys(rejection: unknown, operation: string, { now = 0, redact }: Options = {}): VendorError {
  if (rejection instanceof VendorError) return rejection;
  const answer = answerIn(rejection);
  // A rejection with a good status is an answer that was cut off after its headers.
  if (answer && !(answer.status !== undefined && answer.status < 300)) return refused(answer, operation, now, redact);
  const { code, message } = thrown.catch({ code: undefined, message: undefined }).parse(rejection);
  const cause = answer ? 'ECONNRESET' : (code ?? undefined);
  const failure = { service, operation, code: cause, cause: rejection };
  if (typeof rejection === 'string') return new VendorError({ ...failure, message: rejection }, redact);
  // The body of an answer without one: it came, but there is no telling with which status.
  const nature = rejection === undefined ? { retryable: true, ambiguous: true } : natureOf(undefined, cause);
  const why = answer ? 'the answer was cut off' : message || withoutReason(undefined, cause);
  return new VendorError({ ...failure, ...nature, message: why }, redact);
}

function answerIn(rejection: unknown): Answer | undefined {
  const whole = axiosError.safeParse(rejection);
  if (whole.success) return { ...whole.data.response, body: whole.data.response.data };
  if (rejection instanceof Error || typeof rejection !== 'object' || rejection === null) return undefined;
  const answer = extended.safeParse(rejection);
  if (answer.success && 'body' in rejection) return answer.data;
  return { status: errorBody.safeParse(rejection).data?.status ?? undefined, body: rejection };
}

function refused({ status, headers, body }: Answer, operation: string, now: number, redact: Options['redact']) {
  const said = errorBody.safeParse(typeof body === 'string' ? fromJson(body) : body).data;
  const message = said && messageOf(said);
  const code = said?.code ?? said?.error ?? undefined;
  // The login has its own limit, and says so with a 400.
  const isLoginLimit = status === 400 && /rate limit exceeded/i.test(`${message} ${said?.error_description}`);
  const seconds = /retry the request in \[?(\d+)\]? seconds/i.exec(message ?? '')?.[1];
  return new VendorError(
    {
      service,
      operation,
      status,
      code,
      message:
        message || (isPage(body) ? `HTTP ${status}, with a web page as the answer` : withoutReason(status, code)),
      requestId: said?.contextId ?? headers?.['inin-correlation-id'] ?? undefined,
      ...natureOf(isLoginLimit ? 429 : status, undefined),
      retryAfterMs:
        retryAfter(headers?.['retry-after'], now) ??
        retryAfter(seconds, now) ??
        (isLoginLimit ? LOGIN_PAUSE : undefined),
      details: said ? detailsOf(said, said.errors ?? []) : [],
    },
    redact,
  );
}

const isPage = (body: unknown) => typeof body === 'string' && /^\s*<(!doctype|html)/i.test(body);

const messageOf = (body: Body) =>
  body.message || filled(body) || body.description || body.error_description || body.error || undefined;

const filled = ({ messageWithParams, messageParams }: Body) =>
  messageWithParams?.replace(/\{(\w+)\}/g, (whole, name) => String(messageParams?.[name] ?? whole));

/** A 400 often says no more than "Bad Request" itself; what is wrong stands in its details and errors. */
function detailsOf(said: Body, errors: readonly Body[]): readonly string[] {
  const own = (said.details ?? []).map((one) =>
    phrase([one.errorCode, one.fieldName, one.entityName ?? one.entityId, one.message]),
  );
  const nested = errors.flatMap((error) => [phrase([error.code, messageOf(error)]), ...detailsOf(error, [])]);
  return [...new Set([...own, ...nested])].filter((line) => line !== '').slice(0, 20);
}

const phrase = (parts: readonly (string | null | undefined)[]) => parts.filter((one) => one).join(': ');

/** What a text says as JSON; undefined where it is none. */
function fromJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
