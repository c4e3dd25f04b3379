import type { Label } from './format-plan.ts';
import { jsonReporter } from './json-reporter.ts';
import { plainReporter } from './plain-reporter.ts';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';

interface Wishes {
  readonly json?: boolean | undefined;
  readonly debug?: boolean | undefined;
  readonly now: () => number;
  readonly label: Label;
}

/** The reporter that fits: JSON where that was asked for, a live line at a terminal, else one line an event. */
export async function openReporter(terminal: Terminal, wishes: Wishes): Promise<Reporter> {
  const { json, debug = false, now, label } = wishes;
  if (json) return jsonReporter(terminal);
  if (!terminal.isLive) return plainReporter(terminal, label, now, debug);
  const { liveReporter } = await import('./live-reporter.ts');
  return liveReporter(terminal, label, now, debug);
}
