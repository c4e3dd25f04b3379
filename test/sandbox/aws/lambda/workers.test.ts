import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/clock.ts';
import { createFunctions } from '../../../../src/sandbox/aws/lambda/functions.ts';
import { createSlots } from '../../../../src/sandbox/aws/lambda/slots.ts';
import type { FunctionCode } from '../../../../src/sandbox/contract.ts';
import { type AwsSandbox, openAws, zipOf } from '../aws-sandbox.ts';
import { sha256 } from '../by-hand.ts';
import { invoke, makeFunction } from './running.ts';

/** Answers, or never does. It keeps a line to the test open, which ends when its process does. */
const CODE = `
  import { once } from 'node:events';
  import { connect } from 'node:net';
  export const handler = async ({ port, stuck }) => {
    const line = connect(port, '127.0.0.1');
    await once(line, 'connect');
    while (stuck) continue;
    return 'answered';
  };`;

/** Where the lines of functions come in. */
const server = createServer();
let port = 0;
let sandbox: AwsSandbox;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  sandbox = await openAws({ functions: true });
});
afterAll(async () => {
  server.close();
  await sandbox.close();
});

/** The next line that a function opens, and its end. */
async function nextLine(): Promise<{ readonly ended: Promise<unknown> }> {
  const [line] = (await once(server, 'connection')) as [Socket];
  // A process that is killed may reset it.
  line.on('error', () => undefined).resume();
  return { ended: once(line, 'close') };
}

const codeOf = (code: string, members: Partial<FunctionCode> = {}): FunctionCode => ({
  name: 'dev-f',
  arn: 'arn:aws:lambda:us-east-1:123456789012:function:dev-f',
  zip: zipOf(code),
  codeSha256: sha256(code),
  handler: 'index.handler',
  environment: {},
  timeoutMs: 20_000,
  memoryMb: 128,
  logGroup: '/aws/lambda/dev-f',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
  ...members,
});
const newFunctions = () => createFunctions({ root: sandbox.root, origin: sandbox.origin, clock: systemClock });
const payload = (event: object) => Buffer.from(JSON.stringify(event));

test('an event is taken at once, and worked on for as long as it needs', async () => {
  await makeFunction(sandbox, 'event', CODE);
  const [, { status, answer }] = await Promise.all([
    nextLine(),
    invoke(sandbox, 'event', { port, stuck: true }, { InvocationType: 'Event' }),
  ]);
  expect({ status, answer }).toEqual({ status: 202, answer: undefined });
});

describe('when the sandbox is closed', () => {
  test('a function that waits for work ends, and one that never pauses', async () => {
    const own = await openAws({ functions: true });
    await makeFunction(own, 'idle', CODE);
    await makeFunction(own, 'stuck', CODE, { Timeout: 20 });
    const [idle, { answer }] = await Promise.all([nextLine(), invoke(own, 'idle', { port })]);
    expect(answer).toBe('answered');
    const stuckLine = nextLine();
    const call = invoke(own, 'stuck', { port, stuck: true }).catch(({ name }) => name);
    const stuck = await stuckLine;
    await own.close();
    await Promise.all([idle.ended, stuck.ended]);
    expect(await call).not.toHaveProperty('answer');
  });

  test('one that is just being started ends, and nothing more is run', async () => {
    const functions = newFunctions();
    const running = functions.run(codeOf(CODE), payload({ port, stuck: true }));
    const outcome = running.then(
      ({ functionError }) => functionError,
      ({ message }) => message,
    );
    await functions.close();
    expect(await outcome).toMatch(/^(Unhandled|The sandbox is closed\.)$/);
    await expect(functions.run(codeOf(CODE), payload({}))).rejects.toThrow('The sandbox is closed.');
  });
});

describe('when the process of the sandbox is killed', () => {
  let folder = '';
  let parent: ChildProcess;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'eo-parent-'));
    const from = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../../../src/${path}`, import.meta.url)));
    buildSync({
      stdin: {
        contents: `
          import { createFunctions } from ${from('sandbox/aws/lambda/functions.ts')};
          import { systemClock } from ${from('clock.ts')};
          const { root, origin, code, payloads } = JSON.parse(process.argv[2]);
          const functions = createFunctions({ root, origin, clock: systemClock });
          const zip = Buffer.from(code.zip, 'base64');
          for (const payload of payloads) void functions.run({ ...code, zip }, Buffer.from(payload));
        `,
        resolveDir: folder,
      },
      outfile: join(folder, 'parent.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.17',
    });
    mkdirSync(join(folder, 'tmp'));
  });
  afterAll(() => {
    parent.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  test('its functions end, too', async () => {
    const code = { ...codeOf(CODE), zip: Buffer.from(zipOf(CODE)).toString('base64') };
    const payloads = [{ port }, { port, stuck: true }].map((event) => JSON.stringify(event));
    const { root, origin } = sandbox;
    const first = nextLine();
    parent = spawn(process.execPath, [join(folder, 'parent.mjs'), JSON.stringify({ root, origin, code, payloads })], {
      env: { TMPDIR: join(folder, 'tmp') },
      stdio: 'inherit',
    });
    const lines = [await first, await nextLine()];
    parent.kill('SIGKILL');
    await Promise.all(lines.map(({ ended }) => ended));
  });
});

describe('the code of a function', () => {
  test('lies where its owner alone may look, and is gone when the sandbox is', async () => {
    const code = `
      import { statSync } from 'node:fs';
      const { LAMBDA_TASK_ROOT: folder } = process.env;
      const modeOf = (path) => (statSync(path).mode & 0o777).toString(8);
      export const handler = async () => ({
        folder, modes: [folder + '/..', folder, folder + '/lib', folder + '/index.mjs', folder + '/lib/a.mjs'].map(modeOf) });`;
    const functions = newFunctions();
    const zip = zipOf({ 'index.mjs': code, 'lib/a.mjs': '' });
    const { payload: answer } = await functions.run(codeOf(code, { zip }), payload({}));
    const { folder, modes } = JSON.parse(Buffer.from(answer).toString());
    expect(modes).toEqual(['700', '700', '700', '600', '600']);
    expect(readdirSync(folder).sort()).toEqual(['index.mjs', 'lib']);
    await functions.close();
    expect(() => statSync(folder)).toThrow('ENOENT');
  });

  test('is not run before the package is built', async () => {
    const root = mkdtempSync(join(tmpdir(), 'eo-unbuilt-'));
    writeFileSync(join(root, 'package.json'), '{}');
    const functions = createFunctions({ root, origin: sandbox.origin, clock: systemClock });
    await expect(functions.run(codeOf(CODE), payload({}))).rejects.toThrow(/build the package first/);
    await functions.close();
    rmSync(root, { recursive: true });
  });
});

test('only so much runs at once; the rest comes in turn, whatever became of what was before', async () => {
  const slots = createSlots(2);
  const begun: number[] = [];
  const gates = [1, 2, 3, 4].map((n) => {
    let open: (error?: Error) => void = () => undefined;
    const gate = new Promise<void>((resolve, reject) => {
      open = (error) => (error ? reject(error) : resolve());
    });
    const done = slots.use(() => {
      begun.push(n);
      return gate;
    });
    return { open, done };
  });
  const [one, two, three, four] = gates;
  expect(begun).toEqual([1, 2]);
  two?.open(new Error('broken'));
  await expect(two?.done).rejects.toThrow('broken');
  expect(begun).toEqual([1, 2, 3]);
  three?.open();
  await three?.done;
  expect(begun).toEqual([1, 2, 3, 4]);
  one?.open();
  four?.open();
  await Promise.all([one?.done, four?.done]);
});

test('a function is out of reach of the Ctrl-C of the terminal', async () => {
  await makeFunction(sandbox, 'dev-group', 'export const handler = async () => process.pid;');
  const { answer: pid } = await invoke(sandbox, 'dev-group');
  // It leads a group of its own: a terminal interrupts the group in front.
  expect(process.kill(-pid, 0)).toBe(true);
});
