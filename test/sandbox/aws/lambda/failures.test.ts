import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsSandbox, openAws, type zipOf } from '../aws-sandbox.ts';
import { invoke, makeFunction } from './running.ts';

let sandbox: AwsSandbox;
beforeAll(async () => {
  sandbox = await openAws({ functions: true });
});
afterAll(() => sandbox.close());

/** Makes a function and invokes it. */
async function run(name: string, code: Parameters<typeof zipOf>[0], members: Parameters<typeof makeFunction>[3] = {}) {
  await makeFunction(sandbox, name, code, members);
  return invoke(sandbox, name);
}

describe('a function that fails is answered with 200 and says so', () => {
  test('when it throws', async () => {
    const code = 'export const handler = async () => { throw new TypeError("no such thing"); };';
    const { status, error, answer, log } = await run('throws', code);
    expect({ status, error }).toEqual({ status: 200, error: 'Unhandled' });
    expect(answer).toMatchObject({ errorType: 'TypeError', errorMessage: 'no such thing' });
    expect(answer.trace[0]).toBe('TypeError: no such thing');
    expect(log).toContain('\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"no such thing","stack":[');
  });

  test('and runs on in the same process', async () => {
    const code =
      'let n = 0; export const handler = async () => { n += 1; if (n === 1) throw new Error("once"); return n; };';
    expect((await run('once', code)).error).toBe('Unhandled');
    expect((await invoke(sandbox, 'once')).answer).toBe(2);
  });

  test.each([
    ['throws no error', 'async () => { throw "text"; }', { errorType: 'string', errorMessage: 'text' }],
    ['cannot be written as JSON', 'async () => 1n', { errorType: 'Runtime.JSONStringifyError' }],
    [
      'has a rejection that nobody handles',
      'async () => { Promise.reject(new Error("lost")); await new Promise((resolve) => setTimeout(resolve, 2000)); }',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 1$/) },
    ],
    [
      'throws somewhere else',
      'async () => { setTimeout(() => { throw new Error("late"); }, 1); await new Promise((resolve) => setTimeout(resolve, 2000)); }',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 1$/) },
    ],
  ])('when it %s', async (name, handler, expected) => {
    const { status, error, answer } = await run(name.replaceAll(' ', '-'), `export const handler = ${handler};`);
    expect({ status, error }).toEqual({ status: 200, error: 'Unhandled' });
    expect(answer).toMatchObject(expected);
  });

  test.each([
    ['Promise.reject(new Error("lost"))', 'Runtime.UnhandledPromiseRejection', 'Error: lost'],
    ['setTimeout(() => { throw new Error("late"); }, 1)', 'Error', 'late'],
  ])('by name where its runtime is old enough and nobody waits for %s', async (what, errorType, errorMessage) => {
    const code = `export const handler = async () => { ${what}; await new Promise((end) => setTimeout(end, 2000)); };`;
    const { answer } = await run(`old-${errorType.replaceAll('.', '-')}`, code, { Runtime: 'nodejs22.x' });
    expect(answer).toMatchObject({ errorType, errorMessage });
  });

  test.each([
    ['with an error', 'process.exit(3)', /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/],
    ['without one', 'process.exit(0)', /^RequestId: [0-9a-f-]{36} Error: Runtime exited without providing a reason$/],
    ['by a signal', 'process.kill(process.pid, "SIGKILL")', /Error: Runtime exited with error: signal: killed$/],
  ])('when it exits %s', async (name, exit, message) => {
    const code = `export const handler = async () => { console.log('last words'); ${exit}; await new Promise(() => {}); };`;
    const { error, answer, log } = await run(`exits-${name.replaceAll(' ', '-')}`, code);
    expect(error).toBe('Unhandled');
    expect(answer).toEqual({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(message) });
    expect(log).toMatch(/last words\n.*\nRuntime\.ExitError\nEND RequestId/);
  });

  test.each([
    ['is not in the zip', {}, 'other.handler', 'Runtime.ImportModuleError', "Error: Cannot find module 'other'"],
    ['is not exported', {}, 'index.other', 'Runtime.HandlerNotFound', 'index.other is undefined or not exported'],
    ['is no function', {}, 'index.text', 'Runtime.HandlerNotFound', 'index.text is not a function'],
    ['has no dot', {}, 'index', 'Runtime.MalformedHandlerName', 'Bad handler'],
    [
      'goes up',
      {},
      '../../x.handler',
      'Runtime.MalformedHandlerName',
      /^'\.\.\/\.\.\/x\.handler' is not a valid handler name/,
    ],
    [
      'is no JavaScript',
      { 'bad.mjs': 'export const = 1' },
      'bad.handler',
      'Runtime.UserCodeSyntaxError',
      /^SyntaxError/,
    ],
    [
      'wants what is not there',
      { 'bad.mjs': 'import "nowhere"' },
      'bad.handler',
      'Error',
      /^Cannot find package 'nowhere'/,
    ],
    [
      'requires what is not there',
      { 'bad.cjs': 'require("nowhere")' },
      'bad.handler',
      'Runtime.ImportModuleError',
      /^Error: Cannot find module 'nowhere'/,
    ],
    ['breaks as it is loaded', { 'bad.mjs': 'throw new RangeError("early")' }, 'bad.handler', 'RangeError', 'early'],
  ])('when its handler %s', async (name, files, Handler, errorType, message) => {
    const all = { 'index.mjs': 'export const text = "no function";', ...files };
    const { status, error, answer } = await run(`handler-${name.replaceAll(' ', '-')}`, all, { Handler });
    expect({ status, error }).toEqual({ status: 200, error: 'Unhandled' });
    expect(answer.errorType).toBe(errorType);
    expect(answer.errorMessage).toMatch(message);
  });

  test('when it takes too long, even where it never pauses', async () => {
    const code = `let n = 0; export const handler = async ({ stuck }) => {
      n += 1;
      console.log('stuck', stuck);
      while (stuck) continue;
      return n;
    };`;
    await makeFunction(sandbox, 'slow', code, { Timeout: 1 });
    expect((await invoke(sandbox, 'slow')).answer).toBe(1);
    const { status, error, answer, log } = await invoke(sandbox, 'slow', { stuck: true });
    expect({ status, error }).toEqual({ status: 200, error: 'Unhandled' });
    expect(answer.errorType).toBe('Sandbox.Timedout');
    expect(answer.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
    expect(log).toMatch(/stuck true\n\S+Z [0-9a-f-]{36} Task timed out after 1\.00 seconds\nEND/);
    // In a new process: the other one was killed.
    expect((await invoke(sandbox, 'slow')).answer).toBe(1);
  });

  test('when its answer is too large', async () => {
    const { answer } = await run('large', 'export const handler = async () => "x".repeat(6_300_000);');
    expect(answer).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });
});
