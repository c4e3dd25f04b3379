import type { Label } from './format-plan.ts';
import { formatCopy, formatEnd, formatRunning } from './format-step.ts';
import { plainReporter } from './plain-reporter.ts';
import type { Reporter } from './reporter.ts';
import { runningSteps } from './running-steps.ts';
import type { Terminal } from './terminal.ts';

/** Finished steps above, one line below that says what is running and what is waited for. */
export async function liveReporter(
  terminal: Terminal,
  label: Label,
  now: () => number,
  isDebug: boolean,
): Promise<Reporter> {
  const line = await terminal.liveLine();
  const steps = runningSteps(now);
  const redraw = () => {
    const running = formatRunning(steps, label, now());
    if (running) line.show(running);
    else line.hide();
  };
  return {
    ...plainReporter(terminal, label, now, isDebug),
    event: (event) => {
      if (event.type === 'copy') {
        const { text, badge } = formatCopy(event, label);
        terminal.err(text, badge);
      }
      if (event.type !== 'step') return;
      const end = formatEnd(event, steps.take(event), label);
      redraw();
      if (end) terminal.err(end.text, end.badge);
    },
    busy: (what) => {
      steps.busy(what);
      redraw();
    },
    tick: redraw,
    pause: line.hide,
  };
}
