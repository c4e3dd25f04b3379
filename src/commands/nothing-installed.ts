import type { State } from '../engine/record.ts';
import { exitCode } from '../errors/setup-error.ts';
import type { Invocation, Outcome } from './command.ts';
import type { Start } from './gather-settings.ts';

/** Whether a state records no object at all. */
export const isEmpty = ({ steps, retired }: State): boolean => Object.keys(steps).length === 0 && retired.length === 0;

/** Whether an uninstall has begun: nothing is wanted any more, and what is left only waits to be deleted, or is kept. */
export const isTakenAway = ({ steps, retired }: State): boolean =>
  Object.keys(steps).length === 0 && retired.length > 0;

/** The normal answer where nothing was installed, or everything was taken away. */
export function nothingInstalled({ reporter }: Invocation, { environment, place }: Start): Pick<Outcome, 'exit'> {
  const where = place.isSandbox ? ' in the sandbox' : '';
  reporter.show([`Nothing is installed${where} for the environment "${environment}" (${place.folder}).`]);
  return { exit: exitCode.done };
}
