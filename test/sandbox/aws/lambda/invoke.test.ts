import { UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AwsSandbox, openAws, refusalOf, zipOf } from '../aws-sandbox.ts';
import { functionArn, invoke, loggedBy, makeFunction } from './running.ts';

let sandbox: AwsSandbox;
beforeAll(async () => {
  sandbox = await openAws({ functions: true });
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => sandbox.close());

/** Makes a function and invokes it. */
async function run(name: string, code: Parameters<typeof zipOf>[0], members: Parameters<typeof makeFunction>[3] = {}) {
  await makeFunction(sandbox, name, code, members);
  return invoke(sandbox, name);
}

describe('an uploaded function', () => {
  test('really runs, with its event and its context', async () => {
    const code = `
      import { twice } from './lib/twice.mjs';
      export const handler = async (event, context) => ({
        twice: twice(event.n), left: context.getRemainingTimeInMillis(), context });
    `;
    await makeFunction(sandbox, 'runs', { 'index.mjs': code, 'lib/twice.mjs': 'export const twice = (n) => 2 * n;' });
    const { status, version, error, answer } = await invoke(sandbox, 'runs', { n: 21 });
    expect({ status, version, error }).toEqual({ status: 200, version: '$LATEST', error: undefined });
    expect(answer.twice).toBe(42);
    expect(answer.left).toBeGreaterThan(0);
    expect(answer.left).toBeLessThanOrEqual(3000);
    expect(answer.context).toMatchObject({
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      invokedFunctionArn: functionArn('runs'),
      functionName: 'runs',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/runs',
    });
  });

  test("has its own environment, and nothing of this process's", async () => {
    vi.stubEnv('EO_TEST_SECRET', 'of the host');
    const code = 'export const handler = async () => ({ env: process.env, argv: process.argv, cwd: process.cwd() });';
    const { answer } = await run('env', code, { Environment: { Variables: { BUCKET_NAME: 'dev-eo', HOME: 'own' } } });
    const { env, argv, cwd } = answer;
    expect(Object.keys(env).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL',
      'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE',
      'AWS_LAMBDA_LOG_FORMAT',
      'AWS_LAMBDA_LOG_GROUP_NAME',
      'AWS_LAMBDA_LOG_STREAM_NAME',
      'AWS_LAMBDA_RUNTIME_API',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'BUCKET_NAME',
      'HOME',
      'LAMBDA_TASK_ROOT',
      'LANG',
      'PATH',
      'TZ',
      '_HANDLER',
    ]);
    expect(env).toMatchObject({ BUCKET_NAME: 'dev-eo', HOME: 'own', AWS_ENDPOINT_URL: sandbox.origin });
    expect(env.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
    expect(cwd).toBe(env.LAMBDA_TASK_ROOT);
    expect(argv.join(' ')).not.toContain(env.AWS_SECRET_ACCESS_KEY);
  });

  test('may answer with nothing, a text, false or a promise', async () => {
    const code = 'export const handler = ({ n }) => [undefined, "é", false, Promise.resolve([1])][n];';
    await makeFunction(sandbox, 'answers', code);
    const answers = [];
    for (const n of [0, 1, 2, 3]) answers.push((await invoke(sandbox, 'answers', { n })).answer);
    expect(answers).toEqual([null, 'é', false, [1]]);
  });

  test('may be CommonJS, and in a folder', async () => {
    const files = { 'src/app.js': 'exports.go = async () => require("./other").word;', 'src/other.cjs': '' };
    const named = { ...files, 'src/other.js': 'exports.word = "common";' };
    expect((await run('common', named, { Handler: 'src/app.go' })).answer).toBe('common');
  });

  test('may answer through a callback where its runtime is old enough', async () => {
    const code = 'export const handler = (event, context, callback) => callback(null, "called");';
    expect((await run('callback-old', code, { Runtime: 'nodejs22.x' })).answer).toBe('called');
    const { error, answer } = await run('callback-new', code);
    expect({ error, type: answer.errorType }).toEqual({
      error: 'Unhandled',
      type: 'Runtime.CallbackHandlerDeprecated',
    });
  });

  test('stays warm, and starts again with other code or settings', async () => {
    const counting = (step: number) => `let n = 0; export const handler = async () => [n += ${step}, process.env.AB];`;
    const answer = async () => (await invoke(sandbox, 'warm')).answer;
    expect((await run('warm', counting(1))).answer).toEqual([1, null]);
    expect(await answer()).toEqual([2, null]);
    const { lambda } = sandbox;
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'warm', ZipFile: zipOf(counting(10)) }));
    expect(await answer()).toEqual([10, null]);
    const Environment = { Variables: { AB: 'x' } };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'warm', Environment }));
    expect(await answer()).toEqual([10, 'x']);
  });

  test('runs twice at once, each call in a process of its own and with its own log', async () => {
    const code = `
      import { setTimeout as sleep } from 'node:timers/promises';
      export const handler = async ({ n }, { awsRequestId }) => {
        console.log('call', n);
        await sleep(50);
        return { n, pid: process.pid, awsRequestId };
      };`;
    await makeFunction(sandbox, 'both', code);
    const [one, two] = await Promise.all([invoke(sandbox, 'both', { n: 1 }), invoke(sandbox, 'both', { n: 2 })]);
    expect([one.answer.n, two.answer.n]).toEqual([1, 2]);
    expect(one.answer.pid).not.toBe(two.answer.pid);
    expect(one.log).toContain(`${one.answer.awsRequestId}\tINFO\tcall 1`);
    expect(one.log).not.toContain('call 2');
    expect((await loggedBy(sandbox, 'both')).filter((line) => line.includes('\tcall '))).toHaveLength(2);
  });
});

describe('the log of a call', () => {
  test('has its lines between those of Lambda', async () => {
    const code = `export const handler = async () => {
      console.log('two\\nlines', { a: 1 });
      console.error('bad');
      process.stdout.write('raw');
    };`;
    const { log } = await run('logs', code);
    const lines = log
      .split('\n')
      .map((line) => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'ID').replace(/^2\S+Z/, 'AT'));
    expect(lines).toEqual([
      'START RequestId: ID Version: $LATEST',
      'AT\tID\tINFO\ttwo\rlines { a: 1 }',
      'AT\tID\tERROR\tbad',
      'raw',
      'END RequestId: ID',
      expect.stringMatching(
        /^REPORT RequestId: ID\tInit Duration: [\d.]+ ms\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\t$/,
      ),
      '',
    ]);
    const kept = await loggedBy(sandbox, 'logs');
    expect(kept).toHaveLength(6);
    expect(kept[1]).toMatch(/\ttwo\nlines/);
    expect((await invoke(sandbox, 'logs')).log).not.toContain('Init Duration');
  });

  test('may be JSON', async () => {
    const code = 'export const handler = async () => console.warn("careful");';
    const { log } = await run('json', code, { LoggingConfig: { LogFormat: 'JSON' } });
    expect(JSON.parse(log.split('\n')[1] ?? '')).toMatchObject({ level: 'WARN', message: 'careful' });
  });

  test('is answered only where it is asked for, and no more than its last 4 KB', async () => {
    const { log } = await run('long', 'export const handler = async () => console.log("x".repeat(10_000));');
    expect(log).toHaveLength(4096);
    expect(log).toMatch(/x\nEND RequestId/);
    expect((await invoke(sandbox, 'long', {}, { LogType: 'None' })).log).toBe('');
  });
});

describe('other ways of invoking', () => {
  test('DryRun asks only whether one may', async () => {
    await makeFunction(sandbox, 'dry', 'export const handler = async () => { console.log("ran"); };');
    const { status, answer } = await invoke(sandbox, 'dry', {}, { InvocationType: 'DryRun' });
    expect({ status, answer }).toEqual({ status: 204, answer: undefined });
    expect(await loggedBy(sandbox, 'dry')).toEqual([]);
  });

  test('what is no JSON, or too much, is refused', async () => {
    await makeFunction(sandbox, 'input', 'export const handler = async (event) => typeof event;');
    const call = (Payload: Buffer) => invoke(sandbox, 'input', {}, { Payload });
    expect(await refusalOf(call(Buffer.from('{')))).toMatchObject({
      name: 'InvalidRequestContentException',
      status: 400,
    });
    expect(await refusalOf(call(Buffer.from(`"${'x'.repeat(6_291_456)}"`)))).toMatchObject({
      name: 'RequestTooLargeException',
      status: 413,
    });
    expect((await call(Buffer.alloc(0))).answer).toBe('object');
  });

  test('what is not there, or a version that is not, is refused', async () => {
    const refused = await refusalOf(invoke(sandbox, 'none'));
    expect(refused).toEqual({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${functionArn('none')}`,
      status: 404,
    });
    await makeFunction(sandbox, 'unversioned', 'export const handler = async () => 1;');
    expect(await refusalOf(invoke(sandbox, 'unversioned', {}, { Qualifier: '7' }))).toMatchObject({ status: 404 });
    expect((await invoke(sandbox, 'unversioned', {}, { Qualifier: '$LATEST' })).answer).toBe(1);
  });
});
