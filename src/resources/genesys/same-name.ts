import { exitCode, SetupError } from '../../errors/setup-error.ts';

/** Names are compared as Genesys Cloud's own look-ups compare them: without case. */
export const sameName = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/**
 * The one of several that have our name: ours, or the only one. Two that both could be it are not guessed between.
 */
export function pick<T>(all: readonly T[], isOurs: (one: T) => boolean, what: string): T | undefined {
  const ours = all.filter(isOurs);
  const candidates = ours.length > 0 ? ours : all;
  if (candidates.length > 1)
    throw new SetupError(`There are ${candidates.length} ${what}, and no telling which one is meant.`, {
      exit: exitCode.preflight,
      hint: 'Rename or delete all but one of them in Genesys Cloud, then run the command again.',
    });
  return candidates[0];
}
