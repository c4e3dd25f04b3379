/** Milliseconds in whole seconds or minutes: `30 s`, `16 min`. */
export const formatSeconds = (ms: number): string =>
  ms < 120_000 ? `${Math.max(1, Math.round(ms / 1_000))} s` : `${Math.round(ms / 60_000)} min`;
