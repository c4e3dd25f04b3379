/** Names are compared as Genesys Cloud's own look-ups compare them: without case. */
export const sameName = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/**
 * The one of several that have our name: ours, or the only one. Two that both could be it are not guessed between.
 */
export function pick<T>(all: readonly T[], isOurs: (one: T) => boolean, what: string): T | undefined {
  const ours = all.filter(isOurs);
  const candidates = ours.length > 0 ? ours : all;
  if (candidates.length > 1)
    throw new Error(`There are ${candidates.length} ${what}. Rename or delete the others first.`);
  return candidates[0];
}
