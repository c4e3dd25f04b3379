import type { FunctionCode, Invocation } from '../../contract.ts';
import type { Ended } from './worker.ts';

interface Run {
  readonly requestId: string;
  readonly printed: string;
  readonly ended: Ended;
  /** Milliseconds. */
  readonly took: number;
  /** Absent where the worker was warm. */
  readonly initMs?: number | undefined;
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
}

/** More than that cannot be answered, in bytes. */
const LARGEST = 6_291_556;

/** What an invocation comes to: its answer or error, and its log with the lines that Lambda puts around it. */
export function invocationOf(code: FunctionCode, run: Run): Invocation {
  const { payload, functionError, line } = answerOf(code, run);
  const { requestId, printed } = run;
  const start = `START RequestId: ${requestId} Version: $LATEST\n`;
  const own = printed === '' || printed.endsWith('\n') ? printed : `${printed}\n`;
  const log = `${start}${own}${line}END RequestId: ${requestId}\n${reportOf(code, run)}\n`;
  return { payload, functionError, log };
}

function answerOf(code: FunctionCode, { ended, requestId, at }: Run) {
  switch (ended.is) {
    case 'response': {
      if (ended.payload.length <= LARGEST) return { payload: ended.payload, functionError: undefined, line: '' };
      const text = `Response payload size exceeded maximum allowed payload size (${LARGEST} bytes).`;
      return errorOf('Function.ResponseSizeTooLarge', text, '');
    }
    case 'error':
    case 'init-error':
      return { payload: ended.payload, functionError: 'Unhandled', line: '' };
    case 'timeout': {
      const text = `Task timed out after ${(code.timeoutMs / 1000).toFixed(2)} seconds`;
      const line = `${new Date(at).toISOString()} ${requestId} ${text}\n`;
      return errorOf('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`, line);
    }
    case 'exit': {
      const text = `RequestId: ${requestId} Error: ${exitText(ended.status)}`;
      return errorOf('Runtime.ExitError', text, `${text}\nRuntime.ExitError\n`);
    }
  }
}

const exitText = (status: string): string =>
  status === 'exit status 0' ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${status}`;

const errorOf = (errorType: string, errorMessage: string, line: string) => ({
  payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
  functionError: 'Unhandled',
  line,
});

function reportOf({ memoryMb }: FunctionCode, { requestId, took, initMs }: Run): string {
  const init = initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`];
  return [
    `REPORT RequestId: ${requestId}`,
    ...init,
    `Duration: ${took.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(took + (initMs ?? 0))} ms`,
    `Memory Size: ${memoryMb} MB`,
    `Max Memory Used: ${memoryMb} MB\t`,
  ].join('\t');
}
