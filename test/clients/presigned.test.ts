import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { Secret } from '../../src/clients/redact.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { type Answer, cutOff, hangUp, inTurn, type LocalServer, startServer, text } from './local-server.ts';
import { createWaiting } from './waiting.ts';

const QUERY = 'X-Amz-Credential=AKIAEXAMPLE&X-Amz-Signature=0123456789abcdef';
const yaml = 'inboundCall:\n  name: ü\n';

let server: LocalServer;
afterEach(() => server.close());

const connect = (gateway?: { readonly host: string; readonly protocol: string }) =>
  connectGenesys({
    ...createWaiting(),
    domain: 'mypurecloud.com',
    clientId: 'x',
    clientSecret: new Secret('hunter2-hunter2'),
    gateway,
  });

async function uploadTo(answer: Answer, path = `/flow.yaml?${QUERY}`): Promise<void> {
  server = await startServer(answer);
  const headers = { 'x-amz-tagging': 'org=1', 'x-amz-meta': 'a' };
  await connect().upload(`${server.origin}${path}`, headers, new TextEncoder().encode(yaml));
}

async function downloadFrom(answer: Answer): Promise<string> {
  server = await startServer(answer);
  return new TextDecoder().decode(await connect().download(`${server.origin}/flow.yaml?${QUERY}`));
}

/** All that could ever be shown of an error. */
const shown = (error: Error) =>
  [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack].join('\n');
const REFUSED = '<Error><Code>AccessDenied</Code><StringToSign>secret</StringToSign></Error>';

describe('an upload', () => {
  const ok = text(200, '');

  test('sends the bytes with exactly the given headers, and no token', async () => {
    await uploadTo(ok);
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: 'PUT', url: `/flow.yaml?${QUERY}`, body: yaml });
    const names = server.seen[0]?.rawHeaders.filter((_, n) => n % 2 === 0).map((name) => name.toLowerCase());
    expect(names?.toSorted()).toEqual(['connection', 'content-length', 'host', 'x-amz-meta', 'x-amz-tagging']);
  });

  test('is sent again, with the same bytes, after what may pass', async () => {
    await uploadTo(inTurn(hangUp, text(503, ''), ok));
    expect(server.seen.map(({ body }) => body.length)).toEqual([23, 23, 23]);
  });

  test.each([
    ['a refusal', text(403, REFUSED), '403, AccessDenied'],
    ['a redirect', text(307, '', { location: 'http://127.0.0.1:1/' }), '307'],
    ['another success', text(204, ''), '204'],
  ])('fails at %s, and does not show its address', async (_, answer, why) => {
    const error = await uploadTo(answer).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(VendorError);
    expect(error.message).toBe(`the upload was refused (HTTP ${why})`);
    expect(shown(error)).not.toMatch(/X-Amz|AKIA|StringToSign|flow\.yaml/);
    expect(server.seen).toHaveLength(1);
  });

  test('is not sent to another machine without TLS, unless what stands in for the vendor has none either', async () => {
    server = await startServer(ok);
    const plain = `http://0.0.0.0:${server.port}/flow.yaml?${QUERY}`;
    const uploadWith = (gateway?: Parameters<typeof connect>[0]) =>
      connect(gateway).upload(plain, {}, new TextEncoder().encode(yaml));
    for (const gateway of [undefined, { host: 'gateway.intern', protocol: 'https' }]) {
      const error = await uploadWith(gateway).catch((thrown) => thrown);
      expect(error.message).toBe('the address to upload to is one without TLS');
      expect(shown(error)).not.toMatch(/X-Amz|AKIA/);
    }
    expect(server.seen).toEqual([]);
    await uploadWith({ host: 'gateway.intern', protocol: 'http' });
    expect(server.seen).toHaveLength(1);
  });

  test('does not show its address where nobody answers, or where it is none', async () => {
    const lost = await uploadTo(hangUp).catch((thrown) => thrown);
    expect(lost).toMatchObject({ code: 'ECONNRESET', message: 'no answer (ECONNRESET)' });
    await server.close();
    const bad = await uploadTo(ok, `:99999999/${QUERY}`).catch((thrown) => thrown);
    expect(bad.message).toBe('the address to upload to is not a URL');
    for (const error of [lost, bad]) expect(shown(error)).not.toMatch(/X-Amz|AKIA/);
  });
});

describe('a download', () => {
  const ok = text(200, yaml);

  test('gives the bytes, and sends no token', async () => {
    expect(await downloadFrom(ok)).toBe(yaml);
    expect(server.seen).toMatchObject([{ method: 'GET', url: `/flow.yaml?${QUERY}` }]);
    expect(Object.keys(server.seen[0]?.headers ?? {}).toSorted()).toEqual(['connection', 'host']);
  });

  test('is sent again after what may pass', async () => {
    expect(await downloadFrom(inTurn(hangUp, cutOff, text(503, ''), ok))).toBe(yaml);
    expect(server.seen).toHaveLength(4);
  });

  test.each([
    ['a refusal', text(403, REFUSED), 403],
    ['a redirect', text(302, '', { location: 'http://127.0.0.1:1/' }), 302],
    ['another success', text(204, ''), 204],
  ])('fails at %s, and does not show its address', async (_, answer, status) => {
    const error = await downloadFrom(answer).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(VendorError);
    expect(error.message).toBe(`the download was refused (HTTP ${status})`);
    expect(shown(error)).not.toMatch(/X-Amz|AKIA|StringToSign|flow\.yaml/);
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['http://files.example/flow.yaml', 'one without TLS'],
    ['file:///etc/passwd', 'not a URL'],
    ['flow.yaml', 'not a URL'],
    ['', 'not a URL'],
  ])('does not go to %j', async (url, what) => {
    server = await startServer(ok);
    await expect(connect().download(url)).rejects.toThrow(`the address to download from is ${what}`);
    expect(server.seen).toEqual([]);
  });
});
