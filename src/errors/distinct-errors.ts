import { isSystemError } from './failure.ts';

/** Each error once: several steps often fail for the same reason. */
export function distinctErrors(error: unknown): readonly unknown[] {
  const seen = new Set<string>();
  return flatten(error).filter((one) => {
    const text = one instanceof Error ? `${one.name} ${one.message}` : String(one);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** One that has a code itself, a connection that failed for every address of a host, is one error. */
const flatten = (error: unknown): readonly unknown[] =>
  error instanceof AggregateError && error.errors.length > 0 && !isSystemError(error)
    ? error.errors.flatMap(flatten)
    : [error];
