import { type Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isLoopback } from './proxies.ts';
import { natureOf, VendorError } from './vendor-error.ts';

interface Upload {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly agent: Agent | undefined;
  /** Whether it may go to another machine without TLS, as what stands in for the vendor does too. */
  readonly isPlainAllowed: boolean;
  readonly signal: AbortSignal;
}

/**
 * PUTs bytes with exactly the given headers: the signature in the URL fits no other. The URL is a credential, so no error
 * names it. Resolves at 200.
 */
export async function putBytes({ url, headers, bytes, agent, isPlainAllowed, signal }: Upload): Promise<void> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw failure('the address to upload to is not a URL');
  const isSecure = url.startsWith('https:');
  if (!isSecure && !isPlainAllowed && !isLoopback(new URL(url).hostname))
    throw failure('the address to upload to is one without TLS');
  const send = isSecure ? httpsRequest : httpRequest;
  const options = {
    method: 'PUT',
    headers: { 'content-length': bytes.length, ...headers },
    signal,
    ...(agent && { agent }),
  };
  await new Promise<void>((resolve, reject) => {
    const lost = ({ code, message }: NodeJS.ErrnoException) =>
      reject(failure(code?.startsWith('ERR_PROXY_') ? message : `no answer (${code})`, undefined, code));
    const request = send(url, options, (response) => {
      const { statusCode: status } = response;
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        if (text.length < LONGEST) text += chunk;
      });
      response.on('error', lost);
      response.on('end', () => (status === 200 ? resolve() : reject(refusal(status, text))));
    });
    request.on('error', lost);
    request.end(bytes);
  });
}

const LONGEST = 10_000;

/** S3 answers in XML, and repeats what was signed in it: only the code is taken out. */
function refusal(status: number | undefined, xml: string): VendorError {
  const code = /<Code>(\w{1,100})<\/Code>/.exec(xml)?.[1];
  return failure(`the upload was refused (HTTP ${status}${code ? `, ${code}` : ''})`, status, code);
}

const failure = (message: string, status?: number, code?: string) =>
  new VendorError({
    service: 'Genesys Cloud',
    operation: 'PUT (upload)',
    message,
    status,
    code,
    ...natureOf(status, code),
  });
