import type { StepEvent } from '../engine/events.ts';
import { renderError } from '../errors/render-error.ts';
import { formatDuration } from './format-duration.ts';
import { formatPlan, type Label } from './format-plan.ts';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';

const doing: Readonly<Record<StepEvent['doing'], readonly [now: string, done: string]>> = {
  create: ['creating', 'created'],
  update: ['changing', 'changed'],
  replace: ['replacing', 'replaced'],
  move: ['creating', 'created'],
  keep: ['checking', 'unchanged'],
  use: ['looking at', 'in use'],
  conflict: ['checking', 'checked'],
  delete: ['deleting', 'deleted'],
};

export const keyOf = ({ id, doing: what, name }: StepEvent) => `${id} ${what} ${name}`;

/** The line that is printed when a step's state changes; undefined where it is not worth one. */
export function stepLine(
  event: StepEvent,
  elapsed: number,
  label: Label,
  color: Terminal['color'],
): string | undefined {
  const what = `${label(event.kind)} ${event.name}`;
  const [now, done] = doing[event.doing];
  const took = color.dim(`(${formatDuration(elapsed)})`);
  if (event.state === 'done') return `${color.green('done')}     ${what} ${done} ${took}`;
  if (event.state === 'failed') return `${color.red('FAILED')}   ${what}: not ${done} ${took}`;
  if (event.state === 'kept') return `${color.yellow('kept')}     ${what}: ${event.message}`;
  return event.state === 'waiting' ? `${color.dim('waiting')}  ${now} ${what}: ${event.message}` : undefined;
}

/** One line an event, never rewritten: for pipes, logs and screen readers. */
export function plainReporter(terminal: Terminal, label: Label, now: () => number, isDebug: boolean): Reporter {
  const started = new Map<string, number>();
  const waitingFor = new Map<string, string | undefined>();
  return {
    say: terminal.err,
    show: (lines) => lines.forEach(terminal.out),
    plan: (plan) => formatPlan(plan, label).forEach(terminal.out),
    event: (event) => {
      if (event.type !== 'step') return;
      const key = keyOf(event);
      if (event.state === 'started') started.set(key, now());
      // The same wait is worth one line, however often it is told.
      if (event.state === 'waiting' && waitingFor.get(key) === event.message) return;
      waitingFor.set(key, event.message);
      const line = stepLine(event, now() - (started.get(key) ?? now()), label, terminal.color);
      if (line) terminal.err(line);
    },
    data: () => undefined,
    pause: () => undefined,
    error: (error) => renderError(error, isDebug).forEach(terminal.err),
    result: () => undefined,
  };
}
