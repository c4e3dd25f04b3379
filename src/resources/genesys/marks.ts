import type { Mark, Run } from '../../engine/contract.ts';
import { sameName } from './same-name.ts';

type Owner = Pick<Run, 'installation' | 'step'>;

const MARK = /\[eo-setup ([0-9a-f]{12}) ([a-z-]+)(?: ([^\]]+))?\]/;

/** The mark that an object carries in its notes, description or comments; `detail` is what it says of itself. */
export const markText = ({ installation, step }: Owner, detail?: string): string =>
  `[eo-setup ${[installation, step, detail].filter((part) => part !== undefined).join(' ')}]`;

interface Marked {
  readonly mark: Mark;
  readonly detail?: string | undefined;
}

/** Whose mark a text carries, and its detail. */
export function markIn(text: string | null | undefined, { installation, step }: Owner): Marked {
  const [, owner, part, detail] = MARK.exec(text ?? '') ?? [];
  if (owner === undefined) return { mark: 'none' };
  if (owner === installation && part === step) return { mark: 'ours', detail };
  const other = owner === installation ? `the step ${part} of this installation` : `the eo-setup installation ${owner}`;
  return { mark: { other } };
}

/**
 * Whether what has the recorded id can be what was recorded: by its mark, else by its name. A record alone, which anybody
 * may have edited, makes nothing ours.
 */
export const isRecorded = (
  live: { readonly name?: string | null | undefined } | undefined,
  text: string | null | undefined,
  name: string,
  owner: Owner,
): boolean => live !== undefined && (sameName(live.name, name) || markIn(text, owner).mark === 'ours');

/** Whose installation a text is marked with, whatever the step: for what takes its mark from another object. */
export function installationIn(text: string | null | undefined, installation: string): Mark {
  const [, owner] = MARK.exec(text ?? '') ?? [];
  if (owner === undefined) return 'none';
  return owner === installation ? 'ours' : { other: `the eo-setup installation ${owner}` };
}

/** The text with our mark in the place of any other, or at its end. */
export function remark(text: string | null | undefined, owner: Owner, detail?: string): string {
  const mark = markText(owner, detail);
  const current = text ?? '';
  return MARK.test(current) ? current.replace(MARK, mark) : [current, mark].filter((part) => part !== '').join(' ');
}
