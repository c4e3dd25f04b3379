import { format } from 'node:util';
import type { ErrorPayload } from './error-payload.ts';

const LEVELS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/** Makes the console write as in Lambda, and gives back the way to write an error. */
export function takeOverConsole(requestId: () => string | undefined) {
  const isJson = process.env['AWS_LAMBDA_LOG_FORMAT'] === 'JSON';
  // One message is one line: line ends within it are written as carriage returns.
  const print = (line: string): void => void process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
  const write = (level: string, message: string): void => {
    const timestamp = new Date().toISOString();
    if (isJson) print(JSON.stringify({ timestamp, level, requestId: requestId(), message }));
    else print([timestamp, requestId(), level, message].join('\t'));
  };
  const methods = Object.entries(LEVELS).map(([method, level]) => [
    method,
    (...values: unknown[]) => write(level, format(...values)),
  ]);
  Object.assign(globalThis.console, Object.fromEntries(methods));

  return (level: 'ERROR', what: string, { trace, ...error }: ErrorPayload): void => {
    const text = JSON.stringify({ ...error, stack: trace });
    write(level, isJson ? text : `${what} \t${text}`);
  };
}
