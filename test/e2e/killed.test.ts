import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownFunctions } from '../support/functions.ts';
import { held, NOTHING, WHOLE } from '../support/installed.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

const bin = fileURLToPath(new URL('../../bin/eo-setup.js', import.meta.url));

let sandbox: TestSandbox;
let folder = '';
beforeEach(async () => {
  sandbox = await openTestSandbox({ functions: ownFunctions });
  folder = mkdtempSync(join(tmpdir(), 'eo-killed-'));
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the real program; `ended` gives its exit code, or the signal that ended it. */
function start(...argv: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...argv, '--sandbox', sandbox.origin, '--yes'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const ended = new Promise<{ exit: number | NodeJS.Signals | null; out: string; err: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ exit: code ?? signal, out, err }));
  });
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), ended };
}

// Calls of an install, spread over its length: each is carried out, and the program killed before it hears of it.
test.each(['CreateLogGroup', 'CreateFunction', 'postIntegrationsActions', 'postArchitectIvrs'])(
  'killed between %s and its answer, it goes on from there',
  async (operation) => {
    sandbox.faults.set([{ match: { operation, nth: 1 }, when: 'after', then: 'hold' }]);
    const first = start('install');
    const stopped = await sandbox.history.until((entry) => entry.held === 'after');
    first.kill('SIGKILL');
    expect((await first.ended).exit, stopped.operation).toBe('SIGKILL');
    sandbox.faults.set([]);
    sandbox.faults.release();
    expect(await start('install').ended, stopped.operation).toMatchObject({ exit: 0 });
    expect(held(sandbox.world), stopped.operation).toEqual(WHOLE);
    expect(await start('uninstall', '--drain', '0').ended).toMatchObject({ exit: 0 });
    expect(held(sandbox.world), stopped.operation).toEqual(NOTHING);
  },
);

test('stopped with Ctrl-C it says so, ends with 130, and goes on from there', async () => {
  sandbox.faults.set([{ match: { operation: 'CreateFunction', nth: 1 }, when: 'before', then: 'hold' }]);
  const first = start('install');
  const { n } = await sandbox.history.until((entry) => entry.held === 'before');
  first.kill('SIGINT');
  await new Promise((resolve) => setImmediate(resolve));
  sandbox.faults.release(n);
  const ended = await first.ended;
  expect(ended.exit).toBe(130);
  expect(ended.err).toMatch(/^Stopping: finishing \d calls?, starting nothing new\. Ctrl-C again/m);
  expect(await start('install').ended).toMatchObject({ exit: 0 });
});

test('a second Ctrl-C ends it at once, whatever is under way, and its last line is still the result', async () => {
  sandbox.faults.set([{ match: { operation: 'CreateFunction', nth: 1 }, when: 'before', then: 'hold' }]);
  const first = start('install', '--json');
  await sandbox.history.until((entry) => entry.held === 'before');
  first.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const since = performance.now();
  first.kill('SIGINT');
  const { exit, out } = await first.ended;
  expect(performance.now() - since).toBeLessThan(500);
  expect(exit).toBe(130);
  const result = { type: 'result', command: 'install', exit: 130, error: { message: 'Stopped by Ctrl-C.' } };
  expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toMatchObject(result);
  sandbox.faults.release();
  sandbox.faults.set([]);
  expect(await start('install').ended).toMatchObject({ exit: 0 });
});

test('SIGTERM ends it with 143', async () => {
  sandbox.faults.set([{ match: { operation: 'CreateFunction', nth: 1 }, when: 'before', then: 'hold' }]);
  const first = start('install');
  await sandbox.history.until((entry) => entry.held === 'before');
  first.kill('SIGTERM');
  sandbox.faults.release();
  expect((await first.ended).exit).toBe(143);
});

test('a second run beside the first is refused with 7, naming it', async () => {
  sandbox.faults.set([{ match: { operation: 'CreateBucket', nth: 1 }, when: 'before', then: 'hold' }]);
  const first = start('install');
  await sandbox.history.until((entry) => entry.held === 'before');
  const second = await start('install').ended;
  expect(second).toMatchObject({ exit: 7, err: expect.stringContaining('Another run is at work here: install') });
  sandbox.faults.release();
  expect((await first.ended).exit).toBe(0);
});
