import { setMaxListeners } from 'node:events';
import { type ExitCode, exitCode, SetupError } from '../errors/setup-error.ts';
import type { Io } from './io.ts';

type Signal = 'SIGINT' | 'SIGTERM';

const exits: Readonly<Record<Signal, ExitCode>> = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated };

/** The run was stopped from outside. */
class StoppedError extends SetupError {
  override readonly name = 'StoppedError';
  constructor(signal: Signal) {
    super(signal === 'SIGINT' ? 'Stopped by Ctrl-C.' : 'Stopped by SIGTERM.', { exit: exits[signal] });
  }
}

export interface Stop {
  /** Aborted by the first signal; its reason is the error that the run ends with. */
  readonly signal: AbortSignal;
  readonly forget: () => void;
}

/** The first signal ends all waiting, and lets calls that were sent come back; the second ends the program. */
export function listenForStop({ onSignal, exit }: Pick<Io, 'onSignal' | 'exit'>, say: (line: string) => void): Stop {
  const controller = new AbortController();
  // Any number may wait for it; Node.js would warn of a leak from the eleventh on.
  setMaxListeners(0, controller.signal);
  const forget = onSignal((name) => {
    if (controller.signal.aborted) return exit(exits[name]);
    controller.abort(new StoppedError(name));
    say(
      'Stopping: calls that were sent are finished, nothing new is started. Ctrl-C again to stop now; nothing will be lost.',
    );
  });
  return { signal: controller.signal, forget };
}
