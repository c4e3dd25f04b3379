import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { awsIdentity, connectAws } from '../../src/clients/aws.ts';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { Secret } from '../../src/clients/redact.ts';
import { openProgram } from '../support/program.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';
import { json, startServer } from './local-server.ts';
import { createWaiting } from './waiting.ts';

const DAY = 86_400_000;

/** What a server does that is there, and does not answer; each until its connection is cut. */
const deafness = {
  'accepts and never answers': async (clock: VirtualClock, _: ServerResponse, gone: AbortSignal) => {
    await clock.sleepInside(DAY, gone);
  },
  'stops in the middle of its answer': async (clock: VirtualClock, response: ServerResponse, gone: AbortSignal) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"id":');
    await clock.sleepInside(DAY, gone);
  },
  'sends a byte a second': async (clock: VirtualClock, response: ServerResponse, gone: AbortSignal) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    for (;;) {
      response.write(' ');
      await clock.sleepInside(1_000, gone);
    }
  },
};

type Deafness = keyof typeof deafness;
const all = Object.keys(deafness) as readonly Deafness[];

/** A server that has one of them; `signsIn` is the one thing that it can still do. */
async function startDeaf(clock: VirtualClock, how: Deafness, signsIn: boolean) {
  const server = await startServer((response, seen) => {
    if (signsIn && seen.url === '/oauth/token') return json(200, { access_token: 'token-0123456789' })(response, seen);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    deafness[how](clock, response, gone.signal).catch(() => undefined);
  });
  onTestFinished(server.close);
  return server;
}

/** Three attempts, and the pauses between them with the jitter of the tests. */
const longest = (timeout: number) => 3 * timeout + 750;

describe.each(all)('a vendor that %s', (how) => {
  test.each([
    ['AWS', 30_000],
    ['sign-in', 30_000],
    ['call', 30_000],
    ['upload', 120_000],
  ] as const)('is given up by %s in its time', async (way, timeout) => {
    const waiting = createWaiting();
    const { origin, port } = await startDeaf(waiting.clock, how, way === 'call');
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };
    const aws = connectAws({ ...waiting, region: 'eu-west-1', env: { ...keys, AWS_ENDPOINT_URL: origin } });
    const gateway = { host: '127.0.0.1', port, protocol: 'http' };
    const client = { domain: 'mypurecloud.ie', gateway, clientId: 'id', clientSecret: new Secret('secret-secret') };
    const genesys = connectGenesys({ ...waiting, ...client });
    const call = () => genesys.call({ operation: 'GET /api/v2/flows', schema: z.unknown() });
    const ways = {
      AWS: () => awsIdentity(aws),
      'sign-in': call,
      call,
      upload: () => genesys.upload(`${origin}/flow`, {}, new Uint8Array(2)),
    };
    await expect(ways[way]()).rejects.toMatchObject({ code: 'ETIMEDOUT', ambiguous: true });
    expect(waiting.clock.now()).toBe(longest(timeout));
  });
});

test('with vendors that do not answer a command ends in the time of one call, and says so', async () => {
  const program = await openProgram();
  onTestFinished(program.close);
  expect((await program.inSandbox('install')).exit).toBe(0);
  for (const how of all) {
    const clock = createVirtualClock(program.now());
    const { origin } = await startDeaf(clock, how, false);
    const { exit, err } = await program.run(['status', '--sandbox', origin], { clock });
    expect({ exit, err }).toMatchObject({ exit: 9, err: expect.stringContaining('did not answer') });
    expect(clock.now() - program.now()).toBeLessThanOrEqual(longest(30_000) + 5_000);
  }
});
