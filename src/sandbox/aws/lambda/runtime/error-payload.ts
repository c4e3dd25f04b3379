/** An error as Lambda's Node runtimes answer it. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Describes whatever was thrown, be it an Error or not. */
export function describeError(thrown: unknown, errorType?: string): ErrorPayload {
  if (!(thrown instanceof Error))
    return { errorType: errorType ?? typeof thrown, errorMessage: String(thrown), trace: [] };
  const { name, message, stack = '' } = thrown;
  if (errorType === undefined) return { errorType: name, errorMessage: message, trace: stack.split('\n') };
  const first = `${errorType}: ${name}: ${message}`;
  return { errorType, errorMessage: `${name}: ${message}`, trace: [first, ...stack.split('\n').slice(1)] };
}

/** How JSON has an error in a log: its kind, its message, and all that its maker put on it. */
export const errorMembers =
  (kindOf: (error: Error) => string, stack: 'stack' | 'stackTrace') =>
  (_: string, value: unknown): unknown => {
    if (!(value instanceof Error)) return value;
    const lines = value.stack?.split('\n') ?? [];
    return { errorType: kindOf(value), errorMessage: value.message, ...value, [stack]: lines };
  };

/** An error of the runtime itself, under the name that Lambda gives it. */
export function runtimeError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}`;
  return error;
}
