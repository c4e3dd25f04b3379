import { format } from 'node:util';
import { errorMembers } from './error-payload.ts';

const LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
} as const;

type Write = (level: string, message: unknown, ...more: readonly unknown[]) => void;

/** Makes the console write as in Lambda, and gives back the way to write an error. */
export function takeOverConsole(requestId: () => string) {
  const isJson = process.env['AWS_LAMBDA_LOG_FORMAT'] === 'JSON';
  const write = isJson ? jsonLines(requestId) : textLines(requestId);
  const methods = Object.entries(LEVELS).map(([method, level]) => [
    method,
    (message: unknown, ...more: unknown[]) => write(level, message, ...more),
  ]);
  Object.assign(globalThis.console, Object.fromEntries(methods));

  return (what: string, thrown: unknown): void => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (isJson) write('ERROR', error);
    else write('ERROR', what, `\t${JSON.stringify(error, ofText)}`);
  };
}

const ofText = errorMembers(({ name }) => name, 'stack');
const ofJson = errorMembers((error) => error.constructor.name, 'stackTrace');

const textLines =
  (requestId: () => string): Write =>
  (level, message, ...more) => {
    const line = [new Date().toISOString(), requestId(), level, format(message, ...more)].join('\t');
    // One message is one line: line ends within it are written as carriage returns.
    process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
  };

const jsonLines =
  (requestId: () => string): Write =>
  (level, message, ...more) => {
    const error = more.find((one) => one instanceof Error);
    const line = {
      timestamp: new Date().toISOString(),
      level,
      requestId: requestId(),
      message: more.length === 0 ? message : format(message, ...more),
      ...(error && JSON.parse(JSON.stringify(error, membersBeside))),
    };
    process.stdout.write(`${JSON.stringify(line, ofJson)}\n`);
  };

/** An error among others stands beside the message, without what its maker put on it. */
const membersBeside = (_: string, value: unknown): unknown =>
  value instanceof Error
    ? { errorType: value.constructor.name, errorMessage: value.message, stackTrace: value.stack?.split('\n') ?? [] }
    : value;
