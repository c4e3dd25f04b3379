import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtimeError } from './error-payload.ts';

/** A function's code. */
type Handler = (event: unknown, context: object) => unknown;

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/** Loads `folder/index.handler`. Throws the errors that Lambda names, so that the function's owner knows them. */
export async function loadHandler(folder: string, name: string): Promise<Handler> {
  // Or it would reach out of the folder.
  if (name.includes('..')) {
    const text = `'..' is not valid in a handler name. Use an absolute path instead.`;
    throw runtimeError('Runtime.MalformedHandlerName', text);
  }
  const dot = name.lastIndexOf('.');
  const [module, member] = [name.slice(0, dot), name.slice(dot + 1)];
  if (dot < 1 || member === '') throw runtimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const file = EXTENSIONS.map((extension) => join(folder, module + extension)).find((path) => existsSync(path));
  if (file === undefined)
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${module.split('/').at(-1)}'`);
  const handler = memberOf(await load(file), member);
  if (handler === undefined) throw runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw runtimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  if (handler.length > 2 && takesCallbacks)
    return withCallback((...values) => Reflect.apply(handler, undefined, values));
  if (handler.length > 2) {
    const text =
      'ERROR: AWS Lambda does not support callback-based function handlers when using Node.js 24 or later. To use Node.js 24 or later, modify this function to use a supported handler signature.';
    throw runtimeError('Runtime.CallbackHandlerDeprecated', text);
  }
  return (event, context) => Reflect.apply(handler, undefined, [event, context]);
}

/** Code of Lambda's older Node runtimes may answer through a callback. */
const takesCallbacks = /nodejs22\./.test(process.env['AWS_EXECUTION_ENV'] ?? '');

const withCallback =
  (handler: (...values: unknown[]) => unknown): Handler =>
  (event, context) =>
    new Promise((resolve, reject) => {
      handler(event, context, (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)));
    });

async function load(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw runtimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    const isMissing = error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code));
    throw isMissing ? runtimeError('Runtime.ImportModuleError', `Error: ${error.message}`) : error;
  }
}

/** What a module exports: directly, or, in CommonJS, as members of the default. */
function memberOf(module: unknown, name: string): unknown {
  const exports = module as Readonly<Record<string, unknown>>;
  const common = exports['default'] as Readonly<Record<string, unknown>> | undefined;
  return exports[name] ?? common?.[name];
}
