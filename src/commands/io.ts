import type { Clock } from '../clock.ts';
import type { Streams } from '../ui/terminal.ts';

/** Everything that a run of the program gets from outside; nothing else is ambient. */
export interface Io extends Streams {
  /** The arguments after the program's name. */
  readonly argv: readonly string[];
  readonly clock: Clock;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** The package's own folder, with `flows/`, `templates/` and `dist/` in it. */
  readonly root: string;
  /** A number in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** Calls the listener at SIGINT and SIGTERM until the returned function is called. */
  readonly onSignal: (listener: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void;
  /** Calls the listener with what was thrown where nobody caught it, until the returned function is called. */
  readonly onCrash: (listener: (error: unknown) => void) => () => void;
  /** Ends the program at once, whatever is under way. */
  readonly exit: (code: number) => void;
}
