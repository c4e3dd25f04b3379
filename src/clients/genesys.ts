import * as z from 'zod';
import { createAttempts } from './attempts.ts';
import { fromGenesys } from './from-genesys.ts';
import { createSdk, type SdkOptions } from './genesys-sdk.ts';
import { createSession } from './genesys-session.ts';
import { nextPage, nextUri, type Query } from './paging.ts';
import { redactor, Secret } from './redact.ts';
import { retrying, type Waiting } from './retry.ts';
import { putBytes } from './upload.ts';
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

/** The Genesys Cloud Platform API: one call, all pages of a list, and the upload that goes elsewhere. */
export interface Genesys {
  readonly call: <T>(call: Call<T>) => Promise<T>;
  readonly page: <T>(list: List<T>) => Promise<T[]>;
  /** PUTs bytes to a presigned URL with exactly these headers. */
  readonly upload: (url: string, headers: Readonly<Record<string, string>>, bytes: Uint8Array) => Promise<void>;
}

export interface GenesysOptions extends SdkOptions, Waiting {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

const service = 'Genesys Cloud';
const TIMEOUT = 30_000;
const UPLOAD_TIMEOUT = 120_000;
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

const LOGIN = 'POST /oauth/token';
const signedIn = z.object({ accessToken: z.string().min(1) });
const answered = z.object({ status: z.number(), body: z.unknown() });

/** Connects to an organization. Nothing is sent before the first call, which signs in. */
export function connectGenesys(options: GenesysOptions): Genesys {
  const { clock, clientId, clientSecret, agent } = options;
  const sdk = createSdk(options);
  const attempt = createAttempts(options);
  const secrets = [clientSecret, new Secret(`${clientId}:${clientSecret.reveal()}`)];
  const redact = redactor(() => secrets);
  const failed = (operation: string) => (error: unknown) => fromGenesys(error, operation, { now: clock.now(), redact });

  const session = createSession(async () => {
    const send = (signal: AbortSignal) => sdk.signIn(clientId, clientSecret.reveal(), signal);
    const answer = await retrying(options, { safe: true }, () => attempt(TIMEOUT, send, failed(LOGIN)));
    const { data } = signedIn.safeParse(answer);
    if (!data) throw new VendorError({ service, operation: LOGIN, message: 'the answer has no token in it' });
    secrets.push(new Secret(data.accessToken));
  });

  async function call<T>({ operation, path = {}, query = {}, schema, ...call }: Call<T>): Promise<T> {
    const [method = '', template = ''] = operation.split(' ');
    checkPath(operation, path);
    const { body, safe = method !== 'POST', timeoutMs = TIMEOUT, contentType = 'application/json' } = call;
    const request = { method, template, path, query, body, contentType };
    const send = (signal: AbortSignal) => sdk.send(request, signal);
    const answer = await session(() => retrying(options, { safe }, () => attempt(timeoutMs, send, failed(operation))));
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

  async function page<T>({ query = {}, schema, limit = Number.POSITIVE_INFINITY, ...list }: List<T>): Promise<T[]> {
    // Without `entities` it is no list; to take it for an empty one would be to create everything anew.
    const listing = z.object({ entities: z.array(schema), pageCount: z.number().nullish(), nextUri });
    const all: T[] = [];
    let here: Query = { pageSize: PAGE_SIZE, ...query };
    for (let n = 1; n <= MOST_PAGES; n += 1) {
      const answer = await call({ ...list, query: here, schema: listing });
      for (const entity of answer.entities) all.push(entity);
      const next = nextPage(n, answer);
      if (!next || all.length >= limit) return all.slice(0, limit);
      here = { ...here, ...next };
    }
    throw new VendorError({ service, operation: list.operation, message: `the list has no end (${MOST_PAGES} pages)` });
  }

  const upload: Genesys['upload'] = (url, headers, bytes) => {
    const send = (signal: AbortSignal) => putBytes({ url, headers, bytes, agent, signal });
    return retrying(options, { safe: true }, () => attempt(UPLOAD_TIMEOUT, send, failed('PUT (upload)')));
  };

  return { call, page, upload };
}

/** An empty id would make the path of a list out of that of one object. */
function checkPath(operation: string, path: Readonly<Record<string, string>>): void {
  for (const [, name = ''] of operation.matchAll(/\{(\w+)\}/g))
    if (/^\.{0,2}$/.test(path[name] ?? '')) throw new TypeError(`${operation} needs a ${name}`);
}
