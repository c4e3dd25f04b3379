import { nearest } from '../../errors/nearest.ts';

/** The known name that a mistyped one most likely meant: names in flows are many and alike, so it must be quite near. */
export const nearestName = (name: string, known: readonly string[]): string | undefined =>
  nearest(name, known, Math.max(1, Math.floor(name.length / 4)));
