import { renderError } from '../errors/render-error.ts';
import { formatPlan, type Label } from './format-plan.ts';
import { formatCopy, formatEnd, formatHeartbeat, formatRunning, formatWait, type StepLine } from './format-step.ts';
import type { Reporter } from './reporter.ts';
import { type RunningStep, runningSteps } from './running-steps.ts';
import type { Terminal } from './terminal.ts';

const HEARTBEAT = 30_000;
const ERROR = 'Error: ';

/** One line an event, never rewritten: for pipes, logs and screen readers. */
export function plainReporter(terminal: Terminal, label: Label, now: () => number, isDebug: boolean): Reporter {
  const steps = runningSteps(now);
  const told = new Map<string, string>();
  let last = now();
  const tell = ({ text, badge }: StepLine) => {
    last = now();
    terminal.err(text, badge);
  };
  // The same wait is worth one line, however often it is told.
  const tellWait = (step: RunningStep) => {
    const line = formatWait(step, label, now());
    const key = `${step.event.id} ${step.event.name}`;
    if (!line || told.get(key) === step.wait) return;
    told.set(key, step.wait ?? '');
    tell(line);
  };
  return {
    say: (line) => {
      last = now();
      terminal.err(line);
    },
    show: (lines) => lines.forEach(terminal.out),
    plan: (plan) => formatPlan(plan, label).forEach(terminal.out),
    event: (event) => {
      if (event.type === 'copy') tell(formatCopy(event, label));
      if (event.type !== 'step') return;
      const elapsed = steps.take(event);
      const end = formatEnd(event, elapsed, label);
      if (end) tell(end);
      else steps.list().forEach(tellWait);
    },
    busy: steps.busy,
    tick: () => {
      steps.list().forEach(tellWait);
      const running = formatRunning(steps, label, now());
      if (running && now() - last >= HEARTBEAT) tell(formatHeartbeat(running));
    },
    data: () => undefined,
    pause: () => undefined,
    error: (error) => {
      for (const line of renderError(error, isDebug))
        if (line.startsWith(ERROR)) terminal.err(line.slice(ERROR.length), { word: ERROR.trim(), color: 'red' });
        else terminal.err(line);
    },
    result: () => undefined,
  };
}
