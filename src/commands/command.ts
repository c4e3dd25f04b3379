import type { Secret } from '../clients/redact.ts';
import type { ExitCode } from '../errors/setup-error.ts';
import type { Typed } from '../settings/gather.ts';
import type { Reporter } from '../ui/reporter.ts';
import type { Terminal } from '../ui/terminal.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** What a person answered at the terminal, instead of giving it. */
export interface Answered {
  /** By setting id. */
  readonly values: Readonly<Record<string, Typed | undefined>>;
  readonly secret: Secret | undefined;
  /** Writes them to the settings file, if that is wished for. */
  readonly save: () => Promise<void>;
}

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
  /** Absent where nobody was asked. */
  readonly answers?: Answered | undefined;
}

/** How a command ended; the other members go into the result of `--json`. */
export interface Outcome {
  readonly exit: ExitCode;
  readonly [member: string]: unknown;
}

export type Command = (invocation: Invocation) => Promise<Outcome>;
