import type { StepEvent } from '../engine/events.ts';
import { formatDuration } from './format-duration.ts';
import type { Label } from './format-plan.ts';
import { keyOf, plainReporter, stepLine } from './plain-reporter.ts';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';

/** Finished steps above, one line below that says what is running and what is waited for. */
export async function liveReporter(
  terminal: Terminal,
  label: Label,
  now: () => number,
  isDebug: boolean,
): Promise<Reporter> {
  const plain = plainReporter(terminal, label, now, isDebug);
  const spinner = await terminal.spinner();
  const running = new Map<string, { readonly event: StepEvent; readonly since: number }>();
  const above = (write: () => void) => {
    const wasSpinning = spinner.isSpinning;
    spinner.stop();
    write();
    if (wasSpinning) spinner.start();
  };
  const redraw = () => {
    const [first] = running.values();
    if (!first) {
      spinner.stop();
      return;
    }
    const { event, since } = first;
    const wait = event.message ? `, waiting for ${event.message}` : '';
    const more = running.size > 1 ? ` and ${running.size - 1} more` : '';
    spinner.text = `${label(event.kind)} ${event.name} (${formatDuration(now() - since)}${wait})${more}`;
    if (!spinner.isSpinning) spinner.start();
  };
  return {
    ...plain,
    say: (line) => above(() => plain.say(line)),
    show: (lines) => above(() => plain.show(lines)),
    plan: (plan) => above(() => plain.plan(plan)),
    event: (event) => {
      if (event.type !== 'step') return;
      const key = keyOf(event);
      const since = running.get(key)?.since ?? now();
      const isOver = event.state !== 'started' && event.state !== 'waiting';
      if (isOver) {
        running.delete(key);
        const line = stepLine(event, now() - since, label, terminal.color);
        if (line) above(() => terminal.err(line));
      } else running.set(key, { event, since });
      redraw();
    },
    pause: () => void spinner.stop(),
    error: (error) => above(() => plain.error(error)),
  };
}
