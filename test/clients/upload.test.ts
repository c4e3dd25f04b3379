import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { Secret } from '../../src/clients/redact.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { type Answer, hangUp, inTurn, type LocalServer, startServer, text } from './local-server.ts';
import { createWaiting } from './waiting.ts';

const QUERY = 'X-Amz-Credential=AKIAEXAMPLE&X-Amz-Signature=0123456789abcdef';
const bytes = new TextEncoder().encode('inboundCall:\n  name: ü\n');
const ok = text(200, '');
const client = { clientId: 'x', clientSecret: new Secret('hunter2-hunter2') };

let server: LocalServer;
afterEach(() => server.close());

async function uploadTo(answer: Answer, path = `/flow.yaml?${QUERY}`) {
  server = await startServer(answer);
  const { upload } = connectGenesys({ ...createWaiting(), domain: 'mypurecloud.com', ...client });
  return upload(`${server.origin}${path}`, { 'x-amz-tagging': 'org=1', 'x-amz-meta': 'a' }, bytes);
}

test('an upload sends the bytes with exactly the given headers, and no token', async () => {
  await uploadTo(ok);
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]).toMatchObject({
    method: 'PUT',
    url: `/flow.yaml?${QUERY}`,
    body: 'inboundCall:\n  name: ü\n',
  });
  const names = server.seen[0]?.rawHeaders.filter((_, n) => n % 2 === 0).map((name) => name.toLowerCase());
  expect(names?.toSorted()).toEqual(['connection', 'content-length', 'host', 'x-amz-meta', 'x-amz-tagging']);
});

test('it is sent again, with the same bytes, after what may pass', async () => {
  await uploadTo(inTurn(hangUp, text(503, ''), ok));
  expect(server.seen.map(({ body }) => body.length)).toEqual([23, 23, 23]);
});

test.each([
  ['a refusal', text(403, '<Error><Code>AccessDenied</Code><StringToSign>secret</StringToSign></Error>')],
  ['a redirect', text(307, '', { location: 'http://127.0.0.1:1/' })],
  ['another success', text(204, '')],
])('it fails at %s, and does not show its address', async (_, answer) => {
  const error = await uploadTo(answer).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(VendorError);
  expect(error.message).toMatch(/^the upload was refused \(HTTP (403, AccessDenied|307|204)\)$/);
  const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack].join('\n');
  expect(shown).not.toMatch(/X-Amz|AKIA|StringToSign|flow\.yaml/);
  expect(server.seen).toHaveLength(1);
});

test('it is not sent to another machine without TLS, unless what stands in for the vendor has none either', async () => {
  server = await startServer(ok);
  const plain = `http://0.0.0.0:${server.port}/flow.yaml?${QUERY}`;
  const uploadWith = (gateway?: { readonly host: string; readonly protocol: string }) =>
    connectGenesys({ ...createWaiting(), domain: 'mypurecloud.com', gateway, ...client }).upload(plain, {}, bytes);
  for (const gateway of [undefined, { host: 'gateway.intern', protocol: 'https' }]) {
    const error = await uploadWith(gateway).catch((thrown) => thrown);
    expect(error.message).toBe('the address to upload to is one without TLS');
    expect(inspect(error, { depth: 9 })).not.toMatch(/X-Amz|AKIA/);
  }
  expect(server.seen).toEqual([]);
  await uploadWith({ host: 'gateway.intern', protocol: 'http' });
  expect(server.seen).toHaveLength(1);
});

test('it does not show its address where nobody answers, or where it is none', async () => {
  const lost = await uploadTo(hangUp).catch((thrown) => thrown);
  expect(lost).toMatchObject({ code: 'ECONNRESET', message: 'no answer (ECONNRESET)' });
  await server.close();
  const bad = await uploadTo(ok, `:99999999/${QUERY}`).catch((thrown) => thrown);
  expect(bad.message).toBe('the address to upload to is not a URL');
  for (const error of [lost, bad]) expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/X-Amz|AKIA/);
});
