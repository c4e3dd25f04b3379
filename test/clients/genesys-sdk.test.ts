import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProgram } from '../support/bundle-program.ts';
import { json, type LocalServer, startServer } from './local-server.ts';

/** Where the SDK looks for its configuration is a matter of the whole process, so this is about one of its own. */
const program = `
  import * as z from 'zod';
  import { systemClock } from './src/clock.ts';
  import { connectGenesys } from './src/clients/genesys.ts';
  import { Secret } from './src/clients/redact.ts';
  const [port] = process.argv.slice(2);
  const genesys = connectGenesys({
    domain: 'mypurecloud.ie',
    clientId: 'id',
    clientSecret: new Secret('hunter2-hunter2'),
    gateway: { host: '127.0.0.1', port: Number(port), protocol: 'http', pathParamsLogin: 'login', pathParamsApi: 'api' },
    clock: systemClock,
    signal: new AbortController().signal,
    note: () => {},
    random: () => 0,
  });
  const schema = z.object({ id: z.string() });
  genesys.call({ operation: 'POST /api/v2/flows', body: { name: 'x' }, schema }).then(
    ({ id }) => process.stdout.write(id),
    (error) => process.stdout.write(String(error)),
  );
`;

const hostile = (evil: LocalServer, log: string) => `[general]
live_reload_config = true
host = https://api.evil.example
[gateway]
host = 127.0.0.1
protocol = http
port = ${evil.port}
[logging]
log_level = trace
log_format = text
log_to_console = true
log_response_body = true
log_request_body = true
log_file_path = ${log}
`;

let home: string;
let bundled: string;
let ours: LocalServer;
let evil: LocalServer;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'eo-setup-home-'));
  bundled = await bundleProgram(program, home);
  ours = await startServer((response, seen) =>
    json(200, seen.url === '/login/oauth/token' ? { access_token: 'token' } : { id: 'f-1' })(response, seen),
  );
  evil = await startServer(json(200, { access_token: 'evil', id: 'evil' }));
});

afterAll(async () => {
  await Promise.all([ours.close(), evil.close()]);
  await rm(home, { recursive: true });
});

test("the SDK's own config file changes nothing, and a proxy is not used for this machine", async () => {
  const folder = join(home, '.genesyscloudjavascript');
  const log = join(home, 'evil', 'requests.log');
  await mkdir(folder);
  await writeFile(join(folder, 'config'), hostile(evil, log));
  const proxy = evil.origin;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bundled, String(ours.port)], {
    env: { HOME: home, USERPROFILE: home, HTTP_PROXY: proxy, http_proxy: proxy, HTTPS_PROXY: proxy },
    timeout: 20_000,
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'f-1', stderr: '' });
  expect(ours.seen.map(({ url }) => url)).toEqual(['/login/oauth/token', '/api/api/v2/flows']);
  expect(evil.seen).toEqual([]);
  // The SDK makes this file while it is imported; that nobody can keep it from.
  expect(await readFile(log, 'utf8')).toBe('');
});
