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
    const text = `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`;
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
  if (handler.length > 2 && isOlder) return withCallback((...values) => Reflect.apply(handler, undefined, values));
  if (handler.length > 2) throw runtimeError('Runtime.CallbackHandlerDeprecated', NO_CALLBACKS);
  return (event, context) => Reflect.apply(handler, undefined, [event, context]);
}

/** Lambda's older Node runtimes: there code may answer through a callback, and what fails behind its back is caught. */
export const isOlder = /nodejs22\./.test(process.env['AWS_EXECUTION_ENV'] ?? '');

const NO_CALLBACKS =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

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
    if (error instanceof SyntaxError) {
      const named = runtimeError('Runtime.UserCodeSyntaxError', String(error));
      throw Object.assign(named, { stack: error.stack });
    }
    // A module that an ES module imports is missed by Node itself, under its own name; only `require` has this one.
    const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    throw isMissing ? runtimeError('Runtime.ImportModuleError', String(error)) : error;
  }
}

/** What a module exports: directly, or, in CommonJS, as members of the default. */
function memberOf(module: unknown, name: string): unknown {
  const exports = module as Readonly<Record<string, unknown>>;
  const common = exports['default'] as Readonly<Record<string, unknown>> | undefined;
  return exports[name] ?? common?.[name];
}
