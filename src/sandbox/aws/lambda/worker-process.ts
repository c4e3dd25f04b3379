import { type ChildProcess, spawn } from 'node:child_process';
import type { FunctionCode } from '../../contract.ts';

export interface Surroundings {
  /** The file of the runtime, `dist/lambda-runtime.js`. */
  readonly runtime: string;
  /** Where the zip was unpacked to. */
  readonly folder: string;
  /** The sandbox. */
  readonly origin: string;
  readonly region: string;
}

interface WorkerProcess {
  /** What was printed since the last time. */
  readonly printed: () => string;
  /** How it ended, as Lambda says it: `exit status 3`, `signal: killed`. */
  readonly gone: Promise<string>;
  readonly kill: () => void;
}

/** Starts the runtime with a function's code and environment. `api` is where it finds its work. */
export function startProcess(code: FunctionCode, around: Surroundings, api: string): WorkerProcess {
  const heap = `--max-old-space-size=${Math.max(32, Math.floor(code.memoryMb * 0.9))}`;
  const child = spawn(process.execPath, [heap, around.runtime], {
    cwd: around.folder,
    env: environmentOf(code, around, api),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // Ctrl-C at the terminal is for the program, not for a function that works for it. It still ends with us.
    detached: true,
  });
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (number, signal) => resolve(signal ? `signal: ${nameOf(signal)}` : `exit status ${number}`));
    child.once('error', ({ message }) => resolve(message));
  });
  return { printed: collect(child), gone, kill: () => void child.kill('SIGKILL') };
}

const SIGNALS: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
};
const nameOf = (signal: string): string => SIGNALS[signal] ?? signal;

/** What Lambda gives a function, and nothing of this process's own. */
const environmentOf = (code: FunctionCode, { folder, origin, region }: Surroundings, api: string) => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  ...code.environment,
  _HANDLER: code.handler,
  LAMBDA_TASK_ROOT: folder,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: code.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: code.credentials.secretAccessKey,
  AWS_SESSION_TOKEN: code.credentials.sessionToken,
  AWS_LAMBDA_FUNCTION_NAME: code.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(code.memoryMb),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: code.logGroup,
  AWS_LAMBDA_RUNTIME_API: api,
  // What it calls of AWS is the sandbox, whatever else it was told.
  AWS_ENDPOINT_URL: origin,
});

/** Nobody reads more of one invocation's output than that, in characters. */
const MOST = 4 * 1024 * 1024;

function collect({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < MOST) text += chunk;
    });
  return () => {
    const printed = text;
    text = '';
    return printed;
  };
}
