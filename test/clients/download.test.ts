import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { Secret } from '../../src/clients/redact.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { type Answer, cutOff, hangUp, inTurn, type LocalServer, startServer, text } from './local-server.ts';
import { createWaiting } from './waiting.ts';

const QUERY = 'X-Amz-Credential=AKIAEXAMPLE&X-Amz-Signature=0123456789abcdef';
const yaml = 'inboundCall:\n  name: ü\n';
const ok = text(200, yaml);

let server: LocalServer;
afterEach(() => server.close());

const client = () =>
  connectGenesys({
    domain: 'mypurecloud.com',
    clientId: 'x',
    clientSecret: new Secret('hunter2-hunter2'),
    ...createWaiting(),
  });
async function downloadFrom(answer: Answer): Promise<string> {
  server = await startServer(answer);
  return new TextDecoder().decode(await client().download(`${server.origin}/flow.yaml?${QUERY}`));
}

test('a download gives the bytes, and sends no token', async () => {
  expect(await downloadFrom(ok)).toBe(yaml);
  expect(server.seen).toMatchObject([{ method: 'GET', url: `/flow.yaml?${QUERY}` }]);
  expect(Object.keys(server.seen[0]?.headers ?? {}).toSorted()).toEqual(['connection', 'host']);
});

test('it is sent again after what may pass', async () => {
  expect(await downloadFrom(inTurn(hangUp, cutOff, text(503, ''), ok))).toBe(yaml);
  expect(server.seen).toHaveLength(4);
});

test.each([
  ['a refusal', text(403, '<Error><Code>AccessDenied</Code><StringToSign>secret</StringToSign></Error>'), 403],
  ['a redirect', text(302, '', { location: 'http://127.0.0.1:1/' }), 302],
  ['another success', text(204, ''), 204],
])('it fails at %s, and does not show its address', async (_, answer, status) => {
  const error = await downloadFrom(answer).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(VendorError);
  expect(error.message).toBe(`the download was refused (HTTP ${status})`);
  const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack].join('\n');
  expect(shown).not.toMatch(/X-Amz|AKIA|StringToSign|flow\.yaml/);
  expect(server.seen).toHaveLength(1);
});

test.each(['http://files.example/flow.yaml', 'file:///etc/passwd', 'flow.yaml', ''])(
  'it does not go to %j',
  async (url) => {
    server = await startServer(ok);
    await expect(client().download(url)).rejects.toThrow(/the address to download from is (not a URL|one without TLS)/);
    expect(server.seen).toEqual([]);
  },
);
