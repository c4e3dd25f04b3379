import { type Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isLoopback } from './proxies.ts';
import { natureOf, VendorError } from './vendor-error.ts';

interface Download {
  readonly url: string;
  readonly agent: Agent | undefined;
  /** Whether it may come from another machine without TLS, as from what stands in for the vendor. */
  readonly isPlainAllowed: boolean;
  readonly signal: AbortSignal;
}

const LARGEST = 50 * 1024 * 1024;

/** GETs bytes from a presigned URL. The URL is a credential, so no error names it, and nothing else is sent along. */
export async function getBytes({ url, agent, isPlainAllowed, signal }: Download): Promise<Uint8Array> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw failure('the address to download from is not a URL');
  const isSecure = url.startsWith('https:');
  if (!isSecure && !isPlainAllowed && !isLoopback(new URL(url).hostname))
    throw failure('the address to download from is one without TLS');
  const send = isSecure ? httpsRequest : httpRequest;
  return new Promise<Uint8Array>((resolve, reject) => {
    const lost = ({ code, message }: NodeJS.ErrnoException) =>
      reject(failure(code?.startsWith('ERR_PROXY_') ? message : `no answer (${code})`, undefined, code));
    const request = send(url, { method: 'GET', signal, ...(agent && { agent }) }, (response) => {
      const { statusCode: status } = response;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST) request.destroy(Object.assign(new Error('too much'), { code: 'EFBIG' }));
        else chunks.push(chunk);
      });
      response.on('error', lost);
      response.on('end', () => {
        if (status === 200) resolve(Buffer.concat(chunks));
        else reject(failure(`the download was refused (HTTP ${status})`, status));
      });
    });
    request.on('error', lost);
    request.end();
  });
}

const failure = (message: string, status?: number, code?: string) =>
  new VendorError({
    service: 'Genesys Cloud',
    operation: 'GET (download)',
    message,
    status,
    code,
    ...natureOf(status, code),
  });
