import { failureOf, isSystemError } from './failure.ts';

/** Each error once: several steps often fail for the same reason. */
export function distinctErrors(error: unknown): readonly unknown[] {
  const seen = new Set<string>();
  return flatten(error).filter((one) => {
    const essence = essenceOf(one);
    if (seen.has(essence)) return false;
    seen.add(essence);
    return true;
  });
}

function essenceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { service, operation, status, code } = failureOf(error) ?? {};
  return JSON.stringify([error.name, error.message, service, operation, status, code]);
}

/** One that has a code itself, a connection that failed for every address of a host, is one error. */
const flatten = (error: unknown): readonly unknown[] =>
  error instanceof AggregateError && error.errors.length > 0 && !isSystemError(error)
    ? error.errors.flatMap(flatten)
    : [error];
