import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram } from '../support/bundle-program.ts';
import { startProxy, startVendors } from './tls-world.ts';

const PASSWORD = 'hunter2@hunter2';
const UPLOADS = 'uploads.example.com';
const HOSTS = [
  'sts.eu-west-1.amazonaws.com',
  'my-bucket.s3.eu-west-1.amazonaws.com',
  'login.mypurecloud.ie',
  'api.mypurecloud.ie',
  UPLOADS,
];
const SSO = 'portal.sso.eu-west-1.amazonaws.com';

/** What Node.js trusts is decided when it starts, so this is about processes of their own. */
const program = `
  import { HeadBucketCommand } from '@aws-sdk/client-s3';
  import * as z from 'zod';
  import { systemClock } from './src/clock.ts';
  import { awsIdentity, connectAws } from './src/clients/aws.ts';
  import { gatewayOf } from './src/clients/gateway.ts';
  import { connectGenesys } from './src/clients/genesys.ts';
  import { ProxyAgent } from './src/clients/proxy-agent.ts';
  import { proxiesOf } from './src/clients/proxies.ts';
  import { Secret } from './src/clients/redact.ts';
  import { describeError } from './src/errors/describe-error.ts';
  const { env } = process;
  const proxyFor = proxiesOf(env);
  const common = {
    clock: systemClock, signal: new AbortController().signal, note: () => {}, random: () => 0,
    agent: proxyFor && new ProxyAgent(proxyFor),
  };
  const aws = connectAws({ ...common, region: 'eu-west-1', env });
  const clientSecret = new Secret('secret-secret');
  const genesys = connectGenesys({ ...common, domain: 'mypurecloud.ie', gateway: gatewayOf(env), clientId: 'id', clientSecret });
  const operation = 'GET /api/v2/flows/{flowId}';
  const calls = {
    sts: () => awsIdentity(aws),
    s3: () => aws.s3.send(new HeadBucketCommand({ Bucket: 'my-bucket' })),
    genesys: () => genesys.call({ operation, path: { flowId: 'f-1' }, schema: z.object({ id: z.string() }) }),
    upload: () => genesys.upload('https://' + (env.UPLOADS || '${UPLOADS}') + '/flow', {}, new Uint8Array(2)),
  };
  const ends = Object.entries(calls).map(async ([name, call]) => {
    try {
      await call();
      return [name, 'ok'];
    } catch (error) {
      const { message, hint } = describeError(error);
      return [name, message + ' ' + hint];
    }
  });
  Promise.all(ends).then((all) => process.stdout.write(JSON.stringify(Object.fromEntries(all))));
`;

let home: string;
let bundled: string;
let vendors: Awaited<ReturnType<typeof startVendors>>;
const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'eo-setup-tls-'));
  [vendors, bundled] = await Promise.all([startVendors([...HOSTS, SSO]), bundleProgram(program, home)]);
  writeFileSync(join(home, 'ca.pem'), vendors.ca);
});

afterAll(async () => {
  await vendors.close();
  rmSync(home, { recursive: true });
});

/** How each call of the program ended, and all that it wrote. */
async function run(env: Readonly<Record<string, string>>) {
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) =>
    execFile(
      process.execPath,
      [bundled],
      { env: { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...keys, ...env }, timeout: 30_000 },
      (_, stdout, stderr) => resolve({ stdout, stderr }),
    ),
  );
  expect(stderr).toBe('');
  return { ends: JSON.parse(stdout) as Record<string, string>, stdout };
}

const allOk = { sts: 'ok', s3: 'ok', genesys: 'ok', upload: 'ok' };
const trusting = () => ({ NODE_EXTRA_CA_CERTS: join(home, 'ca.pem') });
const nearby = (host: string) => ({
  AWS_ENDPOINT_URL: `https://${host}:${vendors.port}`,
  GENESYSCLOUD_GATEWAY_HOST: host,
  GENESYSCLOUD_GATEWAY_PORT: String(vendors.port),
  UPLOADS: `${host}:${vendors.port}`,
});

describe('behind a proxy', () => {
  test('both clouds and the upload go through it, with its account, which none of them gets to see', async () => {
    const proxy = await startProxy({ to: vendors.server, account: ['ann', PASSWORD] });
    const through = { HTTPS_PROXY: `http://ann:${encodeURIComponent(PASSWORD)}@${proxy.host}` };
    const { ends, stdout } = await run({ ...trusting(), ...through });
    await proxy.close();
    expect(ends).toEqual(allOk);
    expect([...new Set(proxy.connects)].toSorted()).toEqual(HOSTS.map((host) => `${host}:443`).toSorted());
    expect(vendors.headers.flat()).not.toContain('proxy-authorization');
    expect(stdout).not.toContain('hunter2');
  });

  test('so does the question for credentials of single sign-on', async () => {
    const start = 'https://ann.awsapps.com/start';
    const cache = join(home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const token = { accessToken: 'sso-token', expiresAt: '2100-01-01T00:00:00Z' };
    writeFileSync(join(cache, `${createHash('sha1').update(start).digest('hex')}.json`), JSON.stringify(token));
    const profile = {
      sso_start_url: start,
      sso_region: 'eu-west-1',
      sso_account_id: '123456789012',
      sso_role_name: 'x',
    };
    const lines = Object.entries(profile).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(join(home, '.aws', 'config'), ['[profile sso]', ...lines, ''].join('\n'));
    const proxy = await startProxy({ to: vendors.server });
    const { ends } = await run({ ...trusting(), https_proxy: proxy.host, AWS_PROFILE: 'sso' });
    await proxy.close();
    expect(ends).toEqual(allOk);
    expect(proxy.connects).toContain(`${SSO}:443`);
  });

  test('what NO_PROXY names is reached without it, and through it otherwise', async () => {
    const proxy = await startProxy();
    const around = { ...trusting(), ...nearby('0.0.0.0'), HTTPS_PROXY: `http://${proxy.host}` };
    const exempt = await run({ ...around, NO_PROXY: 'example.com, 0.0.0.0' });
    expect(exempt.ends).toEqual(allOk);
    expect(proxy.connects).toEqual([]);
    const proxied = await run(around);
    await proxy.close();
    expect(proxied.ends).toEqual(allOk);
    expect(new Set(proxy.connects)).toEqual(new Set([`0.0.0.0:${vendors.port}`]));
  });
});

describe('an authority of its own', () => {
  const untrusted = /^The certificate that .+ showed is not trusted here\. .+NODE_EXTRA_CA_CERTS/;

  test('is trusted by all of them where NODE_EXTRA_CA_CERTS names it', async () => {
    expect((await run({ ...trusting(), ...nearby('127.0.0.1') })).ends).toEqual(allOk);
  });

  test('is refused by all of them where it does not, with the way out, in the tunnel of a proxy too', async () => {
    const proxy = await startProxy({ to: vendors.server });
    const [straight, tunnelled] = await Promise.all([
      run(nearby('127.0.0.1')),
      run({ HTTPS_PROXY: `http://${proxy.host}` }),
    ]);
    await proxy.close();
    for (const { ends } of [straight, tunnelled])
      expect(Object.values(ends)).toEqual(Object.values(ends).map(() => expect.stringMatching(untrusted)));
    expect(proxy.connects).not.toEqual([]);
  });
});
