import type { Mark, Run } from '../../engine/contract.ts';

type Owner = Pick<Run, 'installation' | 'step'>;
export type Tags = Readonly<Record<string, string>>;

const INSTALLATION = 'eo-setup:installation';
const STEP = 'eo-setup:step';

/** The wanted tags and our mark: what every AWS object gets in its create call. */
export const marked = (tags: Tags, { installation, step }: Owner): Tags => ({
  ...tags,
  [INSTALLATION]: installation,
  [STEP]: step,
});

/** Whose mark these tags are. Where somebody took away a half of it, it is none. */
export function markOf(live: Tags, { installation, step }: Owner): Mark {
  const { [INSTALLATION]: owner, [STEP]: part } = live;
  if (owner === undefined) return 'none';
  if (owner !== installation) return { other: `the eo-setup installation ${owner}` };
  if (part === undefined) return 'none';
  return part === step ? 'ours' : { other: `the step ${part} of this installation` };
}

/** Whether a wanted tag, mark included, is missing or differs; tags that somebody added do not count. */
export const tagsDiffer = (live: Tags, wanted: Tags, owner: Owner): boolean =>
  Object.entries(marked(wanted, owner)).some(([name, value]) => live[name] !== value);

export const toPairs = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const fromPairs = (
  pairs: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Tags => Object.fromEntries(pairs.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
