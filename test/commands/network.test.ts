import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { sandboxIdentity, variablesFor } from '../../src/sandbox/variables.ts';
import { startProxy } from '../clients/tls-world.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(() => program.close());

const number = ['--did-start', '+13175550100', '--did-provider', 'PURE_CLOUD_VOICE'];

describe('behind a proxy', () => {
  test.each([[[]], [['--json']]])(
    'that refuses, a command says which one, without its account: plan %s',
    async (more) => {
      const proxy = await startProxy({ account: ['ann', 'hunter2-hunter2'] });
      onTestFinished(proxy.close);
      const env = { ...sandboxIdentity, HTTPS_PROXY: `http://ann:wrong-hunter2@${proxy.host}` };
      const { exit, out, err } = await program.run(['plan', ...number, ...more], { env });
      expect(exit).toBe(1);
      expect(out + err).toContain(`The proxy ${proxy.host} wants a name and a password`);
      expect(out + err).not.toMatch(/hunter2|YW5uOndyb25nLWh1bnRlcjI/);
    },
  );

  test('that cannot be one, nothing is called', async () => {
    const env = { ...sandboxIdentity, HTTPS_PROXY: 'socks5://ann:hunter2@proxy:1080' };
    const { exit, err } = await program.run(['plan', ...number], { env });
    expect(exit).toBe(2);
    expect(err).toContain('The proxy in HTTPS_PROXY cannot be used.');
    expect(err).not.toContain('hunter2');
  });

  test('the sandbox is reached without it', async () => {
    const proxy = await startProxy();
    onTestFinished(proxy.close);
    const env = { HTTPS_PROXY: `http://${proxy.host}`, HTTP_PROXY: `http://${proxy.host}` };
    expect(await program.run(['install', '--sandbox', program.sandbox.origin, '--yes'], { env })).toMatchObject({
      exit: 0,
    });
    expect([...proxy.plain, ...proxy.connects]).toEqual([]);
  });
});

test('where only the AWS profile leads elsewhere, that is said before anything is asked there', async () => {
  const { AWS_ENDPOINT_URL: _, ...env } = variablesFor(program.sandbox.origin);
  const config = join(program.folder, 'config');
  writeFileSync(config, `[default]\nendpoint_url = ${program.sandbox.origin}\n`);
  const { exit, err } = await program.run(['plan', ...number], { env: { ...env, AWS_CONFIG_FILE: config } });
  expect(exit).toBe(0);
  const said = err.indexOf(`Endpoints by the AWS profile: AWS at ${program.sandbox.origin}.`);
  expect(said).toBeGreaterThanOrEqual(0);
  expect(said).toBeLessThan(err.indexOf('AWS: account'));
});

test('a call that is to be sent again later is not, once another step has failed', async () => {
  const busy = { when: 'before', then: 'refuse', status: 429, headers: { 'retry-after': '50' } } as const;
  program.sandbox.faults.set([
    { match: { operation: 'CreateLogGroup' }, ...busy },
    { match: { operation: 'CreateBucket' }, when: 'before', then: 'refuse', status: 403, code: 'AccessDenied' },
  ]);
  const begun = program.now();
  const { exit, err } = await program.inSandbox('install');
  expect(exit).not.toBe(0);
  expect(err).toContain('CreateBucket');
  expect(program.now() - begun).toBeLessThan(50_000);
});
