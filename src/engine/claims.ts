import type { Overwrites } from './contract.ts';

/** What others have to do with something that is to be changed or deleted. */
export interface Claims {
  readonly overwrites?: Overwrites | undefined;
  readonly locked?: string | undefined;
}

/** The claims of what was found, as a plan has them: a member that says nothing is not there. */
export const claimsOf = (observed: Claims | undefined): Claims => ({
  ...(observed?.overwrites && { overwrites: observed.overwrites }),
  ...(observed?.locked !== undefined && { locked: observed.locked }),
});
