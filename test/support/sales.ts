/** A record of a second division, besides Home. */
export const SALES = { id: 'd', name: 'Sales', description: '', homeDivision: false, createdAt: 0 } as const;
