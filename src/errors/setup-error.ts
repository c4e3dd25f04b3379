/** The exit codes of every command. */
export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  credentials: 3,
  preflight: 4,
  changes: 5,
  drift: 6,
  locked: 7,
  declined: 8,
  timeout: 9,
  verification: 10,
  state: 11,
  rolledBack: 12,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

interface More {
  /** What to do, as an imperative sentence. */
  readonly hint?: string | undefined;
  readonly exit?: ExitCode | undefined;
  /** What there is to know besides, a line each. */
  readonly details?: readonly string[] | undefined;
  readonly cause?: unknown;
}

/** Something that a person can do something about: what happened in one sentence, then what to do. */
export class SetupError extends Error {
  override readonly name: string = 'SetupError';
  readonly hint: string | undefined;
  readonly exit: ExitCode;
  readonly details: readonly string[];
  constructor(message: string, { hint, exit = exitCode.failed, details = [], cause }: More = {}) {
    super(message, { cause });
    this.hint = hint;
    this.exit = exit;
    this.details = details;
  }
}
