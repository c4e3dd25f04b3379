import type { ExitCode } from '../errors/setup-error.ts';
import type { Reporter } from '../ui/reporter.ts';
import type { Terminal } from '../ui/terminal.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** One call of a command: what it was asked for, and where it reads and shows. */
export interface Invocation {
  readonly io: Io;
  readonly options: Options;
  readonly terminal: Terminal;
  readonly reporter: Reporter;
  /** Aborted at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** The version of this program. */
  readonly version: string;
}

/** How a command ended; the other members go into the result of `--json`. */
export interface Outcome {
  readonly exit: ExitCode;
  readonly [member: string]: unknown;
}

export type Command = (invocation: Invocation) => Promise<Outcome>;
