import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SEED } from '../../src/sandbox/seed.ts';

/** Where `scripts/conformance.mjs` installs to. */
export const installed = (...path: readonly string[]): string =>
  join(fileURLToPath(new URL('../../.cache/conformance', import.meta.url)), ...path);

/** A running AWS server. */
export interface Server {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

interface Program {
  readonly command: string;
  readonly args: (port: string) => readonly string[];
  readonly env: (port: string) => Readonly<Record<string, string>>;
  /** What answers as soon as it is ready. */
  readonly ready: string;
}

/** Ends the server and all that it started, when we end it or end ourselves, however that is: our end of a pipe closes. */
const UNTIL_THE_PIPE_CLOSES = '"$@" </dev/null & cat >/dev/null; kill -KILL 0';

/** Starts a server on loopback, in a process group of its own, and waits until it answers. */
async function start({ command, args, env, ready }: Program): Promise<Server> {
  const port = String(await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'eo-conformance-'));
  const child = spawn('sh', ['-c', UNTIL_THE_PIPE_CLOSES, 'sh', command, ...args(port)], {
    cwd: folder,
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder, ...env(port) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      printed = (printed + String(chunk)).slice(-4_000);
    });
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const close = async () => {
    child.stdin.end();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  for (let n = 0; n < 300; n += 1) {
    if (
      await fetch(origin + ready).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { origin, close };
    await pause(100);
  }
  await close();
  throw new Error(`${command} did not answer within 30 s. It printed:\n${printed}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof bound !== 'object' || !bound) throw new TypeError('There is no free port.');
  return bound.port;
}

/** moto, in memory. It runs functions only in Docker, so there they echo. */
export async function startMoto(): Promise<Server> {
  const server = await start({
    command: installed('servers', 'bin', 'moto_server'),
    args: (port) => ['-H', '127.0.0.1', '-p', port],
    env: () => ({ MOTO_ACCOUNT_ID: SEED.account, AWS_DEFAULT_REGION: SEED.awsRegion }),
    ready: '/moto-api/data.json',
  });
  await fetch(`${server.origin}/moto-api/config`, { method: 'POST', body: '{"lambda":{"use_docker":false}}' });
  return server;
}

/** ministack, in memory. It runs functions in processes. */
export const startMinistack = (): Promise<Server> =>
  start({
    command: installed('servers', 'bin', 'ministack'),
    args: () => [],
    env: (port) => ({
      GATEWAY_PORT: port,
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: SEED.account,
      MINISTACK_REGION: SEED.awsRegion,
      AWS_ACCESS_KEY_ID: SEED.accessKeyId,
      AWS_SECRET_ACCESS_KEY: SEED.secretAccessKey,
      LAMBDA_EXECUTOR: 'local',
    }),
    ready: '/_ministack/health',
  });
