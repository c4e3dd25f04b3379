import type { CopyEvent, StepEvent } from '../engine/events.ts';
import { formatDuration } from './format-duration.ts';
import type { Label } from './format-plan.ts';
import type { RunningStep, RunningSteps } from './running-steps.ts';
import type { Badge } from './terminal.ts';

/** A line and the word that it begins with. */
export interface StepLine {
  readonly badge: Badge;
  readonly text: string;
}

const doing: Readonly<Record<StepEvent['doing'], readonly [now: string, done: string, failed: string]>> = {
  create: ['creating', 'created', 'not created'],
  update: ['changing', 'changed', 'not changed'],
  replace: ['replacing', 'replaced', 'not replaced'],
  move: ['creating', 'created', 'not created'],
  keep: ['checking', 'unchanged', 'not checked'],
  use: ['looking at', 'in use', 'not in use'],
  conflict: ['checking', 'checked', 'not checked'],
  delete: ['deleting', 'deleted', 'not deleted'],
  verify: ['checking that', 'verified that', 'could not verify that'],
};

const badge = (word: string, color: Badge['color']): Badge => ({ word: word.padEnd(8), color });

const whereOf = (kind: string) => (kind.startsWith('aws.') ? 'AWS' : 'Genesys Cloud');
const whatOf = ({ kind, name, doing: now }: StepEvent, label: Label) =>
  now === 'verify' ? name : `${label(kind)} ${name} in ${whereOf(kind)}`;

const endOf = ({ doing: now }: StepEvent, what: string, word: string) =>
  now === 'verify' ? `${word} ${what}` : `${what} ${word}`;

/** The line that says how a step ended; undefined while it has not. */
export function formatEnd(event: StepEvent, elapsed: number, label: Label): StepLine | undefined {
  const what = whatOf(event, label);
  const [now, done, failed] = doing[event.doing];
  const took = `(${formatDuration(elapsed)})`;
  const more = event.message ? `: ${event.message}` : '';
  if (event.state === 'done')
    return { badge: badge('done', 'green'), text: `${endOf(event, what, done)} ${took}${more}` };
  if (event.state === 'failed') return { badge: badge('FAILED', 'red'), text: `${endOf(event, what, failed)} ${took}` };
  // Whether it came to that is not known.
  if (event.state === 'stopped') return { badge: badge('stopped', 'yellow'), text: `${now} ${what} ${took}` };
  if (event.state !== 'kept') return undefined;
  return { badge: badge('kept', 'yellow'), text: `${what}${more}` };
}

/** The line that says where a copy lies. */
export const formatCopy = ({ kind, name, file }: CopyEvent, label: Label): StepLine => ({
  badge: badge('copied', 'yellow'),
  text: `${label(kind)} ${name} is kept as it was in ${file}`,
});

/** Shorter waits are not worth a word. */
const PATIENCE = 5_000;

/** The line that says what a step waits for; undefined where it does not, or not for long. */
export function formatWait({ event, since, wait }: RunningStep, label: Label, now: number): StepLine | undefined {
  if (!wait || now - since < PATIENCE) return undefined;
  const [verb] = doing[event.doing];
  const text = `${verb} ${whatOf(event, label)}: waiting for ${wait} (${formatDuration(now - since)} so far)`;
  return { badge: badge('waiting', 'dim'), text };
}

/**
 * What runs, in one line: for how long, why, what, and how many there are besides; undefined where nothing does. A narrow
 * terminal cuts its end off, so what changes comes first.
 */
export function formatRunning(
  { list, activity }: Pick<RunningSteps, 'list' | 'activity'>,
  label: Label,
  now: number,
): string | undefined {
  const steps = list();
  const [first] = steps;
  const other = activity();
  if (!first) return other && `${formatDuration(now - other.since)}: ${other.what}`;
  const { event, since, wait } = first;
  const elapsed = now - since;
  const reason = wait && elapsed >= PATIENCE ? `waiting for ${wait} while ` : '';
  const more = steps.length > 1 ? `, and ${steps.length - 1} more` : '';
  return `${formatDuration(elapsed)}: ${reason}${doing[event.doing][0]} ${whatOf(event, label)}${more}`;
}

/** The line that says that there is still something going on. */
export const formatHeartbeat = (running: string): StepLine => ({ badge: badge('still', 'dim'), text: running });
