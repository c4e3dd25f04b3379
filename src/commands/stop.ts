import { ownSignal } from '../engine/own-signal.ts';
import { type ExitCode, exitCode, SetupError } from '../errors/setup-error.ts';
import type { Io } from './io.ts';

type Signal = 'SIGINT' | 'SIGTERM';

const exits: Readonly<Record<Signal, ExitCode>> = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated };

/** The run was stopped from outside. */
class StoppedError extends SetupError {
  override readonly name = 'StoppedError';
  constructor(signal: Signal, more: { readonly hint?: string } = {}) {
    super(signal === 'SIGINT' ? 'Stopped by Ctrl-C.' : 'Stopped by SIGTERM.', { exit: exits[signal], ...more });
  }
}

interface Stop {
  /** Aborted by the first signal; its reason is the error that the run ends with. */
  readonly signal: AbortSignal;
  /** Stops because of this error: what is under way sends nothing more. */
  readonly because: (error: unknown) => void;
  readonly forget: () => void;
}

interface Around {
  readonly say: (line: string) => void;
  /** How many calls were sent and are not answered yet. */
  readonly sent: () => number;
  /** Ends the program with this error, whatever is under way. */
  readonly endNow: (error: SetupError) => void;
}

/** The first signal ends all waiting, and lets calls that were sent come back; the second ends the program. */
export function listenForStop({ onSignal }: Pick<Io, 'onSignal'>, { say, sent, endNow }: Around): Stop {
  const { signal, stop } = ownSignal(undefined);
  const forget = onSignal((name) => {
    if (signal.aborted) return endNow(new StoppedError(name, { hint: 'Run the command again to go on.' }));
    stop(new StoppedError(name));
    const calls = sent();
    const finishing = calls === 0 ? '' : `finishing ${calls} ${calls === 1 ? 'call' : 'calls'}, `;
    say(`Stopping: ${finishing}starting nothing new. Ctrl-C again to stop now; nothing will be lost.`);
  });
  return { signal, because: stop, forget };
}
