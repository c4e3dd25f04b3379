import { Readable } from 'node:stream';

type Handler<T> = (args: object) => Promise<T>;

interface Raw {
  readonly response: { readonly headers?: Readonly<Record<string, string>>; body?: unknown };
}

/**
 * Middleware for the SDK, which takes any answer for a good one where it needs no members, be it a proxy's page. What is
 * only labelled as a page is none: there are servers that label so whatever has no other type.
 */
export const refusingPages = (next: Handler<Raw>) => async (args: object) => {
  const raw = await next(args);
  const { response } = raw;
  const { headers = {} } = response;
  if (!/^text\/html/i.test(headers['content-type'] ?? '')) return raw;
  const bytes = response.body instanceof Readable ? await wholeOf(response.body) : Buffer.alloc(0);
  if (isPage(bytes, headers))
    throw Object.assign(new Error('a web page in the place of an answer'), { code: 'ERR_BAD_RESPONSE' });
  response.body = Readable.from(bytes, { objectMode: false });
  return raw;
};

const PAGE = /^\s*<(!doctype\s+html|html)\b/i;

/** Where there is nothing to see, as after a HEAD, only AWS and what stands in for it number their answers. */
const isPage = (bytes: Buffer, headers: object): boolean =>
  bytes.length > 0
    ? PAGE.test(bytes.toString('latin1', 0, 200))
    : !Object.keys(headers).some((name) => name.startsWith('x-amz'));

async function wholeOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
