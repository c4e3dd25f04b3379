import type { Sent } from './contract.ts';

const PAGE = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** What a proxy or a broken line may make of an answer: cut short, somebody's HTML page, or empty. */
export function spoil(sent: Sent, as: 'cut' | 'html' | 'empty'): Sent {
  // The status of an answer that cannot have a body would hide the fault.
  const status = sent.status === 204 || sent.status === 304 ? 200 : sent.status;
  const type = as === 'html' ? 'text/html' : (contentType(sent) ?? 'application/json');
  return { status, headers: { ...withoutBodyHeaders(sent.headers), 'content-type': type }, bytes: body(sent, as) };
}

function body({ bytes }: Sent, as: 'cut' | 'html' | 'empty'): Uint8Array {
  if (as === 'html') return Buffer.from(PAGE);
  if (as === 'empty') return new Uint8Array();
  return bytes.length === 0 ? Buffer.from('{"') : bytes.subarray(0, Math.floor(bytes.length / 2));
}

const isAbout = (name: string, header: string): boolean => name.toLowerCase() === header;

const contentType = ({ headers }: Sent): string | undefined =>
  Object.entries(headers).find(([name]) => isAbout(name, 'content-type'))?.[1];

const withoutBodyHeaders = (headers: Sent['headers']): Sent['headers'] =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !isAbout(name, 'content-type') && !isAbout(name, 'content-length')),
  );
