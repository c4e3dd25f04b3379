import * as z from 'zod';
import { createAttempts } from './attempts.ts';
import { fromGenesys } from './from-genesys.ts';
import { createSdk, type SdkOptions } from './genesys-sdk.ts';
import { createSession } from './genesys-session.ts';
import { pageOf, type Query, readPages } from './paging.ts';
import { getBytes, type Presigned, presignedOperation, putBytes } from './presigned.ts';
import { redactor, Secret } from './redact.ts';
import { type Connection, retrying, type Waiting } from './retry.ts';
import { VendorError } from './vendor-error.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One call of the API. */
interface Call<T> {
  /** Method and path template: `GET /api/v2/flows/{flowId}`. */
  readonly operation: `${Method} /api/v2/${string}`;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: unknown;
  /** Whether sending it twice does no harm; by default all but POST. */
  readonly safe?: boolean;
  /** By default 30 s. */
  readonly timeoutMs?: number;
  /** By default JSON. */
  readonly contentType?: string;
  /** What the answer must look like; nothing is `undefined`, so for a delete it is `z.unknown()`. */
  readonly schema: z.ZodType<T>;
}

/** All of a list; the schema is that of one entity. */
interface List<T> extends Pick<Call<T>, 'operation' | 'path' | 'query' | 'schema'> {
  /** No more than so many entities are wanted. */
  readonly limit?: number;
}

/** The Genesys Cloud Platform API: one call, all pages of a list, and the bytes that lie elsewhere. */
export interface Genesys {
  readonly call: <T>(call: Call<T>) => Promise<T>;
  readonly page: <T>(list: List<T>) => Promise<T[]>;
  /** PUTs bytes to a presigned URL with exactly these headers. */
  readonly upload: (url: string, headers: Readonly<Record<string, string>>, bytes: Uint8Array) => Promise<void>;
  /** GETs the bytes of a presigned URL. */
  readonly download: (url: string) => Promise<Uint8Array>;
}

export interface GenesysOptions extends SdkOptions, Waiting {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

const service = 'Genesys Cloud';
const TIMEOUT = 30_000;
const BYTES_TIMEOUT = 120_000;

const LOGIN = 'POST /oauth/token';
const signedIn = z.object({ accessToken: z.string().min(1) });
const answered = z.object({ status: z.number(), body: z.unknown() });

/** Connects to an organization. Nothing is sent before the first call, which signs in. */
export function connectGenesys(options: GenesysOptions): Connection<Genesys> {
  const { clock, clientId, clientSecret, agent, gateway } = options;
  const sdk = createSdk(options);
  const attempt = createAttempts(clock);
  const secrets = [clientSecret, new Secret(`${clientId}:${clientSecret.reveal()}`)];
  const redact = redactor(() => secrets);
  const failed = (operation: string) => (error: unknown) => fromGenesys(error, operation, { now: clock.now(), redact });

  // One sign-in serves all, so it does not end with the part that happened to begin it.
  const session = createSession(async () => {
    const { signal } = options;
    const send = (ending: AbortSignal) => sdk.signIn(clientId, clientSecret.reveal(), ending);
    const request = { ms: TIMEOUT, send, failed: failed(LOGIN), signal };
    const { data } = signedIn.safeParse(await retrying(options, { safe: true }, () => attempt(request)));
    if (!data) throw new VendorError({ service, operation: LOGIN, message: 'the answer has no token in it' });
    secrets.push(new Secret(data.accessToken));
  });

  async function call<T>({ operation, path = {}, query = {}, schema, ...call }: Call<T>, signal: AbortSignal) {
    const [method = '', template = ''] = operation.split(' ');
    checkPath(operation, path);
    const { body, safe = method !== 'POST', timeoutMs: ms = TIMEOUT, contentType = 'application/json' } = call;
    const sent = { method, template, path, query, body, contentType };
    const send = (ending: AbortSignal) => sdk.send(sent, ending);
    const request = { ms, send, failed: failed(operation), signal };
    const answer = await session(() => retrying({ ...options, signal }, { safe }, () => attempt(request)));
    return parse(operation, answered.parse(answer), schema);
  }

  function parse<T>(operation: string, { status, body }: z.infer<typeof answered>, schema: z.ZodType<T>): T {
    const result = schema.safeParse(body === '' ? undefined : body);
    if (result.success) return result.data;
    const issues = result.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    const message = `the answer is not as documented (${issues.join('; ')})`;
    // It was carried out, or so it says.
    throw new VendorError({ service, operation, status, message, ambiguous: !operation.startsWith('GET') }, redact);
  }

  const isPlainAllowed = gateway?.protocol === 'http';
  /** A request to a presigned URL; sending it twice does no harm. */
  function elsewhere<T>(
    method: 'PUT' | 'GET',
    url: string,
    signal: AbortSignal,
    exchange: (there: Presigned) => Promise<T>,
  ) {
    const send = (ending: AbortSignal) => exchange({ url, agent, isPlainAllowed, signal: ending });
    const request = { ms: BYTES_TIMEOUT, send, failed: failed(presignedOperation[method]), signal };
    return retrying({ ...options, signal }, { safe: true }, () => attempt(request));
  }

  const within = (signal: AbortSignal): Genesys => ({
    call: (one) => call(one, signal),
    page: ({ schema, ...list }) => {
      const listing = pageOf(schema);
      return readPages(list, (query) => call({ ...list, query, schema: listing }, signal));
    },
    upload: (url, headers, bytes) => elsewhere('PUT', url, signal, (there) => putBytes({ ...there, headers, bytes })),
    download: (url) => elsewhere('GET', url, signal, getBytes),
  });
  return { ...within(options.signal), within };
}

/** An empty id would make the path of a list out of that of one object. */
function checkPath(operation: string, path: Readonly<Record<string, string>>): void {
  for (const [, name = ''] of operation.matchAll(/\{(\w+)\}/g))
    if (/^\.{0,2}$/.test(path[name] ?? '')) throw new TypeError(`${operation} needs a ${name}`);
}
