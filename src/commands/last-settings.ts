import type { State } from '../engine/record.ts';

/** The settings of the last run, finished or not. */
export const lastSettings = ({ run, settled }: State): object => run?.settings ?? settled?.settings ?? {};
