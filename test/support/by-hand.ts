/**
 * The header of a request that a test words itself. What comes without it is held to the contract even where it is refused;
 * what comes with it only where it succeeds, and not at all where its value is `wrong`.
 */
export const BY_HAND = 'x-by-hand';
