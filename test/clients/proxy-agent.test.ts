import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { awsIdentity, connectAws } from '../../src/clients/aws.ts';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { proxiesOf } from '../../src/clients/proxies.ts';
import { ProxyAgent } from '../../src/clients/proxy-agent.ts';
import { Secret } from '../../src/clients/redact.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { describeError } from '../../src/errors/describe-error.ts';
import { json, startServer, text } from './local-server.ts';
import { startProxy } from './tls-world.ts';
import { createWaiting } from './waiting.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };
const ACCOUNT = 'ann:hunter2-hunter2';

/** Every way in which a vendor is called, through what the environment names; by default none of them is here. */
function callsThrough(env: Readonly<Record<string, string>>, origin?: string) {
  const waiting = createWaiting();
  const proxyFor = proxiesOf(env);
  const network = { ...waiting, agent: proxyFor && new ProxyAgent(proxyFor) };
  const aws = connectAws({ ...network, region: 'eu-west-1', env: { ...keys, ...env } });
  const gateway = origin
    ? { host: new URL(origin).hostname, port: Number(new URL(origin).port), protocol: 'http' }
    : undefined;
  const client = { domain: 'mypurecloud.ie', gateway, clientId: 'id', clientSecret: new Secret('secret-secret') };
  const genesys = connectGenesys({ ...network, ...client });
  const operation = 'GET /api/v2/flows/{flowId}';
  return {
    waiting,
    calls: {
      aws: () => awsIdentity(aws),
      genesys: () => genesys.call({ operation, path: { flowId: 'f-1' }, schema: z.object({ id: z.string() }) }),
      upload: () =>
        genesys.upload(`${origin ?? 'https://uploads.example.com'}/flow?X-Amz-Signature=s`, {}, new Uint8Array(2)),
    },
  };
}

const ways = ['aws', 'genesys', 'upload'] as const;
const hosts = { aws: 'sts.eu-west-1.amazonaws.com', genesys: 'login.mypurecloud.ie', upload: 'uploads.example.com' };

const failureOf = async (call: () => Promise<unknown>) => {
  const error = await call().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(VendorError);
  const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(describeError(error))].join('\n');
  expect(shown).not.toMatch(/hunter2|YW5uOmh1bnRlcjIt|X-Amz/);
  return { error, said: describeError(error) };
};

describe.each(ways)('a proxy that does not connect us, asked by %s,', (way) => {
  test.each([
    [407, 'wants a name and a password', 1],
    [403, `does not let anybody through to ${hosts[way]}`, 1],
    [502, `cannot reach ${hosts[way]}`, 6],
    [503, `cannot reach ${hosts[way]}`, 6],
  ])(
    'with %d, is named without its account, and asked again only where that may help',
    async (status, words, times) => {
      const proxy = await startProxy({ refuse: status });
      onTestFinished(proxy.close);
      const { calls } = callsThrough({ https_proxy: `http://${ACCOUNT}@${proxy.host}` });
      const { error, said } = await failureOf(calls[way]);
      expect(error).toMatchObject({ ambiguous: false });
      expect(said.message).toContain(`The proxy ${proxy.host} ${words}`);
      expect(said.hint).toMatch(/HTTPS_PROXY|NO_PROXY/);
      expect(proxy.connects).toHaveLength(times);
    },
  );

  test('as nobody is there, is named, and asked again', async () => {
    const proxy = await startProxy();
    await proxy.close();
    const { waiting, calls } = callsThrough({ https_proxy: `http://${ACCOUNT}@${proxy.host}` });
    const { said } = await failureOf(calls[way]);
    expect(said.message).toBe(`The proxy ${proxy.host} cannot be reached.`);
    expect(said.hint).toContain('HTTPS_PROXY');
    expect(waiting.clock.now()).toBeGreaterThan(5_000);
  });

  test('as it never answers, is given up in time, with no connection left to it', async () => {
    const closed: Promise<unknown>[] = [];
    const deaf = createServer((socket) => {
      const gone = new AbortController();
      closed.push(once(socket.resume(), 'close').finally(() => gone.abort()));
      waiting.clock.sleepInside(86_400_000, gone.signal).catch(() => undefined);
    });
    await new Promise<void>((resolve) => void deaf.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => void deaf.close(() => resolve())));
    const address = deaf.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { waiting, calls } = callsThrough({ https_proxy: `http://127.0.0.1:${port}` });
    const { error } = await failureOf(calls[way]);
    expect(error).toMatchObject({ code: 'ETIMEDOUT' });
    await Promise.all(closed);
    expect(closed).toHaveLength(3);
  });
});

test.each(ways)('the environment of the process is not looked at by %s', async (way) => {
  const proxy = await startProxy({ refuse: 403 });
  onTestFinished(proxy.close);
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of ['AWS_ENDPOINT_URL', 'HTTPS_PROXY', 'HTTP_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:1');
  const { calls } = callsThrough({ https_proxy: proxy.host });
  await expect(calls[way]()).rejects.toMatchObject({ code: 'ERR_PROXY_REFUSED' });
  expect(proxy.connects).toEqual([`${hosts[way]}:443`]);
});

describe.each(ways)('a plain server, asked by %s,', (way) => {
  test('is asked through HTTP_PROXY, which gets to see its account and the server does not', async () => {
    const identity =
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/x</Arn><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
    const server = await startServer((response, seen) => {
      if (seen.method === 'PUT') return text(200, '')(response, seen);
      if (seen.headers.authorization?.startsWith('AWS4')) return text(200, identity)(response, seen);
      return json(200, seen.url === '/oauth/token' ? { access_token: 'token-0123' } : { id: 'f-1' })(response, seen);
    });
    onTestFinished(server.close);
    const proxy = await startProxy({ account: ['ann', 'hunter2-hunter2'] });
    onTestFinished(proxy.close);
    const origin = `http://0.0.0.0:${server.port}`;
    const { calls } = callsThrough({ HTTP_PROXY: `http://${ACCOUNT}@${proxy.host}`, AWS_ENDPOINT_URL: origin }, origin);
    await calls[way]();
    expect(new Set(proxy.plain)).toEqual(new Set([`0.0.0.0:${server.port}`]));
    expect(server.seen.map(({ headers }) => headers['proxy-authorization'])).toEqual(server.seen.map(() => undefined));

    const wrong = callsThrough({ HTTP_PROXY: `http://${proxy.host}`, AWS_ENDPOINT_URL: origin }, origin);
    const { said } = await failureOf(wrong.calls[way]);
    expect(said.message).toContain('wants a name and a password');
  });
});
