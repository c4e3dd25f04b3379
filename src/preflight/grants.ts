/** A permission that the OAuth client was given, and where. */
export interface Grant {
  /** `domain:entity:action`, each perhaps `*`, and perhaps the ids of divisions as a fourth part. */
  readonly permission: string;
  /** `*`: in all of them. */
  readonly divisionId: string;
  /** Whether that is the Home division; undefined where nobody said so. */
  readonly isHome?: boolean | undefined;
  /** Whether it holds only where a condition is met. */
  readonly isConditional: boolean;
}

export type Holding = 'held' | 'elsewhere' | 'conditional' | 'missing';

/** Whether grants come to a permission: in the division where there is one, elsewhere only, on a condition, or not. */
export function holdingOf(grants: readonly Grant[], wanted: string, divisionId: string | undefined): Holding {
  const fitting = grants.filter(({ permission }) => covers(permission, wanted));
  if (fitting.length === 0) return 'missing';
  const here = fitting.filter((grant) => divisionId === undefined || isIn(grant, divisionId));
  if (here.length === 0) return 'elsewhere';
  return here.some(({ isConditional }) => !isConditional) ? 'held' : 'conditional';
}

function covers(held: string, wanted: string): boolean {
  if (held === '*') return true;
  const parts = held.toLowerCase().split(':');
  return wanted
    .toLowerCase()
    .split(':')
    .every((part, n) => parts[n] === '*' || parts[n] === part);
}

function isIn({ permission, divisionId }: Grant, wanted: string): boolean {
  const [, , , named] = permission.split(':');
  const divisions = named === undefined ? [divisionId] : named.split(',');
  return divisions.includes('*') || divisions.includes(wanted);
}
